/**
 * Where things lie in a folder store. An object is the file `<root>/<key>`, so that a person can look into it and copy it.
 * Beside the objects stand two folders no key can name, for `@` is not in a key's alphabet: `@temp` for files being
 * written, `@types` for what a file name cannot say (`folder-metadata.ts`).
 */
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';

export interface FolderLayout {
  readonly root: string;
  readonly tempFolder: string;
  readonly typesFolder: string;
  objectPath(key: string): string;
  /** What only this user may read: keys and passwords of those who sign in (`identity/identity-keys.ts`). */
  isPrivate(key: string): boolean;
  /** One for each version of an object, so that a crash can never give a version the type of another. */
  metadataPath(key: string, etag: string): string;
}

const PRIVATE_PREFIX = 'identity/';

export const folderLayout = (root: string): FolderLayout => {
  const typesFolder = join(root, '@types');
  return {
    root,
    tempFolder: join(root, '@temp'),
    typesFolder,
    objectPath: (key) => join(root, key),
    isPrivate: (key) => key.startsWith(PRIVATE_PREFIX),
    metadataPath: (key, etag) => join(typesFolder, key, `@${etag.slice(1, -1)}.json`),
  };
};

/**
 * From modification time and size, so that no content need be read, and a copy that keeps times keeps the tags. Strong,
 * because `writeDurably` stamps each file to the microsecond: the kernel's own stamps move only every few milliseconds.
 */
export const etagOf = (stats: BigIntStats): string =>
  `"${stats.mtimeNs.toString(36)}-${stats.size.toString(36)}"`;
