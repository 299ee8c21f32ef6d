import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, Log } from '../ports.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { planEviction } from '../storage/eviction-plan.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { isAbandoned } from '../storage/temporary-file.ts';

export interface ArtworkFiles {
  /** Null when it is not here. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps it if the disk lets it; a picture that cannot be kept is fetched again, so this never rejects. */
  keep(name: string, content: Uint8Array): Promise<void>;
}

interface Kept {
  readonly bytes: number;
  lastUsedMs: number;
}

/** Pictures as plain files, `<folder>/<aa>/<name>`, least recently used first to go. */
export const createArtworkFiles = (options: {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}): ArtworkFiles => {
  const { folder, limitBytes, clock, log } = options;
  const kept = new Map<string, Kept>();
  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name);

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

  const noteUse = async (name: string): Promise<void> => {
    const entry = kept.get(name);
    const now = clock.now();
    // A day is close enough for pictures, and spares the disk a write for every cover shown.
    if (entry === undefined || now - entry.lastUsedMs < 86_400_000) return;
    entry.lastUsedMs = now;
    await utimes(pathOf(name), new Date(now), new Date(now));
  };

  const makeRoom = async (neededBytes: number): Promise<boolean> => {
    const entries = Array.from(kept, ([key, { bytes, lastUsedMs }]) => ({
      key,
      bytes,
      lastUsedMs,
      inUse: false,
    }));
    const plan = planEviction(entries, limitBytes, neededBytes);
    if (plan.fits) {
      for (const name of plan.remove) {
        kept.delete(name);
        await rm(pathOf(name), { force: true });
      }
    }
    return plan.fits;
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

    async keep(name, content) {
      try {
        await scanned;
        if (!(await makeRoom(content.byteLength))) return;
        await mkdir(dirname(pathOf(name)), { recursive: true });
        await writeFileDurably(pathOf(name), content);
        kept.set(name, { bytes: content.byteLength, lastUsedMs: clock.now() });
      } catch (error) {
        log.warn('artwork could not be kept', { name, error });
      }
    },
  };
};
