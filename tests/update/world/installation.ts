/** One installation of the app, with everything of its updates real but Electron: electron-updater runs in plain Node. */
import { copyFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/contract/settings.ts';
import type { UpdateState } from '../../../src/contract/update.ts';
import type { ServiceRequests } from '../../../src/main/catalog-client/service-requests.ts';
import { createFetch } from '../../../src/main/network/edge-fetch.ts';
import { systemClock, type Clock } from '../../../src/main/ports.ts';
import type { ElectronUpdater } from '../../../src/main/update/electron-updater.ts';
import { installAppImage } from '../../../src/main/update/install-appimage.ts';
import type { LineTurn } from '../../../src/main/update/piece-reader.ts';
import { createFeed, parsePinnedKeys } from '../../../src/main/update/pinned-keys.ts';
import type { InstallPort } from '../../../src/main/update/update-ports.ts';
import { beginUpdateStart, type UpdateStart } from '../../../src/main/update/update-start.ts';
import { createUpdates, type Updates } from '../../../src/main/update/updates.ts';
import { recordLog, type RecordedLog } from '../../host/silent-log.ts';
import type { Installer } from './stand-in-app.ts';

export interface InstallationOptions {
  readonly root: string;
  readonly feedUrl: string;
  /** As a build is given them. */
  readonly keys: string;
  /** What runs. */
  readonly version: string;
  readonly kind: Installer['kind'];
  readonly settings?: Partial<Settings>;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  readonly takeTurn?: (signal: AbortSignal) => Promise<LineTurn>;
  readonly isMetered?: () => Promise<boolean | null>;
  readonly post?: ServiceRequests['post'];
}

export interface OpenedInstallation {
  readonly updates: Updates;
  readonly log: RecordedLog;
  /** Every state that was told, in order. */
  readonly states: readonly UpdateState[];
  /** It was put back instead of being started. */
  readonly isReplaced: boolean;
  /** What was handed over to be installed. */
  readonly installed: readonly string[];
  changeSettings(changes: Partial<Settings>): void;
  /** Polls until the state is one of these; gives it. */
  reaches(...names: readonly UpdateState['state'][]): Promise<UpdateState>;
  close(): Promise<void>;
}

/** Retries come soon; the limits of time are as they are. */
const impatientClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) =>
    systemClock.wait(milliseconds <= 4_000 ? milliseconds / 50 : milliseconds, signal),
};

export const appPath = (root: string): string => join(root, 'Riffle.AppImage');

/** Puts a version where the app lies. */
export const installFirst = async (root: string, { path }: Installer): Promise<void> => {
  await mkdir(root, { recursive: true });
  await copyFile(path, appPath(root));
  await chmod(appPath(root), 0o755);
};

export const createUpdater = async ({
  root,
  version,
  kind,
}: InstallationOptions): Promise<ElectronUpdater> => {
  const config = join(root, 'app-update.yml');
  await writeFile(config, 'updaterCacheDirName: riffle-updater\n');
  const adapter = {
    version,
    name: 'riffle',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: join(root, 'data'),
    baseCachePath: join(root, 'cache'),
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
  process.env['APPIMAGE'] = appPath(root);
  const updater = kind === 'nsis' ? new NsisUpdater(null, adapter) : new AppImageUpdater(null, adapter);
  // As the one of the app has it; every request it would make through Electron is made through the door instead.
  Reflect.set(updater, 'httpExecutor', new ElectronHttpExecutor());
  updater.on('error', () => undefined);
  return updater;
};

export interface BegunInstallation {
  readonly start: UpdateStart;
  /** It was put back instead of being started. */
  readonly isReplaced: boolean;
  readonly install: InstallPort;
  readonly installed: readonly string[];
  readonly log: RecordedLog;
}

/** The first thing that an app does; one that crashes does nothing else. */
export const beginInstallation = async (options: InstallationOptions): Promise<BegunInstallation> => {
  const { root, version, kind, clock = impatientClock } = options;
  const log = recordLog();
  const installed: string[] = [];
  const install: InstallPort = {
    target: {
      platform: kind === 'nsis' ? 'win32' : 'linux',
      arch: process.arch === 'arm64' ? 'arm64' : 'x64',
      kind,
    },
    runningFile: kind === 'appimage' ? appPath(root) : null,
    async replaceWith(file) {
      if (kind === 'appimage') await installAppImage(file, appPath(root));
      installed.push(file);
    },
  };
  const begun = await beginUpdateStart({
    dataFolder: join(root, 'data'),
    cacheFolder: join(root, 'cache'),
    version,
    install,
    clock,
    log,
  });
  return { ...begun, install, installed, log };
};

export const openInstallation = async (options: InstallationOptions): Promise<OpenedInstallation> => {
  const { version, clock = impatientClock } = options;
  const states: UpdateState[] = [];
  let settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const outgoing = createFetch({ silenceMs: 3_000 });
  const { start, isReplaced, install, installed, log } = await beginInstallation(options);
  const updates = createUpdates({
    ports: {
      feed: createFeed(options.feedUrl, parsePinnedKeys(options.keys)),
      updater: await createUpdater(options),
      install,
      start,
    },
    version,
    settings: {
      get: () => settings,
      async change(changes) {
        settings = { ...settings, ...changes };
        return settings;
      },
    },
    fetch: options.fetch ?? outgoing.fetch,
    clock,
    isOnline: () => true,
    isMetered: options.isMetered ?? (async () => null),
    takeTurn:
      options.takeTurn ?? (async () => ({ signal: new AbortController().signal, leave: () => undefined })),
    post: () => options.post ?? null,
    onChange: (state) => states.push(state),
    random: () => 0.5,
    log,
  });

  return {
    updates,
    log,
    states,
    isReplaced,
    installed,
    changeSettings(changes) {
      settings = { ...settings, ...changes };
      updates.settingsChanged();
    },
    async reaches(...names) {
      const deadline = Date.now() + 15_000;
      while (!names.includes(updates.snapshot().state)) {
        if (Date.now() > deadline)
          throw new Error(`not ${names.join(' or ')} but ${JSON.stringify(updates.snapshot())}`);
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
      }
      return updates.snapshot();
    },
    async close() {
      await updates.close();
      await outgoing.close();
    },
  };
};
