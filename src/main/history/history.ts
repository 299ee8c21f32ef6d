import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Track } from '../../contract/catalog-http.ts';
import type { HistoryDay, HistoryEntry, Listening, PlayedEntry } from '../../contract/history.ts';
import {
  beganAt,
  keptSinceMs,
  ON_REPEAT_LEAST_PLAYS,
  ON_REPEAT_MS,
  type HistoryKeep,
} from '../../core/history/listening.ts';
import type { Clock, Log } from '../ports.ts';
import { storageFailure } from '../storage/storage-error.ts';
import { takeFormerHistory } from './former-history.ts';
import { openHistoryDevice } from './history-device.ts';
import { openHistoryFile } from './history-file.ts';
import { createPlayRows, type PlayCountRow, type PlayRows } from './play-rows.ts';
import { createSharedRows, type SharedRows } from './shared-rows.ts';

/** What was played. Everything rejects with `storage_failed` where the disk does not do what it should; then nothing has changed. */
export interface History {
  /** Newest first; a track played several times in a row stands once. Empty when it cannot be read. */
  recent(limit: number): readonly PlayedEntry[];
  days(find: string): readonly HistoryDay[];
  page(find: string, offset: number, limit: number): readonly HistoryEntry[];
  onRepeat(limit: number): readonly Track[];
  /** On disk when it returns. */
  record(track: Track, play: Listening | null): void;
  heard(play: Listening): void;
  /** What was played elsewhere and is known from there; of what is brought in again nothing changes. */
  bringIn(plays: readonly PlayFromElsewhere[]): void;
  remove(ids: readonly string[]): void;
  restore(): void;
  clear(): void;
  /** How long it is to be kept may be another. */
  keepChanged(): void;
  counts(): readonly PlayCountRow[];
  /** Moves with every change. */
  revision(): number;
  /** What the service and other devices have to do with it. `isOther` of its answer: there are other plays now, which is told. */
  sharing<Result>(work: (rows: SharedRows) => Result, isOther?: (result: Result) => boolean): Result;
  close(): void;
}

export interface PlayFromElsewhere {
  readonly track: Track;
  readonly beganMs: number;
  readonly heardMs: number;
}

interface Opened {
  readonly database: DatabaseSync;
  readonly plays: PlayRows;
  readonly shared: SharedRows;
  readonly newId: () => string;
}

/** What an event carries: enough for any shelf. The rest is asked for. */
export const HISTORY_EVENT_ENTRIES = 50;
/** In one answer of `recent`. */
export const HISTORY_LIMIT = 1_000;
/** Read at a time while plays of one track in a row are passed over. */
const RECENT_STEP = 200;
/** A listener who plays one track all night does not make a shelf slow. */
const MOST_PASSED_OVER = 5_000;

/**
 * Owns what was played, in Node's own SQLite: opened in a moment however long it is, searched and counted where it lies, one small
 * synced write a play.
 */
export const createHistory = async (options: {
  /** Of the account: `history.sqlite`; `history.jsonl` is what earlier versions wrote. */
  readonly folder: string;
  readonly keep: () => HistoryKeep;
  /** The service keeps it as well: what is removed here is to be removed there. */
  readonly isShared: boolean;
  readonly clock: Clock;
  /** There is something for the service. */
  readonly onToSend?: () => void;
  readonly onChange: (newest: readonly PlayedEntry[]) => void;
  readonly log: Log;
}): Promise<History> => {
  const { folder, keep, isShared, clock, onToSend, onChange, log } = options;
  const path = join(folder, 'history.sqlite');
  let opened: Opened | null = null;
  let revision = 0;

  const open = (): Opened => {
    if (opened !== null) return opened;
    const database = openHistoryFile(path, log);
    try {
      const device = openHistoryDevice(database, clock.now);
      const newId = (): string => device.clock.next();
      const plays = createPlayRows({ database, isShared, newId });
      plays.forgetRemoved();
      opened = { database, plays, shared: createSharedRows(database, device.id), newId };
      return opened;
    } catch (error) {
      database.close();
      throw error;
    }
  };
  const rows = (): PlayRows => open().plays;
  const using = <Result>(what: string, work: (rows: PlayRows) => Result): Result => {
    try {
      return work(rows());
    } catch (error) {
      throw storageFailure(`the history cannot be ${what}`, error);
    }
  };

  const recent = (limit: number): readonly PlayedEntry[] => {
    try {
      const found: PlayedEntry[] = [];
      for (let offset = 0; offset < MOST_PASSED_OVER; offset += RECENT_STEP) {
        const page = rows().page('', offset, RECENT_STEP);
        for (const { track, playedAt } of page) {
          if (found.at(-1)?.track.id === track.id) continue;
          if (found.length === limit) return found;
          found.push({ track, playedAt });
        }
        if (page.length < RECENT_STEP) break;
      }
      return found;
    } catch (error) {
      log.error('history cannot be read', { error });
      return [];
    }
  };
  const changed = (): void => {
    revision += 1;
    onChange(recent(HISTORY_EVENT_ENTRIES));
  };
  const changedHere = (): void => {
    changed();
    onToSend?.();
  };
  const trim = (): void => {
    if (keep() === 'all') return;
    const nowMs = clock.now();
    if (using('trimmed', (all) => all.dropBefore(keptSinceMs(keep(), nowMs), nowMs))) changedHere();
  };

  try {
    await takeFormerHistory({
      path: join(folder, 'history.jsonl'),
      newId: () => open().newId(),
      add: (plays) => using('written', (all) => void all.add(plays)),
      log,
    });
    trim();
  } catch (error) {
    // The rest of the app does not wait for a disk; what is there is there the next time.
    log.error('history cannot be opened', { error });
  }

  return {
    recent,
    days: (find) => using('read', (all) => all.days(find)),
    page: (find, offset, limit) => using('read', (all) => all.page(find, offset, limit)),
    onRepeat: (limit) =>
      using('read', (all) => all.mostPlayed(clock.now() - ON_REPEAT_MS, ON_REPEAT_LEAST_PLAYS, limit)),
    record(track, play) {
      if (keep() === 'none') return;
      const isNew = using('written', (all) =>
        all.add([
          {
            id: open().newId(),
            track,
            beganMs: beganAt(clock.now(), play?.agoMs ?? 0),
            heardMs: play?.heardMs ?? 0,
            listening: play?.id ?? null,
          },
        ]),
      );
      if (!isNew) return;
      trim();
      changedHere();
    },
    heard(play) {
      if (using('written', (all) => all.heard(play.id, play.heardMs))) onToSend?.();
    },
    bringIn(plays) {
      if (keep() === 'none') return;
      const nowMs = clock.now();
      const sinceMs = keptSinceMs(keep(), nowMs);
      const fresh = plays
        .filter(({ beganMs }) => beganMs >= sinceMs && beganMs <= nowMs)
        .map((play) => ({ ...play, id: open().newId() }));
      if (using('written', (all) => all.bringIn(fresh))) changedHere();
    },
    remove(ids) {
      using('written', (all) => all.remove(ids));
      changedHere();
    },
    restore() {
      using('written', (all) => all.restore());
      changedHere();
    },
    clear() {
      using('cleared', (all) => all.clear(clock.now()));
      changedHere();
    },
    keepChanged: trim,
    counts: () => using('read', (all) => all.counts()),
    revision: () => revision,
    sharing(work, isOther) {
      let result: ReturnType<typeof work>;
      try {
        result = work(open().shared);
      } catch (error) {
        throw storageFailure('the history cannot be brought up to date', error);
      }
      if (isOther?.(result) === true) changed();
      return result;
    },
    close() {
      if (opened === null) return;
      try {
        opened.plays.forgetRemoved();
      } catch (error) {
        log.warn('removed plays are forgotten at the next start', { error });
      }
      opened.database.close();
      opened = null;
    },
  };
};
