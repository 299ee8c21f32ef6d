import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '../../../src/catalog/store/object-store.ts';
import { startEdge, type Edge } from './edge.ts';
import { makeKey, putPayloads, type FeedKey } from './feed.ts';
import { makeInstaller, type Installer } from './stand-in-app.ts';

/** A store with three versions of the app in it, an edge in front, and two keys, of which installations pin the first. */
export interface World {
  readonly store: ObjectStore;
  readonly edge: Edge;
  readonly key: FeedKey;
  readonly strangersKey: FeedKey;
  readonly appImage: Versions;
  readonly nsis: Versions;
  /** Every installer there is. */
  readonly all: readonly Installer[];
  /** A folder that is not there yet, for one installation. */
  newFolder(): string;
  close(): Promise<void>;
}

export interface Versions {
  readonly old: Installer;
  readonly new: Installer;
  readonly beta: Installer;
}

export const OLD = '1.0.0';
export const NEW = '1.1.0';
export const BETA = '1.2.0-beta.1';

export const createWorld = async (store: ObjectStore): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-updates-'));
  const versionsOf = async (kind: Installer['kind']): Promise<Versions> => ({
    old: await makeInstaller(folder, OLD, kind),
    new: await makeInstaller(folder, NEW, kind),
    beta: await makeInstaller(folder, BETA, kind),
  });
  const appImage = await versionsOf('appimage');
  const nsis = await versionsOf('nsis');
  const all = [appImage, nsis].flatMap((versions) => [versions.old, versions.new, versions.beta]);
  await putPayloads(store, all);
  const edge = await startEdge(store);
  let folders = 0;
  return {
    store,
    edge,
    key: makeKey(),
    strangersKey: makeKey(),
    appImage,
    nsis,
    all,
    newFolder() {
      folders += 1;
      return join(folder, `installation-${folders}`);
    },
    async close() {
      await edge.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
