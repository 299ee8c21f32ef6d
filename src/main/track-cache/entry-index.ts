import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { qualitySchema } from '../../contract/account-http.ts';
import { audioFactsSchema } from '../../contract/audio-facts.ts';
import { idSchema, sha256Schema } from '../../contract/catalog-http.ts';
import type { Log } from '../ports.ts';
import { checkOf } from './entry-note.ts';

const entrySchema = z.object({
  sha256: sha256Schema,
  bytes: z.int().positive(),
  /** What is on the disk of it, container and note included. */
  fileBytes: z.int().positive(),
  contentType: z.string(),
  isWhole: z.boolean(),
  lastUsedMs: z.number(),
  trackIds: z.array(idSchema).readonly(),
  audio: audioFactsSchema.optional(),
  goodFor: qualitySchema.optional(),
});

/** One audio file of the folder, whole or in part. */
export type Entry = Readonly<z.infer<typeof entrySchema>>;

/** A view of the folder that spares reading ten thousand notes at each start. Losing it loses nothing. */
export interface EntryIndex {
  /** As it was at the end of last time; null when it was missing or could not be believed. */
  readonly loaded: readonly Entry[] | null;
  put(entry: Entry): void;
  remove(sha256: string): void;
  close(): void;
}

const SCHEMA_VERSION = 1;
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS entries(sha256 TEXT PRIMARY KEY, body TEXT NOT NULL, body_check TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

const rowSchema = z.object({ body: z.string(), body_check: z.string() });

const readRow = (row: unknown): Entry => {
  const { body, body_check } = rowSchema.parse(row);
  if (checkOf(body) !== body_check) throw new Error('a row has changed by itself');
  return entrySchema.parse(JSON.parse(body));
};

/** Ten thousand rows take a fifth of a second, in which a window wants to open. */
const READ_AT_ONCE = 250;

/** Throws for anything that is not as this version wrote it. */
const load = async (database: DatabaseSync): Promise<readonly Entry[]> => {
  const rows = database.prepare('SELECT body, body_check FROM entries').all();
  const entries: Entry[] = [];
  for (let start = 0; start < rows.length; start += READ_AT_ONCE) {
    entries.push(...rows.slice(start, start + READ_AT_ONCE).map(readRow));
    await setImmediate();
  }
  return entries;
};

const open = async (
  path: string,
): Promise<{ readonly database: DatabaseSync; readonly loaded: readonly Entry[] | null }> => {
  const database = new DatabaseSync(path);
  try {
    const { user_version: version } = z
      .object({ user_version: z.int() })
      .parse(database.prepare('PRAGMA user_version').get());
    if (version !== 0 && version !== SCHEMA_VERSION) throw new Error(`version ${version}`);
    database.exec(SCHEMA);
    return { database, loaded: version === 0 ? null : await load(database) };
  } catch (error) {
    database.close();
    throw error;
  }
};

const removeFiles = async (path: string): Promise<void> => {
  await Promise.all(['', '-wal', '-shm'].map((end) => rm(`${path}${end}`, { force: true, recursive: true })));
};

/**
 * Opens the index, or begins an empty one where it cannot be believed. A disk that does not let it be written costs only the
 * quick start: nothing here ever throws or rejects.
 */
export const openEntryIndex = async (path: string, log: Log): Promise<EntryIndex> => {
  let opened: Awaited<ReturnType<typeof open>> | null = null;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    opened = await open(path);
  } catch (error) {
    log.warn('audio index made anew', { error });
    await removeFiles(path).catch((cause: unknown) => log.warn('audio index not removed', { error: cause }));
    try {
      opened = await open(path);
    } catch (again) {
      log.warn('no audio index', { error: again });
    }
  }
  if (opened === null)
    return { loaded: null, put: () => undefined, remove: () => undefined, close: () => undefined };

  let database: DatabaseSync | null = opened.database;
  const prepared = {
    put: database.prepare(
      'INSERT INTO entries(sha256, body, body_check) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body, body_check = excluded.body_check',
    ),
    remove: database.prepare('DELETE FROM entries WHERE sha256 = ?'),
  };
  const close = (): void => {
    database?.close();
    database = null;
  };
  const run = (statement: StatementSync, ...values: readonly string[]): void => {
    if (database === null) return;
    try {
      statement.run(...values);
    } catch (error) {
      // From here on it would lag behind the folder: better none, and a look at the notes at the next start.
      log.warn('audio index given up', { error });
      close();
      void removeFiles(path).catch((cause: unknown) => log.warn('audio index not removed', { error: cause }));
    }
  };
  return {
    loaded: opened.loaded,
    put(entry) {
      const body = JSON.stringify(entry);
      run(prepared.put, entry.sha256, body, checkOf(body));
    },
    remove: (sha256) => run(prepared.remove, sha256),
    close,
  };
};
