/** Changes a listener makes to what waits: asking for tracks, removing, moving, clearing, shuffle and repeat. */
import { artistOf, inNaturalOrder, placesOf, takeNext } from './queue.ts';
import type { Queue, QueueEntry, QueueTrack, RepeatMode } from './queue.ts';
import { shuffledApart } from './shuffle.ts';

/** Where moved entries go: before an entry of a section, or to the section's end. */
export interface QueuePlace {
  readonly section: 'requested' | 'upcoming';
  readonly beforeEntryId: string | null;
}

/** While anything waits there is a current entry. */
const settled = <Track extends QueueTrack, Origin>(queue: Queue<Track, Origin>): Queue<Track, Origin> =>
  queue.current === null ? (takeNext(queue) ?? queue) : queue;

/** The entries play directly after the current one, in their order, before what was asked for earlier. */
export const playNext = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entries: readonly QueueEntry<Track>[],
): Queue<Track, Origin> => settled({ ...queue, requested: [...entries, ...queue.requested] });

/** The entries play after everything asked for so far, before the rest of the origin. */
export const addToQueue = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entries: readonly QueueEntry<Track>[],
): Queue<Track, Origin> => settled({ ...queue, requested: [...queue.requested, ...entries] });

/** The entries come after everything else, and are part of what the queue plays from then on. */
export const goOnAfterEnd = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entries: readonly QueueEntry<Track>[],
): Queue<Track, Origin> =>
  entries.length === 0
    ? queue
    : settled({
        ...queue,
        upcoming: [...queue.upcoming, ...entries],
        naturalOrder: [...queue.naturalOrder, ...entries.map((entry) => entry.entryId)],
      });

/** Removes entries wherever they stand. In the place of a removed current entry comes the one that follows it. */
export const remove = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entryIds: ReadonlySet<string>,
): Queue<Track, Origin> => {
  const stays = (entry: QueueEntry<Track>): boolean => !entryIds.has(entry.entryId);
  return settled({
    ...queue,
    played: queue.played.filter(stays),
    current: queue.current !== null && stays(queue.current) ? queue.current : null,
    requested: queue.requested.filter(stays),
    upcoming: queue.upcoming.filter(stays),
    naturalOrder: queue.naturalOrder.filter((entryId) => !entryIds.has(entryId)),
  });
};

const insertedBefore = <Item>(
  items: readonly Item[],
  added: readonly Item[],
  isPlace: (item: Item) => boolean,
): readonly Item[] => {
  const index = items.findIndex(isPlace);
  return index < 0 ? [...items, ...added] : [...items.slice(0, index), ...added, ...items.slice(index)];
};

/**
 * Moves entries to another place among those that wait, keeping their order to each other. A played entry that is
 * moved waits once more; the current one stays. Moving into "because you asked" makes an entry one that was asked
 * for; moving into the rest makes it one of the origin. Without shuffle the new order is the natural one from then on.
 */
export const move = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entryIds: ReadonlySet<string>,
  place: QueuePlace,
): Queue<Track, Origin> => {
  const isMoved = (entry: QueueEntry<Track>): boolean => entryIds.has(entry.entryId);
  const moved = [...queue.played, ...queue.requested, ...queue.upcoming].filter(isMoved);
  if (moved.length === 0) return queue;

  // A place that is itself moved stands for the first entry behind it that is not.
  const section = queue[place.section];
  const placeIndex = section.findIndex((entry) => entry.entryId === place.beforeEntryId);
  const anchor = placeIndex < 0 ? undefined : section.slice(placeIndex).find((entry) => !isMoved(entry));
  const isAnchor = (entry: QueueEntry<Track>): boolean => entry === anchor;

  const staying = (entries: readonly QueueEntry<Track>[]): readonly QueueEntry<Track>[] =>
    entries.filter((entry) => !isMoved(entry));
  const left = {
    ...queue,
    played: staying(queue.played),
    requested: staying(queue.requested),
    upcoming: staying(queue.upcoming),
  };
  const movedIds = new Set(moved.map((entry) => entry.entryId));
  const naturalLeft = queue.naturalOrder.filter((entryId) => !movedIds.has(entryId));
  if (place.section === 'requested') {
    return {
      ...left,
      requested: insertedBefore(left.requested, moved, isAnchor),
      naturalOrder: naturalLeft,
    };
  }
  const upcoming = insertedBefore(left.upcoming, moved, isAnchor);
  const onlyWithin = queue.shuffle && moved.every((entry) => placesOf(queue.naturalOrder).has(entry.entryId));
  return {
    ...left,
    upcoming,
    // Under shuffle, dragging arranges this round only; the origin's order is none of its business.
    naturalOrder: onlyWithin
      ? queue.naturalOrder
      : insertedBefore(naturalLeft, [...movedIds], (entryId) => entryId === anchor?.entryId),
  };
};

/** Forgets what was asked for; the rest goes on. */
export const clearRequested = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> => (queue.requested.length === 0 ? queue : { ...queue, requested: [] });

/** Forgets everything but the current entry. */
export const clear = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> => ({
  ...queue,
  played: [],
  requested: [],
  upcoming: [],
  naturalOrder: queue.naturalOrder.filter((entryId) => entryId === queue.current?.entryId),
});

/**
 * Shuffle on: everything but the current entry and what was asked for comes in shuffled order, what lay ahead first and what
 * lay behind after it, so that a playlist that was half heard does not begin again at once, and shuffling on the last
 * track does not end the music. Shuffle off: the origin's own order, from the current entry on.
 */
export const setShuffle = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  shuffle: boolean,
  shuffleSeed: number,
): Queue<Track, Origin> => {
  if (shuffle === queue.shuffle) return queue;
  return shuffle ? shuffled(queue, shuffleSeed) : unshuffled(queue);
};

const naturalIds = <Track extends QueueTrack, Origin>(queue: Queue<Track, Origin>): readonly string[] => {
  const entries = inNaturalOrder(queue);
  // Nothing that was asked for has come to it: then it is the order that it was.
  return entries.length === queue.naturalOrder.length
    ? queue.naturalOrder
    : entries.map((entry) => entry.entryId);
};

const shuffled = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  shuffleSeed: number,
): Queue<Track, Origin> => {
  const artistBefore = (entry: QueueEntry<Track> | null | undefined): string | undefined =>
    entry ? artistOf(entry) : undefined;
  const ahead = shuffledApart(queue.upcoming, artistOf, shuffleSeed, artistBefore(queue.current));
  const lastAhead = ahead.at(-1) ?? queue.current;
  const behind = shuffledApart(queue.played, artistOf, shuffleSeed, artistBefore(lastAhead));
  return settled({
    ...queue,
    played: [],
    upcoming: [...ahead, ...behind],
    // What was asked for and played is shuffled with the rest, so it needs a natural place to come back to.
    naturalOrder: naturalIds(queue),
    shuffle: true,
    shuffleSeed,
  });
};

const unshuffled = <Track extends QueueTrack, Origin>(queue: Queue<Track, Origin>): Queue<Track, Origin> => {
  const order = inNaturalOrder(queue);
  const currentIndex = order.findIndex((entry) => entry.entryId === queue.current?.entryId);
  if (currentIndex < 0) return { ...queue, shuffle: false };
  const after = order.slice(currentIndex + 1);
  if (order.length === queue.naturalOrder.length) {
    return { ...queue, played: order.slice(0, currentIndex), upcoming: after, shuffle: false };
  }
  const natural = placesOf(queue.naturalOrder);
  return {
    ...queue,
    // What was asked for has been heard; it does not come again because its neighbour does.
    played: [...order.slice(0, currentIndex), ...after.filter((entry) => !natural.has(entry.entryId))],
    upcoming: after.filter((entry) => natural.has(entry.entryId)),
    shuffle: false,
  };
};

export const setRepeat = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  repeat: RepeatMode,
): Queue<Track, Origin> => ({ ...queue, repeat });

const REPEAT_AFTER: Readonly<Record<RepeatMode, RepeatMode>> = { off: 'all', all: 'one', one: 'off' };

/** The order in which one button goes through the modes: off, all, one. */
export const repeatAfter = (repeat: RepeatMode): RepeatMode => REPEAT_AFTER[repeat];
