import { chmod, copyFile, open, rm } from 'node:fs/promises';
import { renameDurably } from '../storage/durable-file.ts';
import { temporaryPath } from '../storage/temporary-file.ts';

/**
 * Puts a verified AppImage in the place of the one that runs: copied beside it, synced, renamed over it. Killed at any moment the old or
 * the new one lies there, whole. (electron-updater removes the old one first and moves the new one afterwards, over file systems even:
 * whoever pulls the plug between the two has no app any more.) Rejects with the system's error; then the old one is as it was.
 */
export const installAppImage = async (from: string, to: string): Promise<void> => {
  const temporary = temporaryPath(to);
  try {
    await copyFile(from, temporary);
    await chmod(temporary, 0o755);
    {
      await using file = await open(temporary, 'r+');
      await file.sync();
    }
    await renameDurably(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
};
