import { open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './storage-error.ts';
import { temporaryPath } from './temporary-file.ts';

/** Makes a rename or a new name in a folder outlive a power cut. Windows keeps its directory log by itself. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Removes a file if it is there. Not durable by itself: what a power cut brings back is found and removed again. */
export const removeFile = async (path: string): Promise<void> => {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
};

/** Moves a synced file to its final name and makes that name last. */
export const renameDurably = async (from: string, to: string): Promise<void> => {
  await rename(from, to);
  await syncFolder(dirname(to));
};

/**
 * Replaces a file whole: temporary file → write → fdatasync → rename → fsync of the folder. When it resolves the content is
 * on disk; killed at any moment, the file holds the old or the new content, never a part. Parts are asked for as they are written.
 */
export const writeFileDurably = async (
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> => {
  const temporary = temporaryPath(path);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await renameDurably(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};
