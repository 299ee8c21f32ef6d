import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import type { Log } from '../ports.ts';
import { removeMoved } from './cache-parts.ts';
import type { JsonDocument } from './json-document.ts';

/** Where the cache lies, as noted on the disk. */
export const cacheLocationSchema = z.object({
  /** Null: the platform's own cache folder. */
  folder: z.string().nullable(),
  /** Folders with a cache that does not count: a copy that is not finished, or what was moved away from. */
  leftovers: z.array(z.string()),
});
export type StoredCacheLocation = Readonly<z.infer<typeof cacheLocationSchema>>;

export interface CacheLocation {
  /** Where the cache lies; the one truth, whatever else is on the disk. */
  folder(): string;
  /** Notes where a copy is about to be made, before there is any of it. Rejects with `storage_failed`. */
  begin(to: string): Promise<void>;
  /** From now on the copy is the cache, and what was copied is left over. Rejects with `storage_failed`; then nothing changed. */
  switchTo(to: string): Promise<void>;
  /**
   * Removes what is left over: the old folder after `switchTo`, the half copy before. What cannot be removed now is tried again
   * the next time; only a note that cannot be written rejects.
   */
  finish(): Promise<void>;
  /** At start, off the hot path: finishes or undoes a move that was cut off. Never rejects. */
  recover(): Promise<void>;
}

/**
 * Owns the durable pointer to the cache folder. One rule makes a move safe against a kill at any moment: what the pointer names
 * is the cache, what it calls left over is removed.
 *
 * at rest ─ begin ─▶ copying ─ switchTo ─▶ leaving ─ finish ─▶ at rest
 *                       └─ finish, recover ─▶ at rest, as before
 */
export const createCacheLocation = async (options: {
  readonly document: JsonDocument<StoredCacheLocation>;
  readonly defaultFolder: string;
  readonly log: Log;
}): Promise<CacheLocation> => {
  const { document, defaultFolder, log } = options;
  let stored: StoredCacheLocation = (await document.read()) ?? { folder: null, leftovers: [] };

  const folder = (): string => stored.folder ?? defaultFolder;
  /** Whether the note on the disk is the one in memory: a write that failed may have arrived all the same. */
  let isCertain = true;
  const note = async (next: StoredCacheLocation): Promise<void> => {
    isCertain = false;
    await document.write(next);
    stored = next;
    isCertain = true;
  };
  const without = (removed: ReadonlySet<string>): readonly string[] =>
    stored.leftovers.filter((leftover) => !removed.has(leftover));

  const finish = async (): Promise<void> => {
    if (!isCertain) await note(stored);
    if (stored.leftovers.length === 0) return;
    const removed = new Set<string>();
    for (const leftover of stored.leftovers) {
      try {
        // Named twice: what counts is never removed.
        if (leftover !== folder()) await removeMoved(leftover);
        removed.add(leftover);
      } catch (error) {
        log.warn('an old cache folder could not be removed', { folder: leftover, error });
      }
    }
    if (removed.size > 0) await note({ ...stored, leftovers: [...without(removed)] });
  };

  return {
    folder,
    begin: (to) => note({ ...stored, leftovers: [...without(new Set([to])), to] }),
    switchTo: (to) =>
      note({
        folder: to === defaultFolder ? null : to,
        leftovers: [...without(new Set([to])), folder()],
      }),
    finish,
    async recover() {
      try {
        await finish();
        // So that a folder that is not there always means a disk that is not there.
        if (folder() === defaultFolder) await mkdir(defaultFolder, { recursive: true });
      } catch (error) {
        log.warn('the cache folder could not be tidied', { folder: folder(), error });
      }
    },
  };
};
