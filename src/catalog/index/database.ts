import Sqlite, { type Database } from 'better-sqlite3';
import type { SegmentRef } from '../segments/catalog-records.ts';
import { INDEX_FORMAT, SCHEMA } from './schema.ts';

const PAGE_BYTES = 8192;
const READER_CACHE_KIB = 64 * 1024;
const WRITER_CACHE_KIB = 256 * 1024;
const MAPPED_BYTES = 4 * 2 ** 30;

/** What an index file says of itself; written in the same transaction as the rows it speaks of. */
export interface IndexFacts {
  readonly revision: number;
  /** Hashes of the segments that are in it, oldest first. */
  readonly segments: readonly string[];
  readonly tracks: number;
  readonly albums: number;
  readonly artists: number;
  /** Rows that came after the last build. */
  readonly freshRows: number;
  /** Names the build: rows of two builds are numbered differently. */
  readonly build: string;
}

export const NO_FACTS: IndexFacts = {
  revision: 0,
  segments: [],
  tracks: 0,
  albums: 0,
  artists: 0,
  freshRows: 0,
  build: '',
};

/** A new, empty file, written without a journal: it is given its name only when it is whole. */
export const createIndexFile = (path: string): Database => {
  const database = new Sqlite(path);
  database.pragma(`page_size = ${PAGE_BYTES}`);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  database.pragma('temp_store = FILE');
  database.exec(SCHEMA);
  return database;
};

/** Makes a file that has been built safe to be read while it is written. */
export const sealIndexFile = (database: Database): void => {
  database.exec('PRAGMA optimize');
  database.pragma('synchronous = FULL');
  database.pragma('journal_mode = WAL');
  database.pragma('wal_checkpoint(TRUNCATE)');
};

/** Opens a whole file to add to it. One writer at a time. */
export const openIndexForWriting = (path: string): Database => {
  const database = new Sqlite(path, { fileMustExist: true, timeout: 10_000 });
  database.pragma('synchronous = NORMAL');
  database.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  return database;
};

/** Opens a whole file to answer from; throws when it is not one, or of another format. */
export const openIndexForReading = (path: string): Database => {
  const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    database.pragma(`cache_size = -${READER_CACHE_KIB}`);
    database.pragma(`mmap_size = ${MAPPED_BYTES}`);
    readFacts(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

export const readFacts = (database: Database): IndexFacts => {
  const row = database.prepare<[], { value: string }>(`SELECT value FROM facts WHERE name = 'index'`).get();
  if (row === undefined) throw new Error('The index file says nothing of itself.');
  const { format, ...facts } = JSON.parse(row.value) as IndexFacts & { readonly format: number };
  if (format !== INDEX_FORMAT) throw new Error(`The index file has format ${format}, not ${INDEX_FORMAT}.`);
  return facts;
};

export const writeFacts = (database: Database, facts: IndexFacts): void => {
  database
    .prepare(`INSERT OR REPLACE INTO facts(name, value) VALUES ('index', ?)`)
    .run(JSON.stringify({ ...facts, format: INDEX_FORMAT }));
};

export const segmentHashes = (segments: readonly SegmentRef[]): readonly string[] =>
  segments.map((segment) => segment.sha256);

/** The segments that `wanted` has beyond `have`; null when `have` is not how `wanted` begins. */
export const segmentsBeyond = <Ref extends { readonly sha256: string }>(
  have: readonly string[],
  wanted: readonly Ref[],
): readonly Ref[] | null => {
  if (have.length > wanted.length) return null;
  return have.every((sha256, index) => wanted[index]?.sha256 === sha256) ? wanted.slice(have.length) : null;
};

/** SQLite's word for a file that is not what it should be. */
export const isGarbled = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB|IOERR|FORMAT|CANTOPEN)/.test(error.code);
