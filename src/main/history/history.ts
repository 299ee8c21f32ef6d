import type { Track } from '../../contract/catalog-http.ts';
import type { PlayedEntry } from '../../contract/host-api.ts';
import type { Clock } from '../ports.ts';
import type { AppendLog } from '../storage/append-log.ts';
import { HISTORY_LIMIT, withPlay } from './recent-plays.ts';

export interface History {
  /** Newest first. */
  recent(limit: number): readonly PlayedEntry[];
  /** On disk when it resolves; rejects with `storage_failed`. */
  record(track: Track): Promise<void>;
  clear(): Promise<void>;
}

/** What an event carries: enough for any shelf. The rest is asked for with `recent`. */
export const HISTORY_EVENT_ENTRIES = 50;
/** The log is rewritten when it holds this many lines, so that a play costs the bytes of one line nearly always. */
const COMPACT_AT_LINES = 2 * HISTORY_LIMIT;

/** Owns what was played before: in memory for reading, as an append-only log on disk. */
export const createHistory = async (options: {
  readonly log: AppendLog<PlayedEntry>;
  readonly clock: Clock;
  readonly onChange: (newest: readonly PlayedEntry[]) => void;
}): Promise<History> => {
  const { log, clock, onChange } = options;
  const lines = await log.read();
  let lineCount = lines.length;
  let entries = lines.reduce(withPlay, [] as readonly PlayedEntry[]);

  return {
    recent: (limit) => entries.slice(0, limit),

    async record(track) {
      const play: PlayedEntry = { track, playedAt: new Date(clock.now()).toISOString() };
      await log.append(play);
      entries = withPlay(entries, play);
      lineCount += 1;
      onChange(entries.slice(0, HISTORY_EVENT_ENTRIES));
      if (lineCount <= COMPACT_AT_LINES) return;
      await log.replace(entries.toReversed());
      lineCount = entries.length;
    },

    async clear() {
      await log.replace([]);
      entries = [];
      lineCount = 0;
      onChange([]);
    },
  };
};
