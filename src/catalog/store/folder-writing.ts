/** Crash-safe writing: after a kill or a full disk at any moment, an object is absent, the old whole or the new whole. */
import { randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { errorCodeOf, isMissing } from './folder-errors.ts';
import type { FolderLayout } from './folder-layout.ts';
import { StoreError } from './object-store.ts';

/** A writer that has not touched its file for this long is dead. */
const STALE_AFTER_MS = 3600_000;

/** Windows cannot open folders to flush them; NTFS journals names by itself. */
const canFlushFolders = process.platform !== 'win32';

const flushFolder = async (path: string): Promise<void> => {
  if (!canFlushFolders) return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Microseconds, unlike the kernel's stamps: etags are made of it. */
const preciseNowSeconds = (): number => (performance.timeOrigin + performance.now()) / 1000;

const PRIVATE_MODE = 0o600;

export type TempContent = { readonly bytes: Uint8Array } | { readonly file: string };

export interface WrittenTemp {
  readonly path: string;
  readonly stats: BigIntStats;
}

/** A finished, flushed file in the temporary folder, to be moved or linked to its place. The caller removes it. */
export const writeTemp = async (
  layout: FolderLayout,
  content: TempContent,
  isPrivate = false,
): Promise<WrittenTemp> => {
  const path = join(layout.tempFolder, randomUUID());
  try {
    // Not recursive: a root that is gone (an unmounted disk) must not be made anew in its mount point.
    await mkdir(layout.tempFolder).catch((error: unknown) => {
      if (errorCodeOf(error) !== 'EEXIST') throw error;
    });
    if ('file' in content) await copyFile(content.file, path);
    const handle = await open(path, 'file' in content ? 'r+' : 'wx', isPrivate ? PRIVATE_MODE : undefined);
    try {
      if ('bytes' in content) await handle.writeFile(content.bytes);
      const now = preciseNowSeconds();
      await handle.utimes(now, now);
      // Not datasync: the time stamp is part of the promise too.
      await handle.sync();
      return { path, stats: await handle.stat({ bigint: true }) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

/** Makes the folders above a path and flushes the names of those that are new. */
const makeParents = async (path: string): Promise<void> => {
  const parent = dirname(path);
  const firstMade = await mkdir(parent, { recursive: true });
  if (firstMade === undefined) return;
  const names = relative(dirname(firstMade), parent).split(sep);
  for (let depth = 0; depth < names.length; depth++)
    await flushFolder(join(dirname(firstMade), ...names.slice(0, depth)));
};

/** Puts a finished file in the place of whatever is there. */
export const moveIntoPlace = async (temp: WrittenTemp, path: string): Promise<true> => {
  await makeParents(path);
  await rename(temp.path, path);
  await flushFolder(dirname(path));
  return true;
};

/** A folder in the place of an object is no object that somebody else created. */
const assertNoFolder = async (path: string): Promise<void> => {
  const stats = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (stats?.isDirectory() === true)
    throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
};

/** Gives a finished file its name unless that is taken; linking is atomic, so exactly one of many racers gets true. */
export const linkIntoPlace = async (temp: WrittenTemp, path: string): Promise<boolean> => {
  await makeParents(path);
  try {
    await link(temp.path, path);
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
    await assertNoFolder(path);
    return false;
  }
  await flushFolder(dirname(path));
  return true;
};

/** Create-only writing stands on hard links, which some file systems (exFAT, some network shares) do not have. */
export const proveHardLinks = async (layout: FolderLayout): Promise<void> => {
  const temp = await writeTemp(layout, { bytes: new Uint8Array(1) });
  const linkedPath = `${temp.path}.link`;
  try {
    await linkIntoPlace(temp, linkedPath);
  } catch (error) {
    const isRefused = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errorCodeOf(error));
    if (!isRefused) throw error;
    throw new StoreError(
      'denied',
      `${layout.root} is on a file system without hard links`,
      'Choose a folder on a disk of this system (ext4, APFS, NTFS), or S3.',
      { cause: error },
    );
  } finally {
    await rm(linkedPath, { force: true });
    await rm(temp.path, { force: true });
  }
};

/** Removes what writers that died have left behind. */
export const sweepTempFolder = async (layout: FolderLayout, nowMs: number): Promise<void> => {
  const names = await readdir(layout.tempFolder).catch((error: unknown): string[] => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const name of names) {
    const path = join(layout.tempFolder, name);
    const stats = await stat(path).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (stats !== null && nowMs - stats.mtimeMs > STALE_AFTER_MS) await rm(path, { force: true });
  }
};
