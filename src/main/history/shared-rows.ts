/** What the history knows of the service and of the listener's other devices: what was sent, what is to be removed there, days as they are there. */
import type { DatabaseSync } from 'node:sqlite';
import type { Track } from '../../contract/catalog-http.ts';
import {
  boundsOfDay,
  changeOfDay,
  type DayThere,
  type KnownPlay,
  type Removal,
  type SharedPlay,
} from '../../core/history/shared-plays.ts';
import type { HistoryKeep } from '../../core/history/listening.ts';
import { deviceOf, stampOf } from '../../core/library/stamp.ts';
import { inTransaction, prepare } from '../offline-index/sql.ts';
import { saveTrackInto } from './saved-tracks.ts';

/** What the service has not been told to remove, or has not answered to. */
export type RemovalToSend =
  | { readonly kind: 'single'; readonly seq: number; readonly stamp: string; readonly beganMs: number }
  | { readonly kind: 'before'; readonly seq: number; readonly beforeMs: number };

export interface ReadDay extends DayThere {
  readonly day: string;
  /** Null: it is not there any more. */
  readonly tag: string | null;
}

export interface SharedRows {
  unsent(limit: number): readonly KnownPlay[];
  /** As they were when they were sent; what was heard since is sent again. */
  sent(plays: readonly KnownPlay[]): void;
  /** Never to be sent: the service would refuse them. */
  keptHere(stamps: readonly string[]): void;
  tags(): ReadonlyMap<string, string>;
  /** All days are to be read again. */
  forgetTags(): void;
  toRemove(limit: number): readonly RemovalToSend[];
  /** Before they are asked for: from now on they may have happened. */
  removalsAsked(seqs: readonly number[]): void;
  removalsDone(seqs: readonly number[]): void;
  /** False: there was nothing of the kind. */
  remove(removals: readonly Removal[]): boolean;
  /** Which of these tracks no row says anything about. */
  unknownTracks(trackIds: Iterable<string>): readonly string[];
  /**
   * Takes these days as the service has them. Plays from before `sinceMs` are not taken. Those whose track is neither known nor among
   * these wait until it is. False: nothing changed.
   */
  take(days: readonly ReadDay[], tracks: readonly Track[], sinceMs: number): boolean;
  /** Tracks of plays that wait for them. */
  unnamed(): readonly string[];
  /** False: none of them waited for these. */
  name(tracks: readonly Track[]): boolean;
  /** For how long plays were to be kept when days were read; null: none was. */
  keptWhenRead(): string | null;
  readWith(keep: HistoryKeep): void;
}

/** Beside what was there before: an earlier version finds its own tables as they were. `is_sent` of a play: 2 is never to be sent. */
export const SHARED_SCHEMA = `
  CREATE INDEX IF NOT EXISTS plays_unsent ON plays (began_ms) WHERE is_sent = 0;
  CREATE TABLE IF NOT EXISTS unnamed_plays (
    id TEXT PRIMARY KEY, track_id TEXT NOT NULL, began_ms INTEGER NOT NULL, heard_ms INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS unnamed_plays_began ON unnamed_plays (began_ms);
  CREATE TABLE IF NOT EXISTS days_there (day TEXT PRIMARY KEY, tag TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS to_remove (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, began_ms INTEGER, before_ms INTEGER, is_asked INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS to_remove_id ON to_remove (id);
  CREATE TABLE IF NOT EXISTS sharing (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`;

/** A tag that no day has: to be read again. */
const STALE = '';

interface PlayRow {
  readonly id: string;
  readonly track_id: string;
  readonly began_ms: number;
  readonly heard_ms: number;
  readonly is_sent: number;
}
const knownOf = (row: PlayRow): KnownPlay => ({
  stamp: row.id,
  trackId: row.track_id,
  beganMs: row.began_ms,
  heardMs: row.heard_ms,
  isSent: row.is_sent === 1,
});

export const createSharedRows = (database: DatabaseSync, device: string): SharedRows => {
  const saveTrack = saveTrackInto(database);
  const unsent = prepare<PlayRow>(
    database,
    'SELECT id, track_id, began_ms, heard_ms, is_sent FROM plays WHERE is_sent = 0 ORDER BY began_ms LIMIT ?',
  );
  const markSent = prepare(database, 'UPDATE plays SET is_sent = 1 WHERE id = ? AND heard_ms = ?');
  const markKept = prepare(database, 'UPDATE plays SET is_sent = 2 WHERE id = ?');
  const dayIsThere = prepare(
    database,
    `INSERT INTO days_there SELECT date(began_ms / 1000, 'unixepoch'), '${STALE}' FROM plays WHERE id = ?
     ON CONFLICT DO NOTHING`,
  );
  const tags = prepare<{ day: string; tag: string }>(database, 'SELECT day, tag FROM days_there');
  const saveTag = prepare(
    database,
    'INSERT INTO days_there VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET tag = excluded.tag',
  );
  const dropTag = prepare(database, 'DELETE FROM days_there WHERE day = ?');
  const toRemove = prepare<{
    seq: number;
    id: string | null;
    began_ms: number | null;
    before_ms: number | null;
  }>(database, 'SELECT seq, id, began_ms, before_ms FROM to_remove ORDER BY seq LIMIT ?');
  const markAsked = prepare(database, 'UPDATE to_remove SET is_asked = 1 WHERE seq = ?');
  const dropRemoval = prepare(database, 'DELETE FROM to_remove WHERE seq = ?');
  const ofDay = prepare<PlayRow>(
    database,
    `SELECT id, track_id, began_ms, heard_ms, is_sent FROM plays WHERE began_ms >= ?1 AND began_ms < ?2
     UNION ALL SELECT id, track_id, began_ms, heard_ms, 1 FROM unnamed_plays WHERE began_ms >= ?1 AND began_ms < ?2`,
  );
  const isRemoved = prepare<{ seq: number }>(
    database,
    'SELECT seq FROM to_remove WHERE id = ?1 OR before_ms > ?2 LIMIT 1',
  );
  const hasTrack = prepare<{ id: string }>(database, 'SELECT id FROM tracks WHERE id = ?');
  const add = prepare(
    database,
    `INSERT INTO plays (id, track_id, began_ms, heard_ms, listening, is_from_here, is_sent)
     VALUES (?, ?, ?, ?, NULL, ?, 1) ON CONFLICT DO NOTHING`,
  );
  const addUnnamed = prepare(
    database,
    'INSERT INTO unnamed_plays VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const change = prepare(database, 'UPDATE plays SET heard_ms = ?, is_sent = ? WHERE id = ?');
  const changeUnnamed = prepare(database, 'UPDATE unnamed_plays SET heard_ms = ? WHERE id = ?');
  const drop = prepare(database, 'DELETE FROM plays WHERE id = ?');
  const dropUnnamed = prepare(database, 'DELETE FROM unnamed_plays WHERE id = ?');
  const anyRemovedBy = prepare<{ id: string }>(
    database,
    `SELECT id FROM plays WHERE began_ms < ?1 AND id < ?2
     UNION ALL SELECT id FROM unnamed_plays WHERE began_ms < ?1 AND id < ?2 LIMIT 1`,
  );
  const removeBy = prepare(database, 'DELETE FROM plays WHERE began_ms < ? AND id < ?');
  const removeUnnamedBy = prepare(database, 'DELETE FROM unnamed_plays WHERE began_ms < ? AND id < ?');
  const unnamed = prepare<{ track_id: string }>(database, 'SELECT DISTINCT track_id FROM unnamed_plays');
  const unnamedOf = prepare<Omit<PlayRow, 'is_sent'>>(
    database,
    'SELECT id, track_id, began_ms, heard_ms FROM unnamed_plays WHERE track_id = ?',
  );
  const readKeep = prepare<{ value: string }>(database, `SELECT value FROM sharing WHERE name = 'keep'`);
  const saveKeep = prepare(
    database,
    `INSERT INTO sharing VALUES ('keep', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );

  const addPlay = ({ stamp, trackId, beganMs, heardMs }: SharedPlay): void => {
    if (hasTrack.get(trackId) === undefined) addUnnamed.run(stamp, trackId, beganMs, heardMs);
    else add.run(stamp, trackId, beganMs, heardMs, deviceOf(stamp) === device ? 1 : 0);
  };
  const takeDay = ({ day, tag, ...there }: ReadDay, sinceMs: number): boolean => {
    const { added, changed, dropped } = changeOfDay(
      ofDay.all(...boundsOfDay(day)).map(knownOf),
      there,
      ({ stamp, beganMs }) => beganMs < sinceMs || isRemoved.get(stamp, beganMs) !== undefined,
    );
    for (const play of added) addPlay(play);
    for (const { stamp, heardMs, isSent } of changed) {
      change.run(heardMs, isSent ? 1 : 0, stamp);
      changeUnnamed.run(heardMs, stamp);
    }
    for (const stamp of dropped) {
      drop.run(stamp);
      dropUnnamed.run(stamp);
    }
    if (tag === null) dropTag.run(day);
    else saveTag.run(day, tag);
    return added.length + changed.length + dropped.length > 0;
  };

  return {
    unsent: (limit) => unsent.all(limit).map(knownOf),
    sent(plays) {
      inTransaction(database, () => {
        for (const { stamp, heardMs } of plays) {
          markSent.run(stamp, heardMs);
          dayIsThere.run(stamp);
        }
      });
    },
    keptHere(stamps) {
      inTransaction(database, () => {
        for (const stamp of stamps) markKept.run(stamp);
      });
    },
    tags: () => new Map(tags.all().map(({ day, tag }) => [day, tag])),
    forgetTags: () => database.exec(`UPDATE days_there SET tag = '${STALE}'`),
    toRemove: (limit) =>
      toRemove
        .all(limit)
        .map(({ seq, id, began_ms, before_ms }): RemovalToSend =>
          id === null
            ? { kind: 'before', seq, beforeMs: before_ms ?? 0 }
            : { kind: 'single', seq, stamp: id, beganMs: began_ms ?? 0 },
        ),
    removalsAsked(seqs) {
      inTransaction(database, () => {
        for (const seq of seqs) markAsked.run(seq);
      });
    },
    removalsDone(seqs) {
      inTransaction(database, () => {
        for (const seq of seqs) dropRemoval.run(seq);
      });
    },
    remove(removals) {
      let isOther = false;
      for (const { beforeMs, atMs } of removals) {
        const writtenBefore = stampOf({ wallMs: atMs, counter: 0, device: '0'.repeat(10) });
        if (anyRemovedBy.get(beforeMs, writtenBefore) === undefined) continue;
        inTransaction(database, () => {
          removeBy.run(beforeMs, writtenBefore);
          removeUnnamedBy.run(beforeMs, writtenBefore);
        });
        isOther = true;
      }
      return isOther;
    },
    unknownTracks: (trackIds) => [...new Set(trackIds)].filter((id) => hasTrack.get(id) === undefined),
    take(days, tracks, sinceMs) {
      let isOther = false;
      inTransaction(database, () => {
        for (const track of tracks) saveTrack(track);
        for (const day of days) isOther = takeDay(day, sinceMs) || isOther;
      });
      return isOther;
    },
    unnamed: () => unnamed.all().map(({ track_id }) => track_id),
    name(tracks) {
      let isOther = false;
      inTransaction(database, () => {
        for (const track of tracks) {
          const waiting = unnamedOf.all(track.id);
          if (waiting.length > 0) saveTrack(track);
          for (const { id, track_id, began_ms, heard_ms } of waiting) {
            addPlay({ stamp: id, trackId: track_id, beganMs: began_ms, heardMs: heard_ms });
            dropUnnamed.run(id);
            isOther = true;
          }
        }
      });
      return isOther;
    },
    keptWhenRead: () => readKeep.get()?.value ?? null,
    readWith: (keep) => saveKeep.run(keep),
  };
};
