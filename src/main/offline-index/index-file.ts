import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../ports.ts';
import { OFFLINE_INDEX_FORMAT, OFFLINE_INDEX_SCHEMA } from './schema.ts';
import { prepare } from './sql.ts';

const CACHE_KIB = 8 * 1024;
/** Pages after which the log is merged into the file: little at a time, so that nobody waits for it. */
const CHECKPOINT_PAGES = 400;
const LARGEST_LOG_BYTES = 4 * 1024 ** 2;
/** Only another process on the same file could be waited for. */
const BUSY_MS = 50;

class OtherFormat extends Error {
  override readonly name = 'OtherFormat';
}

const open = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KIB};
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${LARGEST_LOG_BYTES};`);
    // Proves that the file can be written, and that nobody else writes it.
    database.exec('BEGIN IMMEDIATE');
    const format = prepare<{ user_version: number }>(database, 'PRAGMA user_version').get()?.user_version;
    const tables = prepare<{ name: string }>(
      database,
      `SELECT name FROM sqlite_schema WHERE type = 'table'`,
    ).all();
    if (tables.length === 0) {
      database.exec(OFFLINE_INDEX_SCHEMA);
      database.exec(`PRAGMA user_version = ${OFFLINE_INDEX_FORMAT}`);
    } else if (format !== OFFLINE_INDEX_FORMAT) {
      throw new OtherFormat(`the index has format ${format}, not ${OFFLINE_INDEX_FORMAT}`);
    } else {
      for (const { name } of tables) prepare(database, `SELECT 1 FROM "${name}" LIMIT 1`).get();
    }
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const inMemory = (): DatabaseSync => {
  const database = new DatabaseSync(':memory:');
  database.exec(OFFLINE_INDEX_SCHEMA);
  return database;
};

/** Deletes an index file and what SQLite keeps beside it. */
export const removeIndexFile = (path: string): void => {
  for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
};

/**
 * Opens the index file, or makes it anew where there is none that can be read: what was in it can be learnt again. Where no
 * file can be made the index lives in memory. Either is told in one warning; never throws.
 */
export const openIndexFile = (path: string, log: Log): DatabaseSync => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A log without its file belongs to a file that somebody deleted.
    if (!existsSync(path)) removeIndexFile(path);
    return open(path);
  } catch (cause) {
    try {
      removeIndexFile(path);
      const database = open(path);
      log.warn('offline index made anew', { path, cause: String(cause) });
      return database;
    } catch (error) {
      log.warn('offline index kept in memory: no file can be written', { path, cause: String(error) });
      return inMemory();
    }
  }
};
