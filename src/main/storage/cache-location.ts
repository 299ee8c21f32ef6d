import { mkdir } from 'node:fs/promises';
import pLimit from 'p-limit';
import { z } from 'zod';
import { HostFailure } from '../../contract/host-error.ts';
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
  /**
   * Notes where a copy is about to be made, before there is any of it. Rejects with `invalid_argument` while another is made,
   * with `storage_failed` when it cannot be noted.
   */
  begin(to: string): Promise<void>;
  /** From now on the copy is the cache, and what was copied is left over. Rejects with `storage_failed`; then nothing changed. */
  switchTo(to: string): Promise<void>;
  /** Instead of `switchTo`: the copy is not wanted any more, and removed. */
  giveUp(): Promise<void>;
  /**
   * Removes what is left over, which after a move is the old folder, and never a copy that is being made. What cannot be removed
   * now is tried again the next time; only a note that cannot be written rejects.
   */
  finish(): Promise<void>;
  /** At start, off the hot path: finishes or undoes a move that was cut off. Never rejects. */
  recover(): Promise<void>;
}

/**
 * Owns the durable pointer to the cache folder. One rule makes a move safe against a kill at any moment: what the pointer names
 * is the cache, what it calls left over is removed.
 *
 * at rest ─ begin ─▶ copying ─ switchTo ─▶ leaving ─ finish, recover ─▶ at rest
 *                       └─ giveUp, recover ─▶ at rest, as before
 */
export const createCacheLocation = async (options: {
  readonly document: JsonDocument<StoredCacheLocation>;
  readonly defaultFolder: string;
  readonly log: Log;
}): Promise<CacheLocation> => {
  const { document, defaultFolder, log } = options;
  let stored: StoredCacheLocation = (await document.read()) ?? { folder: null, leftovers: [] };
  /** Where a copy is being made; left over as far as the disk knows. */
  let copying: string | null = null;
  /** Whether the note on the disk is the one in memory: a write that failed may have arrived all the same. */
  let isCertain = true;
  const inTurn = pLimit(1);

  const folder = (): string => stored.folder ?? defaultFolder;
  const leftoversWithout = (gone: ReadonlySet<string>): readonly string[] =>
    stored.leftovers.filter((leftover) => !gone.has(leftover));

  const note = async (folderNow: string, leftovers: readonly string[]): Promise<void> => {
    const next = { folder: folderNow === defaultFolder ? null : folderNow, leftovers: [...leftovers] };
    isCertain = false;
    await document.write(next);
    stored = next;
    isCertain = true;
  };

  const removeLeftovers = async (): Promise<void> => {
    if (!isCertain) await note(folder(), stored.leftovers);
    const gone = new Set<string>();
    for (const leftover of stored.leftovers) {
      if (leftover === copying) continue;
      try {
        // Named twice: what counts is never removed.
        if (leftover !== folder()) await removeMoved(leftover);
        gone.add(leftover);
      } catch (error) {
        log.warn('an old cache folder could not be removed', { folder: leftover, error });
      }
    }
    if (gone.size > 0) await note(folder(), leftoversWithout(gone));
  };

  const begin = async (to: string): Promise<void> => {
    if (copying !== null) throw new HostFailure('invalid_argument', 'the cache is being moved already');
    await note(folder(), [...leftoversWithout(new Set([to])), to]);
    copying = to;
  };

  const switchTo = async (to: string): Promise<void> => {
    await note(to, [...leftoversWithout(new Set([to])), folder()]);
    copying = null;
  };

  const giveUp = async (): Promise<void> => {
    copying = null;
    await removeLeftovers();
  };

  const recover = async (): Promise<void> => {
    try {
      await removeLeftovers();
      // So that a folder that is not there always means a disk that is not there.
      if (folder() === defaultFolder) await mkdir(defaultFolder, { recursive: true });
    } catch (error) {
      log.warn('the cache folder could not be tidied', { folder: folder(), error });
    }
  };

  return {
    folder,
    begin: (to) => inTurn(() => begin(to)),
    switchTo: (to) => inTurn(() => switchTo(to)),
    giveUp: () => inTurn(giveUp),
    finish: () => inTurn(removeLeftovers),
    recover: () => inTurn(recover),
  };
};
