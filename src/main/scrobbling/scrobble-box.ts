/** What is to be told, until it is: on the disk, one row a play and service. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { RefusalReason, RefusedScrobble, ScrobblerName } from '../../contract/scrobbling.ts';
import { REFUSAL_REASONS } from '../../contract/scrobbling.ts';
import { inTransaction, isGarbled, prepare } from '../offline-index/sql.ts';
import type { Log } from '../ports.ts';
import type { Scrobble } from './scrobble-service.ts';

/**
 * ```
 * waiting → asked → taken
 *    ↑        │ └──→ refused
 *    └────────┘  (surely not taken, or sent again without harm)
 * ```
 * `asked` is on the disk before anything is sent: killed after that, the service is asked first whether it has it.
 */
type RowState = 'waiting' | 'asked' | 'taken' | 'refused';

export interface ScrobbleBox {
  /** False: it was there already. What it gets as its second may be a later one, so that no two have the same. */
  add(scrobbler: ScrobblerName, scrobble: Scrobble): boolean;
  /** The first ones that wait, in the order they were heard. */
  next(scrobbler: ScrobblerName, most: number): readonly Scrobble[];
  asked(scrobbler: ScrobblerName, most: number): readonly Scrobble[];
  mark(scrobbler: ScrobblerName, ids: Iterable<string>, state: 'waiting' | 'asked'): void;
  taken(scrobbler: ScrobblerName, ids: Iterable<string>, nowMs: number): void;
  refuse(scrobbler: ScrobblerName, refused: ReadonlyMap<string, RefusalReason>): void;
  /** Waiting and asked. */
  waiting(scrobbler: ScrobblerName): number;
  lastTakenMs(scrobbler: ScrobblerName): number | null;
  refused(scrobbler: ScrobblerName): readonly RefusedScrobble[];
  forgetRefused(scrobbler: ScrobblerName): void;
  clear(scrobbler: ScrobblerName): void;
  close(): void;
}

const FORMAT = 1;
const BUSY_MS = 50;
/** Remembered, so that what the window says again is not told again. */
const MOST_TAKEN = 1_000;
const MOST_REFUSED = 100;

const SCHEMA = `
  CREATE TABLE scrobbles (
    place INTEGER PRIMARY KEY AUTOINCREMENT, scrobbler TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    began_s INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, taken_ms INTEGER, UNIQUE (scrobbler, id)) STRICT;
  CREATE INDEX scrobbles_state ON scrobbles (scrobbler, state, began_s);
  CREATE INDEX scrobbles_second ON scrobbles (scrobbler, began_s);`;

const bodySchema = z.object({
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  trackNumber: z.number().nullable(),
  durationMs: z.number(),
  isrc: z.string().nullable(),
});
const reasonSchema = z.enum(REFUSAL_REASONS).catch('other');

const open = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    const format = prepare<{ user_version: number }>(database, 'PRAGMA user_version').get()?.user_version;
    if (format === 0)
      inTransaction(database, () => {
        database.exec(SCHEMA);
        database.exec(`PRAGMA user_version = ${FORMAT}`);
      });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const openOrSetAside = (path: string, log: Log): DatabaseSync => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) rmSync(`${path}-journal`, { force: true });
  try {
    return open(path);
  } catch (error) {
    if (!isGarbled(error)) throw error;
    log.warn('waiting scrobbles set aside', { path, error });
    renameSync(path, `${path}.broken`);
    rmSync(`${path}-journal`, { force: true });
    return open(path);
  }
};

interface Row {
  readonly id: string;
  readonly body: string;
  readonly began_s: number;
  readonly reason: string | null;
}

/** Throws what SQLite and the file system throw. */
export const openScrobbleBox = (path: string, log: Log): ScrobbleBox => {
  const database = openOrSetAside(path, log);
  const has = prepare<{ id: string }>(database, 'SELECT id FROM scrobbles WHERE scrobbler = ? AND id = ?');
  const atSecond = prepare<{ id: string }>(
    database,
    'SELECT id FROM scrobbles WHERE scrobbler = ? AND began_s = ?',
  );
  const insert = prepare(
    database,
    `INSERT INTO scrobbles (scrobbler, id, body, began_s, state) VALUES (?, ?, ?, ?, 'waiting')`,
  );
  const inState = prepare<Row>(
    database,
    `SELECT id, body, began_s, reason FROM scrobbles WHERE scrobbler = ? AND state = ? ORDER BY began_s, place LIMIT ?`,
  );
  const setState = prepare(
    database,
    'UPDATE scrobbles SET state = ?, reason = ?, taken_ms = ? WHERE scrobbler = ? AND id = ?',
  );
  const count = prepare<{ rows: number }>(
    database,
    `SELECT count(*) AS rows FROM scrobbles WHERE scrobbler = ? AND state IN ('waiting', 'asked')`,
  );
  const lastTaken = prepare<{ last: number | null }>(
    database,
    `SELECT max(taken_ms) AS last FROM scrobbles WHERE scrobbler = ? AND state = 'taken'`,
  );
  const prune = prepare(
    database,
    `DELETE FROM scrobbles WHERE scrobbler = ? AND state = ? AND place NOT IN
     (SELECT place FROM scrobbles WHERE scrobbler = ? AND state = ? ORDER BY place DESC LIMIT ?)`,
  );
  const removeState = prepare(database, 'DELETE FROM scrobbles WHERE scrobbler = ? AND state = ?');
  const removeAll = prepare(database, 'DELETE FROM scrobbles WHERE scrobbler = ?');

  const scrobbleOf = ({ id, body, began_s }: Row): Scrobble => ({
    id,
    beganS: began_s,
    ...bodySchema.parse(JSON.parse(body)),
  });
  const change = (
    scrobbler: ScrobblerName,
    ids: Iterable<string>,
    state: RowState,
    takenMs: number | null = null,
  ): void =>
    inTransaction(database, () => {
      for (const id of ids) setState.run(state, null, takenMs, scrobbler, id);
      prune.run(scrobbler, 'taken', scrobbler, 'taken', MOST_TAKEN);
    });

  return {
    add(scrobbler, { id, beganS, ...body }) {
      if (has.get(scrobbler, id) !== undefined) return false;
      inTransaction(database, () => {
        let second = beganS;
        while (atSecond.get(scrobbler, second) !== undefined) second += 1;
        insert.run(scrobbler, id, JSON.stringify(body), second);
      });
      return true;
    },
    next: (scrobbler, most) => inState.all(scrobbler, 'waiting', most).map(scrobbleOf),
    asked: (scrobbler, most) => inState.all(scrobbler, 'asked', most).map(scrobbleOf),
    mark: (scrobbler, ids, state) => change(scrobbler, ids, state),
    taken: (scrobbler, ids, nowMs) => change(scrobbler, ids, 'taken', nowMs),
    refuse(scrobbler, refused) {
      inTransaction(database, () => {
        for (const [id, reason] of refused) setState.run('refused', reason, null, scrobbler, id);
        prune.run(scrobbler, 'refused', scrobbler, 'refused', MOST_REFUSED);
      });
    },
    waiting: (scrobbler) => count.get(scrobbler)?.rows ?? 0,
    lastTakenMs: (scrobbler) => lastTaken.get(scrobbler)?.last ?? null,
    refused: (scrobbler) =>
      inState
        .all(scrobbler, 'refused', MOST_REFUSED)
        .map((row) => {
          const { title, artist, beganS } = scrobbleOf(row);
          const playedAt = new Date(beganS * 1_000).toISOString();
          return { title, artist, playedAt, reason: reasonSchema.parse(row.reason) };
        })
        .toReversed(),
    forgetRefused: (scrobbler) => removeState.run(scrobbler, 'refused'),
    clear: (scrobbler) => removeAll.run(scrobbler),
    close: () => database.close(),
  };
};
