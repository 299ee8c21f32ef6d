/** The rows of the history, by the questions that are asked of them. */
import type { DatabaseSync } from 'node:sqlite';
import { trackSchema, type Track } from '../../contract/catalog-http.ts';
import type { HistoryDay, HistoryEntry } from '../../contract/history.ts';
import { normalise } from '../../core/search-text/normalise.ts';
import { inTransaction, prepare } from '../offline-index/sql.ts';
import { saveTrackInto } from './saved-tracks.ts';

export interface NewPlay {
  readonly id: string;
  readonly track: Track;
  readonly beganMs: number;
  readonly heardMs: number;
  /** What the player calls it; null for what was written down otherwise. */
  readonly listening: string | null;
}

export interface PlayCountRow {
  readonly trackId: string;
  readonly plays: number;
  readonly lastMs: number;
}

export interface PlayRows {
  /** False: it was there already. */
  add(plays: readonly NewPlay[]): boolean;
  /** What was played elsewhere, as plays of this device; a track that was played at that very moment was brought in before. False: nothing new. */
  bringIn(plays: readonly Omit<NewPlay, 'listening'>[]): boolean;
  /** False: there is no such play, or as much was known to be heard of it. */
  heard(listening: string, heardMs: number): boolean;
  days(find: string): readonly HistoryDay[];
  page(find: string, offset: number, limit: number): readonly HistoryEntry[];
  counts(): readonly PlayCountRow[];
  mostPlayed(sinceMs: number, leastPlays: number, limit: number): readonly Track[];
  remove(ids: readonly string[]): void;
  /** What others may have been told to remove comes back as another play, by an id of its own. */
  restore(): void;
  /** What was removed can no longer be put back. */
  forgetRemoved(): void;
  /** True: something went. */
  dropBefore(beganMs: number, nowMs: number): boolean;
  clear(nowMs: number): void;
}

interface EntryRow {
  readonly id: string;
  readonly began_ms: number;
  readonly heard_ms: number;
  readonly is_from_here: number;
  readonly body: string;
}

/** Also words in the middle of others, as the field above every list finds them. */
const matching = (find: string): { readonly where: string; readonly words: readonly string[] } => {
  const words = normalise(find)
    .split(' ')
    .filter((word) => word !== '');
  const tests = words.map(() => 'instr(words, ?) > 0').join(' AND ');
  return {
    where: words.length === 0 ? '' : `WHERE track_id IN (SELECT id FROM tracks WHERE ${tests})`,
    words,
  };
};

const DROP_LOST_TRACKS = `DELETE FROM tracks WHERE id NOT IN (SELECT track_id FROM plays)
  AND id NOT IN (SELECT track_id FROM removed)`;
const COLUMNS = 'id, track_id, began_ms, heard_ms, listening, is_from_here, is_sent';

export const createPlayRows = (options: {
  readonly database: DatabaseSync;
  /** What is removed here is to be removed at the service. */
  readonly isShared: boolean;
  readonly newId: () => string;
}): PlayRows => {
  const { database, isShared, newId } = options;
  const saveTrack = saveTrackInto(database);
  const known = prepare<{ id: string }>(database, 'SELECT id FROM plays WHERE listening = ?');
  const savePlay = prepare(
    database,
    `INSERT INTO plays (${COLUMNS}) VALUES (?, ?, ?, ?, ?, 1, 0) ON CONFLICT DO NOTHING`,
  );
  const playedThen = prepare<{ id: string }>(
    database,
    'SELECT id FROM plays WHERE track_id = ? AND began_ms = ?',
  );
  const heardOf = prepare<{ heard_ms: number }>(database, 'SELECT heard_ms FROM plays WHERE listening = ?');
  const saveHeard = prepare(database, 'UPDATE plays SET heard_ms = ?, is_sent = 0 WHERE listening = ?');
  const counts = prepare<{ track_id: string; plays: number; last_ms: number }>(
    database,
    'SELECT track_id, count(*) AS plays, max(began_ms) AS last_ms FROM plays GROUP BY track_id',
  );
  const most = prepare<{ body: string }>(
    database,
    `SELECT body FROM (SELECT track_id, count(*) AS plays, max(began_ms) AS last_ms FROM plays WHERE began_ms >= ?
     GROUP BY track_id HAVING count(*) >= ?) JOIN tracks ON tracks.id = track_id
     ORDER BY plays DESC, last_ms DESC LIMIT ?`,
  );
  const setAside = prepare(database, `INSERT INTO removed SELECT ${COLUMNS} FROM plays WHERE id = ?`);
  const removeOne = prepare(database, 'DELETE FROM plays WHERE id = ?');
  const before = prepare<{ id: string }>(database, 'SELECT id FROM plays WHERE began_ms < ? LIMIT 1');
  const removeBefore = prepare(database, 'DELETE FROM plays WHERE began_ms < ?');
  const removeUnnamedBefore = prepare(database, 'DELETE FROM unnamed_plays WHERE began_ms < ?');
  const tellRemoved = prepare(
    database,
    'INSERT INTO to_remove (id, began_ms, is_asked) SELECT id, began_ms, 0 FROM plays WHERE id = ?',
  );
  const setAsideIds = prepare<{ id: string }>(database, 'SELECT id FROM removed');
  const renameSetAside = prepare(database, 'UPDATE removed SET id = ?, is_sent = 0 WHERE id = ?');
  const untold = prepare<{ seq: number }>(
    database,
    'SELECT seq FROM to_remove WHERE id = ? AND is_asked = 0',
  );
  const dropUntold = prepare(database, 'DELETE FROM to_remove WHERE id = ? AND is_asked = 0');
  const newest = prepare<{ ms: number | null }>(database, 'SELECT max(began_ms) AS ms FROM plays');
  const dropUntoldBefore = prepare(database, 'DELETE FROM to_remove WHERE is_asked = 0 AND before_ms <= ?');
  const tellRemovedBefore = prepare(database, 'INSERT INTO to_remove (before_ms, is_asked) VALUES (?, 0)');
  /** No later than what was ever played: what is still to come is not meant. */
  const tellBefore = (beganMs: number, nowMs: number): void => {
    if (!isShared) return;
    const beforeMs = Math.min(beganMs, Math.max(Math.floor(nowMs), newest.get()?.ms ?? 0) + 1);
    dropUntoldBefore.run(beforeMs);
    tellRemovedBefore.run(beforeMs);
  };

  /** Only this program writes the file; a row of another version is left out, like a line that cannot be read. */
  const trackOf = (body: string): Track | null => {
    const parsed = trackSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  };

  return {
    add(plays) {
      let isNew = false;
      inTransaction(database, () => {
        for (const { id, track, beganMs, heardMs, listening } of plays) {
          if (listening !== null && known.get(listening) !== undefined) continue;
          saveTrack(track);
          savePlay.run(id, track.id, Math.round(beganMs), Math.round(heardMs), listening);
          isNew = true;
        }
      });
      return isNew;
    },
    bringIn(plays) {
      let isNew = false;
      inTransaction(database, () => {
        for (const { id, track, beganMs, heardMs } of plays) {
          const atMs = Math.round(beganMs);
          if (playedThen.get(track.id, atMs) !== undefined) continue;
          saveTrack(track);
          savePlay.run(id, track.id, atMs, Math.round(heardMs), null);
          isNew = true;
        }
      });
      return isNew;
    },
    heard(listening, heardMs) {
      const row = heardOf.get(listening);
      if (row === undefined || row.heard_ms >= heardMs) return false;
      saveHeard.run(Math.round(heardMs), listening);
      return true;
    },
    days(find) {
      const { where, words } = matching(find);
      return prepare<{ day: string; plays: number }>(
        database,
        `SELECT date(began_ms / 1000, 'unixepoch', 'localtime') AS day, count(*) AS plays FROM plays ${where}
         GROUP BY day ORDER BY day DESC`,
      ).all(...words);
    },
    page(find, offset, limit) {
      const { where, words } = matching(find);
      const rows = prepare<EntryRow>(
        database,
        `SELECT shown.id, began_ms, heard_ms, is_from_here, body FROM
         (SELECT * FROM plays ${where} ORDER BY began_ms DESC, id DESC LIMIT ? OFFSET ?) AS shown
         JOIN tracks ON tracks.id = track_id ORDER BY began_ms DESC, shown.id DESC`,
      ).all(...words, limit, offset);
      return rows.flatMap(({ id, began_ms, heard_ms, is_from_here, body }) => {
        const track = trackOf(body);
        if (track === null) return [];
        const playedAt = new Date(began_ms).toISOString();
        return [{ id, track, playedAt, heardMs: heard_ms, isFromHere: is_from_here === 1 }];
      });
    },
    counts: () =>
      counts.all().map(({ track_id, plays, last_ms }) => ({ trackId: track_id, plays, lastMs: last_ms })),
    mostPlayed: (sinceMs, leastPlays, limit) =>
      most
        .all(sinceMs, leastPlays, limit)
        .map(({ body }) => trackOf(body))
        .filter((track) => track !== null),
    remove(ids) {
      inTransaction(database, () => {
        database.exec('DELETE FROM removed');
        for (const id of ids) {
          setAside.run(id);
          if (isShared) tellRemoved.run(id);
          removeOne.run(id);
        }
      });
    },
    restore() {
      inTransaction(database, () => {
        for (const { id } of setAsideIds.all()) {
          if (!isShared) continue;
          if (untold.get(id) === undefined) renameSetAside.run(newId(), id);
          else dropUntold.run(id);
        }
        database.exec(
          `INSERT INTO plays (${COLUMNS}) SELECT ${COLUMNS} FROM removed WHERE true ON CONFLICT DO NOTHING; DELETE FROM removed`,
        );
      });
    },
    forgetRemoved() {
      inTransaction(database, () => {
        database.exec('DELETE FROM removed');
        database.exec(DROP_LOST_TRACKS);
      });
    },
    dropBefore(beganMs, nowMs) {
      // SQLite has no infinite whole numbers.
      const limit = Math.min(Math.max(Math.ceil(beganMs), 0), Number.MAX_SAFE_INTEGER);
      if (before.get(limit) === undefined) return false;
      inTransaction(database, () => {
        tellBefore(limit, nowMs);
        removeBefore.run(limit);
        removeUnnamedBefore.run(limit);
        database.exec(DROP_LOST_TRACKS);
      });
      return true;
    },
    clear(nowMs) {
      inTransaction(database, () => {
        tellBefore(Number.MAX_SAFE_INTEGER, nowMs);
        database.exec(
          'DELETE FROM plays; DELETE FROM unnamed_plays; DELETE FROM removed; DELETE FROM tracks',
        );
      });
    },
  };
};
