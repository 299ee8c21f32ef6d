/** The folder that index files live in: who may write there, what is in it, and what of that is of any use. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import Sqlite, { type Database } from 'better-sqlite3';
import { openCatalogReader, type CatalogReader } from './catalog-reader.ts';

export interface IndexFolder {
  readonly path: string;
  /** Where the next index file goes. */
  newFile(revision: number): string;
  /** The newest file that opens; all others are removed. */
  openNewest(): Promise<{ readonly path: string; readonly reader: CatalogReader } | null>;
  remove(path: string): Promise<void>;
  close(): Promise<void>;
}

const INDEX_FILE = /^catalog-\d+-[0-9a-f]{8}\.sqlite$/;
const OURS = /^catalog-.*\.sqlite/;

/**
 * Takes a folder for this process. When another process has it (a second service on the same machine), a folder within it is
 * taken instead, for as long as this one runs: two writers of one index would be one too many.
 */
export const openIndexFolder = async (path: string): Promise<IndexFolder> => {
  await mkdir(path, { recursive: true });
  const lock = takeLock(join(path, 'lock.sqlite'));
  const own = lock === null ? await mkdtemp(join(path, 'second-')) : path;

  const remove = async (file: string): Promise<void> => {
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${file}${suffix}`, { force: true })));
  };

  return {
    path: own,
    remove,
    newFile: (revision) => join(own, `catalog-${revision}-${randomUUID().slice(0, 8)}.sqlite`),
    openNewest: async () => {
      const names = (await readdir(own)).filter((name) => OURS.test(name));
      const opened = names
        .filter((name) => INDEX_FILE.test(name))
        .flatMap((name) => {
          const file = join(own, name);
          const reader = openOrNull(file);
          return reader === null ? [] : [{ path: file, reader }];
        })
        .sort((left, right) => right.reader.facts().revision - left.reader.facts().revision);
      const [newest, ...older] = opened;
      for (const one of older) one.reader.close();
      const kept = newest === undefined ? '' : newest.path;
      await Promise.all(
        names
          .map((name) => join(own, name))
          .filter((file) => file !== kept && file !== `${kept}-wal` && file !== `${kept}-shm`)
          .map((file) => rm(file, { force: true })),
      );
      return newest ?? null;
    },
    close: async () => {
      lock?.close();
      if (lock === null) await rm(own, { recursive: true, force: true });
    },
  };
};

/** A lock that ends with the process, however it ends. */
const takeLock = (path: string): Database | null => {
  const database = new Sqlite(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
};

/** Null for what is garbled or of another format: it can be built again, so it is no error. */
const openOrNull = (path: string): CatalogReader | null => {
  try {
    return openCatalogReader(path);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
};
