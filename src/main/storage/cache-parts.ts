import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './durable-file.ts';
import { systemErrorCode } from './storage-error.ts';

/** What is ours in a cache folder. Nothing else in it is ever copied, moved or deleted. */
export const CACHE_PARTS = ['audio', 'artwork'] as const;

const ABSENT: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR']);
/** A folder that is not empty has someone else's things in it, or is a drive's root. */
const STAYS: ReadonlySet<string | null> = new Set([...ABSENT, 'ENOTEMPTY', 'EEXIST', 'EBUSY', 'EPERM']);

export const isAbsent = (error: unknown): boolean => ABSENT.has(systemErrorCode(error));

/** Whether a cache folder holds anything of ours, or of others who use the same names. */
export const hasCacheParts = async (folder: string): Promise<boolean> => {
  for (const part of CACHE_PARTS) {
    try {
      if ((await readdir(join(folder, part))).length > 0) return true;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOTDIR') return true;
      if (!isAbsent(error)) throw error;
    }
  }
  return false;
};

/**
 * Deletes the cache in a folder, and the folder if nothing else is in it; durable when it resolves. Can be called again after
 * it was cut off. Rejects with Node's own error when something cannot be deleted.
 */
export const removeMoved = async (folder: string): Promise<void> => {
  for (const part of CACHE_PARTS) await rm(join(folder, part), { recursive: true, force: true });
  try {
    await rmdir(folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    if (!STAYS.has(systemErrorCode(error))) throw error;
    await syncFolder(folder).catch((failure: unknown) => {
      if (!isAbsent(failure)) throw failure;
    });
  }
};
