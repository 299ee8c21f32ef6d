import { mkdir, open, readdir, readFile, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { idSchema, sha256Schema } from '../../contract/catalog-http.ts';
import type { Clock, Log } from '../ports.ts';
import { renameDurably, writeFileDurably } from '../storage/durable-file.ts';
import { planEviction, type Evictable } from '../storage/eviction-plan.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import { isAbandoned, temporaryPath } from '../storage/temporary-file.ts';
import type { AudioFile } from './edge.ts';

/** Stands beside each audio file and says what it is, so that the index can be rebuilt from the folder alone. */
const sidecarSchema = z.object({
  version: z.literal(1),
  sha256: sha256Schema,
  bytes: z.int().positive(),
  contentType: z.string(),
  /** The tracks that play this file; the same recording may stand on several albums. */
  trackIds: z.array(idSchema),
});
type Sidecar = z.infer<typeof sidecarSchema>;

interface Kept {
  readonly sidecar: Sidecar;
  lastUsedMs: number;
}

export interface AudioFiles {
  /** The file a track plays, if it is here. */
  find(trackId: string): Promise<AudioFile | null>;
  has(sha256: string): Promise<boolean>;
  /** For reading; counts as a use. Null when the file is gone or no longer as long as it should be. */
  openKept(sha256: string): Promise<FileHandle | null>;
  /** An empty file to write to, which `adopt` or `discard` ends. */
  openNew(file: AudioFile): Promise<{ readonly path: string; readonly handle: FileHandle }>;
  /** Takes in a written, checked file: synced, renamed, remembered. */
  adopt(path: string, handle: FileHandle, file: AudioFile): Promise<void>;
  discard(path: string): Promise<void>;
  /** Another track turned out to play a file that is here. */
  addTrack(file: AudioFile): Promise<void>;
  /** The track plays other audio now. */
  forgetTrack(trackId: string): Promise<void>;
  /** Removes what was used longest ago until so many more bytes fit; false when they cannot. */
  makeRoom(neededBytes: number, isInUse: (sha256: string) => boolean): Promise<boolean>;
  removeAll(isInUse: (sha256: string) => boolean): Promise<void>;
  totals(): { readonly tracks: number; readonly bytes: number };
}

/**
 * `<folder>/<aa>/<sha256>` and `<sha256>.json`. The rename of the audio file is what makes an entry exist; an audio file
 * without its note, a note without its file and abandoned temporary files are swept at start. All reject with
 * `storage_failed`.
 */
export const createAudioFiles = (options: {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}): AudioFiles => {
  const { folder, limitBytes, clock, log } = options;
  const kept = new Map<string, Kept>();
  const shaOfTrack = new Map<string, string>();

  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  const notePathOf = (sha256: string): string => `${pathOf(sha256)}.json`;

  const remember = (sidecar: Sidecar, lastUsedMs: number): void => {
    kept.set(sidecar.sha256, { sidecar, lastUsedMs });
    for (const trackId of sidecar.trackIds) shaOfTrack.set(trackId, sidecar.sha256);
  };

  const forget = (sha256: string): void => {
    for (const trackId of kept.get(sha256)?.sidecar.trackIds ?? []) {
      if (shaOfTrack.get(trackId) === sha256) shaOfTrack.delete(trackId);
    }
    kept.delete(sha256);
  };

  const remove = async (sha256: string): Promise<void> => {
    forget(sha256);
    await rm(pathOf(sha256), { force: true });
    await rm(notePathOf(sha256), { force: true });
  };

  const readSidecar = async (path: string): Promise<Sidecar | null> => {
    try {
      return sidecarSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      // Missing, torn or foreign: without a note the file cannot be trusted, and is swept.
      return null;
    }
  };

  const scanEntry = async (parent: string, name: string): Promise<void> => {
    const path = join(parent, name);
    if (name.endsWith('.tmp')) {
      if (isAbandoned(name)) await rm(path, { force: true });
      return;
    }
    const audioPath = name.endsWith('.json') ? path.slice(0, -'.json'.length) : path;
    const sidecar = await readSidecar(`${audioPath}.json`);
    const audio = await stat(audioPath).catch(() => null);
    if (sidecar !== null && audio?.size === sidecar.bytes && pathOf(sidecar.sha256) === audioPath) {
      if (path === audioPath) remember(sidecar, audio.mtimeMs);
    } else {
      log.info('swept from the audio cache', { name });
      await rm(path, { force: true });
    }
  };

  const scan = async (): Promise<void> => {
    const parents = await readdir(folder).catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw error;
    });
    for (const parent of parents.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      const names = await readdir(join(folder, parent));
      await Promise.all(names.map((name) => scanEntry(join(folder, parent), name)));
    }
  };

  /** Playing must not depend on it: a folder that cannot be scanned counts as empty. */
  const scanned = scan().catch((error: unknown) => {
    log.error('audio cache could not be scanned', { folder, error });
  });

  const writeSidecar = async (sidecar: Sidecar): Promise<void> => {
    await writeFileDurably(notePathOf(sidecar.sha256), JSON.stringify(sidecar));
  };

  const guarded = async <Result>(what: string, action: () => Promise<Result>): Promise<Result> => {
    await scanned;
    try {
      return await action();
    } catch (error) {
      throw storageFailure(what, error);
    }
  };

  const evictable = (isInUse: (sha256: string) => boolean): Evictable[] =>
    Array.from(kept.values(), ({ sidecar, lastUsedMs }) => ({
      key: sidecar.sha256,
      bytes: sidecar.bytes,
      lastUsedMs,
      inUse: isInUse(sidecar.sha256),
    }));

  return {
    async find(trackId) {
      await scanned;
      const entry = kept.get(shaOfTrack.get(trackId) ?? '');
      if (entry === undefined) return null;
      const { sha256, bytes, contentType } = entry.sidecar;
      return { trackId, sha256, bytes, contentType };
    },

    async has(sha256) {
      await scanned;
      return kept.has(sha256);
    },

    openKept: (sha256) =>
      guarded('cannot open cached audio', async () => {
        const entry = kept.get(sha256);
        if (entry === undefined) return null;
        let handle: FileHandle;
        try {
          handle = await open(pathOf(sha256), 'r');
        } catch (error) {
          if (systemErrorCode(error) !== 'ENOENT') throw error;
          await remove(sha256);
          return null;
        }
        if ((await handle.stat()).size !== entry.sidecar.bytes) {
          await handle.close();
          await remove(sha256);
          return null;
        }
        entry.lastUsedMs = clock.now();
        const usedAt = new Date(entry.lastUsedMs);
        await utimes(pathOf(sha256), usedAt, usedAt).catch((error: unknown) => {
          log.warn('use of cached audio not noted', { error });
        });
        return handle;
      }),

    openNew: (file) =>
      guarded('cannot write to the audio cache', async () => {
        await mkdir(dirname(pathOf(file.sha256)), { recursive: true });
        const path = temporaryPath(pathOf(file.sha256));
        return { path, handle: await open(path, 'wx+', 0o600) };
      }),

    adopt: (path, handle, file) =>
      guarded('cannot keep audio', async () => {
        const { sha256, bytes, contentType, trackId } = file;
        const sidecar: Sidecar = { version: 1, sha256, bytes, contentType, trackIds: [trackId] };
        await handle.datasync();
        await writeSidecar(sidecar);
        await renameDurably(path, pathOf(sha256));
        remember(sidecar, clock.now());
      }),

    discard: (path) => rm(path, { force: true }),

    addTrack: ({ sha256, trackId }) =>
      guarded('cannot note a track', async () => {
        const entry = kept.get(sha256);
        if (entry === undefined || entry.sidecar.trackIds.includes(trackId)) return;
        const sidecar = { ...entry.sidecar, trackIds: [...entry.sidecar.trackIds, trackId] };
        await writeSidecar(sidecar);
        remember(sidecar, entry.lastUsedMs);
      }),

    forgetTrack: (trackId) =>
      guarded('cannot forget a track', async () => {
        const entry = kept.get(shaOfTrack.get(trackId) ?? '');
        shaOfTrack.delete(trackId);
        if (entry === undefined) return;
        const trackIds = entry.sidecar.trackIds.filter((id) => id !== trackId);
        const sidecar = { ...entry.sidecar, trackIds };
        await writeSidecar(sidecar);
        kept.set(sidecar.sha256, { sidecar, lastUsedMs: entry.lastUsedMs });
      }),

    makeRoom: (neededBytes, isInUse) =>
      guarded('cannot make room', async () => {
        const plan = planEviction(evictable(isInUse), limitBytes, neededBytes);
        if (plan.fits) for (const sha256 of plan.remove) await remove(sha256);
        return plan.fits;
      }),

    removeAll: (isInUse) =>
      guarded('cannot clear the audio cache', async () => {
        for (const { key, inUse } of evictable(isInUse)) if (!inUse) await remove(key);
      }),

    totals: () => ({
      tracks: shaOfTrack.size,
      bytes: Array.from(kept.values()).reduce((sum, { sidecar }) => sum + sidecar.bytes, 0),
    }),
  };
};
