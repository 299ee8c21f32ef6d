/** What can be read off a queue, and rules around it that are too small for a file of their own. */
import type { Queue, QueueEntry, QueueTrack } from './queue.ts';

/** From here on "previous" begins the track again instead of going to the one before. */
export const RESTART_AFTER_MS = 3000;

/** What "previous" means at a position in the current track. */
export const previousMeans = (positionMs: number): 'restart' | 'step_back' =>
  positionMs > RESTART_AFTER_MS ? 'restart' : 'step_back';

export interface QueueTotals {
  readonly count: number;
  readonly durationMs: number;
}

/** The current entry and all that wait: what the queue's header counts. */
export const totalsOf = <Track extends QueueTrack, Origin>(queue: Queue<Track, Origin>): QueueTotals => {
  let durationMs = queue.current?.track.durationMs ?? 0;
  for (const { track } of queue.requested) durationMs += track.durationMs;
  for (const { track } of queue.upcoming) durationMs += track.durationMs;
  return {
    count: (queue.current === null ? 0 : 1) + queue.requested.length + queue.upcoming.length,
    durationMs,
  };
};

/**
 * A queue that came from disk, made to hold what is always true of one: of an entry that stands in several places the
 * first is kept (current, asked for, upcoming, played), natural order names each present entry at most once, and
 * something is current while anything waits.
 */
export const repaired = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> => {
  const seen = new Set<string>();
  const firstOnly = (entries: readonly QueueEntry<Track>[]): readonly QueueEntry<Track>[] =>
    entries.filter((entry) => {
      if (seen.has(entry.entryId)) return false;
      seen.add(entry.entryId);
      return true;
    });
  const [kept] = queue.current === null ? [] : firstOnly([queue.current]);
  const requested = firstOnly(queue.requested);
  const upcoming = firstOnly(queue.upcoming);
  const played = firstOnly(queue.played);
  const natural = [...new Set(queue.naturalOrder)].filter((entryId) => seen.has(entryId));
  const known = new Set(natural);
  // An upcoming entry that the natural order does not know would be taken for one that was asked for.
  const unknown = upcoming.map((entry) => entry.entryId).filter((entryId) => !known.has(entryId));
  const current = kept ?? requested[0] ?? upcoming[0] ?? null;
  const isWaiting = (entry: QueueEntry<Track>): boolean => entry.entryId !== current?.entryId;
  return {
    ...queue,
    played,
    current,
    requested: requested.filter(isWaiting),
    upcoming: upcoming.filter(isWaiting),
    naturalOrder: [...natural, ...unknown],
  };
};
