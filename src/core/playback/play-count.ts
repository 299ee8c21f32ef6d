/**
 * When a play counts: after 30 s of it were heard, or at the end of anything shorter, once a play. Heard time is what
 * sounded, not where the position stands: seeking to the last minute is not a play.
 */
export interface PlayCount {
  readonly heardMs: number;
  /** When sound began, on the caller's clock; null while nothing sounds. */
  readonly soundingSinceMs: number | null;
  readonly counted: boolean;
}

/** The recording industry's and every service's threshold for a stream. */
export const COUNTS_AFTER_MS = 30_000;
/** A short track counts at its end when nearly all of it was heard. */
const SHORT_TRACK_SHARE = 0.9;

export const notYetHeard: PlayCount = { heardMs: 0, soundingSinceMs: null, counted: false };

/** Sound begins (again). Saying it twice changes nothing. */
export const soundBegan = (count: PlayCount, nowMs: number): PlayCount =>
  count.soundingSinceMs === null ? { ...count, soundingSinceMs: nowMs } : count;

/** Sound stops: paused, stalled or ended. */
export const soundStopped = (count: PlayCount, nowMs: number): PlayCount => ({
  ...count,
  heardMs: heardUntil(count, nowMs),
  soundingSinceMs: null,
});

export const heardUntil = (count: PlayCount, nowMs: number): number =>
  count.heardMs + (count.soundingSinceMs === null ? 0 : Math.max(0, nowMs - count.soundingSinceMs));

/** Whether the play is to be recorded now. `ended`: the track has just come to its end. */
export const isDue = (count: PlayCount, nowMs: number, durationMs: number, ended: boolean): boolean => {
  if (count.counted) return false;
  const heardMs = heardUntil(count, nowMs);
  if (heardMs >= COUNTS_AFTER_MS) return true;
  return ended && durationMs < COUNTS_AFTER_MS && heardMs >= durationMs * SHORT_TRACK_SHARE;
};

export const recorded = (count: PlayCount): PlayCount => ({ ...count, counted: true });
