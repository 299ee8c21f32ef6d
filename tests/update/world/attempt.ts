import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../../src/contract/settings.ts';
import type { UpdateManifest } from '../../../src/core/update/manifest.ts';
import type { Bend } from './edge.ts';
import { manifestOf, putDocuments, signed, ymlOf } from './feed.ts';
import {
  appPath,
  beginInstallation,
  installFirst,
  openInstallation,
  type InstallationOptions,
  type OpenedInstallation,
} from './installation.ts';
import { startApp, type Installer } from './stand-in-app.ts';
import { NEW, OLD, type World } from './world.ts';

export interface Attempt extends Partial<
  Pick<InstallationOptions, 'takeTurn' | 'fetch' | 'isMetered' | 'post'>
> {
  readonly kind?: Installer['kind'];
  /** What runs. */
  readonly version?: string;
  readonly channel?: 'stable' | 'beta';
  /** What the feed offers; by default the new version. */
  readonly offered?: Installer;
  readonly manifest?: Partial<UpdateManifest>;
  /** The signed document whole, in place of one of the manifest. */
  readonly document?: string | null;
  readonly yml?: string;
  readonly settings?: Partial<Settings>;
  readonly bend?: Bend;
  /** Nothing of the old version is there to copy from. */
  readonly withoutOldFile?: boolean;
}

export interface Prepared {
  readonly root: string;
  readonly feedUrl: string;
  readonly offered: Installer;
  readonly folder: string;
  /** Starts a version, by default the old one. */
  open(version?: string): Promise<OpenedInstallation>;
  /** Starts one that crashes at once; gives whether it was put back instead. */
  crash(version: string): Promise<boolean>;
}

/** For NSIS the installer of the running version lies where its installer left it. */
const leaveInstaller = async (root: string, { path }: Installer): Promise<void> => {
  await mkdir(join(root, 'cache', 'riffle-updater'), { recursive: true });
  await copyFile(path, join(root, 'cache', 'riffle-updater', 'installer.exe'));
};

/** An installation of the old version, and a feed that says what the attempt has it say. */
export const prepare = async (world: World, attempt: Attempt): Promise<Prepared> => {
  const { kind = 'appimage', version = OLD, channel = 'stable' } = attempt;
  const versions = kind === 'nsis' ? world.nsis : world.appImage;
  const offered = attempt.offered ?? versions.new;
  const root = world.newFolder();
  const folder = root.split(/[\\/]/).at(-1) ?? '';
  const manifest = manifestOf([offered], { channel, ...attempt.manifest });
  await putDocuments(
    world.store,
    folder,
    {
      yml: attempt.yml ?? ymlOf([offered]),
      manifest: attempt.document === undefined ? signed(manifest, world.key) : attempt.document,
    },
    channel,
  );
  await installFirst(root, versions.old);
  if (attempt.withoutOldFile === true) {
    if (kind === 'appimage') await writeFile(appPath(root), `#!/bin/sh\nexec echo ${OLD}\n`);
  } else if (kind === 'nsis') await leaveInstaller(root, versions.old);
  const feedUrl = world.edge.url(folder);
  world.edge.reset(attempt.bend ?? null);
  const { bend: _bend, settings, ...others } = attempt;
  const optionsFor = (running: string): InstallationOptions => ({
    ...others,
    root,
    feedUrl,
    keys: world.key.text,
    version: running,
    kind,
    settings: { updateChannel: channel, ...settings },
  });
  return {
    root,
    folder,
    feedUrl,
    offered,
    open: (running = version) => openInstallation(optionsFor(running)),
    crash: async (running) => (await beginInstallation(optionsFor(running))).isReplaced,
  };
};

const describe = ({ updates }: OpenedInstallation): string => {
  const state = updates.snapshot();
  if (state.state === 'failed') return state.reason;
  return 'version' in state ? `${state.state} ${state.version}` : state.state;
};

export interface Result {
  /** How it stands in the end, and what starts then. */
  readonly got: string;
  /** Of the payload's bytes, what came over the line; null: none was asked for. */
  readonly movedShare: number | null;
}

/** Asks, fetches and installs as far as it goes; afterwards the app is started. */
export const carryOut = async (world: World, attempt: Attempt): Promise<Result> => {
  const prepared = await prepare(world, attempt);
  const installation = await prepared.open();
  try {
    await installation.updates.api.check();
    await installation.reaches('idle', 'off', 'available', 'ready', 'failed');
    const rests = describe(installation);
    if (rests === `ready ${prepared.offered.version}`) await installation.updates.api.install();
    const { name, sizeBytes } = prepared.offered;
    const isPayload = (each: string): boolean => each === name || each === `${name}.blockmap`;
    const asked = world.edge.requests.some((request) => isPayload(request.name));
    const starts = await startedAs(world, attempt, prepared, installation);
    return {
      got: `${rests}, ${starts}`,
      movedShare: asked ? world.edge.bytes(isPayload) / sizeBytes : null,
    };
  } finally {
    await installation.close();
    await rm(prepared.root, { recursive: true, force: true });
  }
};

/** What there is after it: for NSIS, whose installer cannot run here, what was handed over. */
const startedAs = async (
  world: World,
  { kind, withoutOldFile }: Attempt,
  { root }: Prepared,
  { installed }: OpenedInstallation,
): Promise<string> => {
  const [handedOver] = installed;
  // Its own system would run it as it is.
  if (kind === 'nsis' && handedOver !== undefined) await chmod(handedOver, 0o755);
  if (kind === 'nsis')
    return handedOver === undefined ? `starts ${OLD}` : `starts ${await startApp(handedOver, world.all)}`;
  if (withoutOldFile === true && handedOver === undefined) return `starts ${OLD}`;
  return `starts ${await startApp(appPath(root), world.all)}`;
};

export const UPDATED = `ready ${NEW}, starts ${NEW}`;
