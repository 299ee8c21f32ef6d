import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isGarbled, prepare } from '../offline-index/sql.ts';
import type { Log } from '../ports.ts';
import { SHARED_SCHEMA } from './shared-rows.ts';

const FORMAT = 1;
/** Only another process on the same file could be waited for. */
const BUSY_MS = 50;

/** `removed` is what can still be put back. `listening`: what the player calls the play, so that it is written down once. */
const SCHEMA = `
  CREATE TABLE tracks (id TEXT PRIMARY KEY, body TEXT NOT NULL, words TEXT NOT NULL) STRICT;
  CREATE TABLE plays (
    id TEXT PRIMARY KEY, track_id TEXT NOT NULL, began_ms INTEGER NOT NULL, heard_ms INTEGER NOT NULL,
    listening TEXT UNIQUE, is_from_here INTEGER NOT NULL, is_sent INTEGER NOT NULL) STRICT;
  CREATE INDEX plays_began ON plays (began_ms, id);
  CREATE INDEX plays_track ON plays (track_id, began_ms);
  CREATE TABLE removed (
    id TEXT PRIMARY KEY, track_id TEXT NOT NULL, began_ms INTEGER NOT NULL, heard_ms INTEGER NOT NULL,
    listening TEXT, is_from_here INTEGER NOT NULL, is_sent INTEGER NOT NULL) STRICT;`;

class OtherFormat extends Error {
  override readonly name = 'OtherFormat';
}

const open = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    // A play is on the disk when it is confirmed, and what is removed is not left lying in the file or beside it.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    database.exec('BEGIN IMMEDIATE');
    const format = prepare<{ user_version: number }>(database, 'PRAGMA user_version').get()?.user_version;
    if (format === 0) {
      database.exec(SCHEMA);
      database.exec(`PRAGMA user_version = ${FORMAT}`);
    } else if (format !== FORMAT) throw new OtherFormat(`the history has format ${format}, not ${FORMAT}`);
    database.exec(SHARED_SCHEMA);
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens the file, or makes it. One that is no history (any more) is set aside as `<name>.broken`, as documents are. Throws what SQLite
 * and the file system throw.
 */
export const openHistoryFile = (path: string, log: Log): DatabaseSync => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // A journal without its file belongs to a file that somebody deleted.
  if (!existsSync(path)) rmSync(`${path}-journal`, { force: true });
  try {
    return open(path);
  } catch (error) {
    if (!isGarbled(error) && !(error instanceof OtherFormat)) throw error;
    log.warn('history set aside', { path, error });
    renameSync(path, `${path}.broken`);
    rmSync(`${path}-journal`, { force: true });
    return open(path);
  }
};
