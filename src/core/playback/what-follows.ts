/** What comes after, or was before, the current entry: for fetching ahead, and for finding something that plays here. */
import { fromTheTop, jump, next, type Queue, type QueueEntry, type QueueTrack } from './queue.ts';

/** The next round of a queue that repeats all; null when there is none. */
const nextRound = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> | null =>
  queue.repeat === 'off' || queue.current === null ? null : fromTheTop(queue);

const othersThan = <Track extends QueueTrack>(
  entries: readonly QueueEntry<Track>[],
  current: QueueEntry<Track> | null,
): readonly QueueEntry<Track>[] => entries.filter((entry) => entry.entryId !== current?.entryId);

/**
 * Every other entry in the order in which stepping on by hand reaches it, each once; a repeating queue goes round. Empty at
 * the end of one that does not.
 */
export const whatFollows = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): readonly QueueEntry<Track>[] => {
  const waiting = [...queue.requested, ...queue.upcoming];
  const round = nextRound(queue);
  if (round === null) return waiting;
  const seen = new Set(waiting);
  const again = [...(round.current === null ? [] : [round.current]), ...round.upcoming];
  return [...waiting, ...othersThan(again, queue.current).filter((entry) => !seen.has(entry))];
};

/** Every other entry in the order in which stepping back reaches it; a repeating queue goes round from its beginning. */
export const whatPrecedes = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): readonly QueueEntry<Track>[] => [
  ...queue.played.toReversed(),
  ...(queue.repeat === 'off' ? [] : queue.upcoming.toReversed()),
];

/**
 * The queue with one of `whatFollows` as its current entry. What was asked for is not passed over (`jump`): it waits until it
 * can play. An entry that only the next round reaches begins that round. An unknown one changes nothing.
 */
export const goOnWith = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entryId: string,
): Queue<Track, Origin> => {
  const isSought = (entry: QueueEntry<Track>): boolean => entry.entryId === entryId;
  if (queue.requested.some(isSought) || queue.upcoming.some(isSought)) return jump(queue, entryId);
  const round = nextRound(queue);
  if (round === null || !queue.played.some(isSought)) return queue;
  return round.current?.entryId === entryId ? round : jump(round, entryId);
};

/** As `goOnWith`, when the current entry has not sounded: one that was asked for goes back to wait, first of them all. */
export const goOnInsteadWith = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entryId: string,
): Queue<Track, Origin> => {
  const { current } = queue;
  const gone = goOnWith(queue, entryId);
  if (gone === queue || current === null || gone.naturalOrder.includes(current.entryId)) return gone;
  return {
    ...gone,
    played: gone.played.filter((entry) => entry !== current),
    requested: [current, ...gone.requested],
  };
};

/**
 * The next tracks that will sound by themselves, soonest first, at most `count`, each once and none of them the current one:
 * what is worth fetching ahead. A track that repeats alone needs none.
 */
export const tracksToCome = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  count: number,
): readonly Track[] => {
  const found = new Map<string, Track>();
  let at: Queue<Track, Origin> | null = queue;
  // Twice as many steps, for tracks that stand in it twice.
  for (let step = 0; step < 2 * count && found.size < count; step += 1) {
    at = next(at, 'automatic');
    if (at === null || at === queue || at.current === null) break;
    const { track } = at.current;
    if (track.id !== queue.current?.track.id) found.set(track.id, track);
  }
  return [...found.values()];
};

/** How many of `entries` stand before the first that is `here` (by track id), and which that is; null when none is. */
export const firstHere = <Track extends QueueTrack>(
  entries: readonly QueueEntry<Track>[],
  here: ReadonlySet<string>,
): { readonly entry: QueueEntry<Track>; readonly passed: number } | null => {
  const passed = entries.findIndex((entry) => here.has(entry.track.id));
  const entry = entries[passed];
  return entry === undefined ? null : { entry, passed };
};
