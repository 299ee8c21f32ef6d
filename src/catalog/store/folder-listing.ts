import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './folder-errors.ts';
import { etagOf } from './folder-layout.ts';
import { isKeySegment } from './object-key.ts';
import type { ObjectInfo } from './object-store.ts';

/** Whether some key that begins with `branch` can lie under the prefix and after the key. */
const mayHold = (branch: string, prefix: string, after: string): boolean =>
  (branch.startsWith(prefix) || prefix.startsWith(branch)) && (branch > after || after.startsWith(branch));

/**
 * Folders in the order of keys, one folder in memory at a time. A folder is sorted with its slash: `a-b` and `a.b` come
 * before `a/c`, which the order of file names alone would turn round. What is no object (`@temp`, files that people or
 * systems leave behind) is passed over, and so is what is deleted while listing.
 */
export async function* listFolder(
  root: string,
  prefix: string,
  after: string,
  folderKey = '',
): AsyncGenerator<ObjectInfo, void, undefined> {
  const entries = await readdir(join(root, folderKey), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const branches = entries
    .filter((entry) => isKeySegment(entry.name) && (entry.isDirectory() || entry.isFile()))
    .map((entry) => ({
      key: `${folderKey}${entry.name}${entry.isDirectory() ? '/' : ''}`,
      isFolder: entry.isDirectory(),
    }))
    .filter(({ key, isFolder }) =>
      isFolder ? mayHold(key, prefix, after) : key.startsWith(prefix) && key > after,
    )
    .sort((one, other) => (one.key < other.key ? -1 : 1));

  for (const { key, isFolder } of branches) {
    if (isFolder) {
      yield* listFolder(root, prefix, after, key);
      continue;
    }
    const stats = await stat(join(root, key), { bigint: true }).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (stats === null) continue;
    yield { key, bytes: Number(stats.size), etag: etagOf(stats), contentType: null, cacheControl: null };
  }
}
