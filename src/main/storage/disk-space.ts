import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface DiskSpace {
  /** What this program may still write. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Of the disk that holds a folder, or will once it is made. Null when the system does not say. */
export const diskSpaceAt = async (folder: string): Promise<DiskSpace | null> => {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, blocks, bsize } = await statfs(path);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch {
      // Not made yet: its parent lies on the same disk.
      if (dirname(path) === path) return null;
    }
  }
};
