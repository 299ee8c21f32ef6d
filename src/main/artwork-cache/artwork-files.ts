import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planEviction } from '../../core/offline/eviction-plan.ts';
import type { Clock, Log } from '../ports.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { isAbandoned } from '../storage/temporary-file.ts';
import { artworkIdOf } from './picture-names.ts';

export interface ArtworkFiles {
  /** Null when it is not here. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Waits for the first look at the disk. */
  has(name: string): Promise<boolean>;
  /**
   * Keeps it if the disk lets it, and says whether it is on the disk now; a picture that cannot be kept is fetched again, so
   * this never rejects.
   */
  keep(name: string, content: Uint8Array): Promise<boolean>;
  /** Exactly the pictures of these artworks are never evicted from now on, and take no room from the others. */
  setPinned(artworkIds: Iterable<string>): void;
  /** Stops writing, runs `work` while the folder stands still, and goes on in the folder that it gives. Reading goes on. */
  relocate(work: () => Promise<string>): Promise<void>;
}

interface Kept {
  readonly bytes: number;
  lastUsedMs: number;
}

/** Pictures as plain files, `<folder>/<aa>/<name>`, least recently used first to go. */
export const createArtworkFiles = (options: {
  readonly folder: string;
  /** For pictures that are not pinned. */
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}): ArtworkFiles => {
  const { limitBytes, clock, log } = options;
  let { folder } = options;
  const kept = new Map<string, Kept>();
  let pinned: ReadonlySet<string> = new Set();
  /** Ends when the folder may be written to again. */
  let standingStill: Promise<unknown> | null = null;
  const writing = new Set<Promise<unknown>>();
  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name);
  const isPinned = (name: string): boolean => pinned.has(artworkIdOf(name));

  const scanFile = async (parent: string, name: string): Promise<void> => {
    const path = join(parent, name);
    if (isAbandoned(name)) {
      await rm(path, { force: true });
      return;
    }
    const { size, mtimeMs } = await stat(path);
    kept.set(name, { bytes: size, lastUsedMs: mtimeMs });
  };

  const scan = async (): Promise<void> => {
    try {
      for (const parent of await readdir(folder)) {
        const names = await readdir(join(folder, parent));
        await Promise.all(names.map((name) => scanFile(join(folder, parent), name)));
      }
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT')
        log.warn('artwork cache could not be scanned', { folder, error });
    }
  };
  const scanned = scan();

  /** Writes beside other writes, never beside a move. */
  const whileStill = async <Outcome>(write: () => Promise<Outcome>): Promise<Outcome> => {
    await scanned;
    if (standingStill !== null) {
      await standingStill;
      return whileStill(write);
    }
    const written = write();
    writing.add(written);
    try {
      return await written;
    } finally {
      writing.delete(written);
    }
  };

  const noteUse = async (name: string): Promise<void> => {
    const entry = kept.get(name);
    const now = clock.now();
    // A day is close enough for pictures, and spares the disk a write for every cover shown.
    if (entry === undefined || standingStill !== null || now - entry.lastUsedMs < 86_400_000) return;
    entry.lastUsedMs = now;
    await utimes(pathOf(name), new Date(now), new Date(now));
  };

  const makeRoom = async (neededBytes: number): Promise<boolean> => {
    const entries = Array.from(kept, ([key, { bytes, lastUsedMs }]) => ({
      key,
      bytes,
      lastUsedMs,
      inUse: false,
    })).filter(({ key }) => !isPinned(key));
    const plan = planEviction(entries, limitBytes, neededBytes);
    if (plan.fits) {
      for (const name of plan.remove) {
        kept.delete(name);
        await rm(pathOf(name), { force: true });
      }
    }
    return plan.fits;
  };

  const write = async (name: string, content: Uint8Array): Promise<boolean> => {
    if (!isPinned(name) && !(await makeRoom(content.byteLength))) return false;
    await mkdir(dirname(pathOf(name)), { recursive: true });
    await writeFileDurably(pathOf(name), content);
    kept.set(name, { bytes: content.byteLength, lastUsedMs: clock.now() });
    return true;
  };

  const relocate = async (work: () => Promise<string>): Promise<void> => {
    await scanned;
    if (standingStill !== null) {
      await standingStill;
      return relocate(work);
    }
    const moved = Promise.allSettled(writing).then(work);
    standingStill = moved.catch(() => undefined);
    try {
      folder = await moved;
    } finally {
      standingStill = null;
    }
  };

  return {
    async read(name) {
      try {
        const content = await readFile(pathOf(name));
        await noteUse(name);
        return new Uint8Array(content);
      } catch (error) {
        if (systemErrorCode(error) !== 'ENOENT') log.warn('kept artwork could not be read', { name, error });
        return null;
      }
    },

    async has(name) {
      await scanned;
      return kept.has(name);
    },

    async keep(name, content) {
      try {
        return await whileStill(() => write(name, content));
      } catch (error) {
        log.warn('artwork could not be kept', { name, error });
        return false;
      }
    },

    setPinned(artworkIds) {
      pinned = new Set(artworkIds);
    },

    relocate,
  };
};
