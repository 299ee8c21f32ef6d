/** Shorter tracks are not scrobbled at all (Last.fm, Scrobbling 2.0, "When is a scrobble a scrobble?"; ListenBrainz asks for the same). */
const SCROBBLE_SHORTEST_MS = 30_000;
const SCROBBLE_SHARE = 0.5;
const SCROBBLE_ENOUGH_MS = 240_000;

/** So much of a track must be heard before it is scrobbled: half of it or four minutes; null: never. */
export const scrobblesAfterMs = (durationMs: number): number | null =>
  durationMs > SCROBBLE_SHORTEST_MS ? Math.min(durationMs * SCROBBLE_SHARE, SCROBBLE_ENOUGH_MS) : null;

export const isScrobble = (durationMs: number, heardMs: number): boolean => {
  const afterMs = scrobblesAfterMs(durationMs);
  return afterMs !== null && heardMs >= afterMs;
};

/** Nobody heard more of a play than went by since it began, and nothing sounds for days. */
const LONGEST_PLAY_MS = 7 * 24 * 3_600_000;

/**
 * When a play began, by the wall clock of whoever keeps it: told as how long ago that was on a clock that only grows, so that a wall
 * clock that is set while music plays cannot put the play into the future.
 */
export const beganAt = (nowMs: number, agoMs: number): number =>
  nowMs - Math.min(Math.max(0, agoMs), LONGEST_PLAY_MS);

export const HISTORY_KEEPS = ['all', 'year', 'month', 'none'] as const;
export type HistoryKeep = (typeof HISTORY_KEEPS)[number];

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS: Readonly<Record<HistoryKeep, number>> = {
  all: Number.POSITIVE_INFINITY,
  year: 365,
  month: 30,
  none: 0,
};

/** Plays that began before this are not kept. */
export const keptSinceMs = (keep: HistoryKeep, nowMs: number): number =>
  keep === 'none' ? Number.POSITIVE_INFINITY : nowMs - KEPT_DAYS[keep] * DAY_MS;

/** What "on repeat" looks back over. */
export const ON_REPEAT_MS = 30 * DAY_MS;
/** Fewer plays than that are no habit. */
export const ON_REPEAT_LEAST_PLAYS = 2;
