/**
 * The queue: what was played, what plays, what comes. Immutable; every function gives a new queue (or the same one
 * when nothing changes) in time linear in its length.
 *
 * Two kinds of entries are told apart by `naturalOrder`, which lists those of the origin (the album, playlist, …
 * the queue was started from) in the origin's own order. All others were *asked for* ("Play next", "Add to queue"):
 * they wait in `requested`, which plays before `upcoming`, and go back there when the listener steps back over them.
 *
 * Always true: an entry stands in exactly one place; while anything waits there is a current entry.
 */
import { seedAfter } from './random.ts';
import { remembered } from './remembered.ts';
import { shuffledApart } from './shuffle.ts';

/** What the queue needs to know of a track. */
export interface QueueTrack {
  readonly id: string;
  readonly durationMs: number;
  readonly artists: readonly { readonly id: string }[];
}

export interface QueueEntry<Track extends QueueTrack> {
  /** Unique within the queue: the same track may stand in it twice. */
  readonly entryId: string;
  readonly track: Track;
  /** Nobody asked for it: it was added where the queue would have ended. */
  readonly addedBy?: 'autoplay' | undefined;
}

export type RepeatMode = 'off' | 'all' | 'one';

export interface Queue<Track extends QueueTrack, Origin> {
  /** Before the current entry, oldest first. */
  readonly played: readonly QueueEntry<Track>[];
  readonly current: QueueEntry<Track> | null;
  /** "Next, because you asked". */
  readonly requested: readonly QueueEntry<Track>[];
  /** The rest of the origin, in playing order. */
  readonly upcoming: readonly QueueEntry<Track>[];
  /** Entry ids of the origin in its own order. */
  readonly naturalOrder: readonly string[];
  readonly shuffle: boolean;
  readonly shuffleSeed: number;
  readonly repeat: RepeatMode;
  readonly origin: Origin | null;
}

/** `automatic`: the track has ended. `by_hand`: the listener asked. Repeating one track holds for the first only. */
export type Advance = 'automatic' | 'by_hand';

export const emptyQueue = <Track extends QueueTrack, Origin>(): Queue<Track, Origin> => ({
  played: [],
  current: null,
  requested: [],
  upcoming: [],
  naturalOrder: [],
  shuffle: false,
  shuffleSeed: 0,
  repeat: 'off',
  origin: null,
});

/** Artists are kept apart by the first one named; a track without artists is its own group. */
export const artistOf = <Track extends QueueTrack>(entry: QueueEntry<Track>): string =>
  entry.track.artists[0]?.id ?? entry.entryId;

/**
 * Replaces what the queue plays: from `entries[index]` on, the ones before it standing as played. With shuffle on
 * all others follow in shuffled order. What was asked for earlier still waits; shuffle and repeat stay as they are.
 */
export const start = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entries: readonly QueueEntry<Track>[],
  index: number,
  origin: Origin | null,
  shuffleSeed: number,
): Queue<Track, Origin> => {
  const current = entries[index];
  if (current === undefined) return queue;
  const others = entries.filter((entry) => entry !== current);
  return {
    ...queue,
    played: queue.shuffle ? [] : entries.slice(0, index),
    current,
    upcoming: queue.shuffle
      ? shuffledApart(others, artistOf, shuffleSeed, artistOf(current))
      : entries.slice(index + 1),
    naturalOrder: entries.map((entry) => entry.entryId),
    shuffleSeed,
    origin,
  };
};

/** As `start`, shuffled from the first entry on; turns shuffle on. */
export const startShuffled = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entries: readonly QueueEntry<Track>[],
  origin: Origin | null,
  shuffleSeed: number,
): Queue<Track, Origin> => {
  const [current, ...upcoming] = shuffledApart(entries, artistOf, shuffleSeed);
  if (current === undefined) return queue;
  return {
    ...queue,
    played: [],
    current,
    upcoming,
    naturalOrder: entries.map((entry) => entry.entryId),
    shuffle: true,
    shuffleSeed,
    origin,
  };
};

/** Takes the next waiting entry as the current one; null when none waits. */
export const takeNext = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> | null => {
  const played = queue.current === null ? queue.played : [...queue.played, queue.current];
  const [asked] = queue.requested;
  if (asked !== undefined) {
    return { ...queue, played, current: asked, requested: queue.requested.slice(1) };
  }
  const [following] = queue.upcoming;
  return following === undefined
    ? null
    : { ...queue, played, current: following, upcoming: queue.upcoming.slice(1) };
};

/** Where each entry of the origin stands in the origin's own order; whatever else is in the queue was asked for. */
export const placesOf = remembered(
  (naturalOrder: readonly string[]): ReadonlyMap<string, number> =>
    new Map(naturalOrder.map((entryId, place) => [entryId, place])),
);

/** The entries that a natural order names, where they were met in that order. */
const entriesInOrder = new WeakMap<readonly string[], readonly unknown[]>();

/**
 * The entries of a queue of which nothing was asked for, where that is already known: they stand in natural order now, or stood so
 * when it was looked last. Null otherwise. Spares a search for each of 20,000.
 */
const knownInOrder = <Track extends QueueTrack, Origin>({
  played,
  current,
  upcoming,
  naturalOrder,
}: Queue<Track, Origin>): readonly QueueEntry<Track>[] | null => {
  const present = played.length + (current === null ? 0 : 1) + upcoming.length;
  // Natural order names present entries only, so when as many are present there is none that was asked for.
  if (present !== naturalOrder.length) return null;
  // What is known of an order was made of entries of the same queue.
  const known = entriesInOrder.get(naturalOrder) as readonly QueueEntry<Track>[] | undefined;
  if (known !== undefined) return known;
  const standing = current === null ? [...played, ...upcoming] : [...played, current, ...upcoming];
  for (let place = 0; place < present; place += 1) {
    if (standing[place]?.entryId !== naturalOrder[place]) return null;
  }
  entriesInOrder.set(naturalOrder, standing);
  return standing;
};

/**
 * The queue's entries but those that still wait in `requested`, in natural order. An entry that was asked for and
 * then played stands behind the one it was heard after: from now on it belongs to the queue like any other.
 */
export const inNaturalOrder = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): readonly QueueEntry<Track>[] => {
  const known = knownInOrder(queue);
  if (known !== null) return known;
  const placeOf = placesOf(queue.naturalOrder);
  const places = Array.from<QueueEntry<Track> | undefined>({ length: queue.naturalOrder.length });
  const followers = new Map<number, QueueEntry<Track>[]>();
  let placeBefore = -1;
  const settle = (entry: QueueEntry<Track>): void => {
    const place = placeOf.get(entry.entryId);
    if (place !== undefined) {
      places[place] = entry;
      placeBefore = place;
      return;
    }
    const beside = followers.get(placeBefore) ?? [];
    beside.push(entry);
    followers.set(placeBefore, beside);
  };
  for (const entry of queue.played) settle(entry);
  if (queue.current !== null) settle(queue.current);
  for (const entry of queue.upcoming) settle(entry);

  const result: QueueEntry<Track>[] = [...(followers.get(-1) ?? [])];
  for (let place = 0; place < places.length; place += 1) {
    const entry = places[place];
    if (entry !== undefined) result.push(entry);
    const beside = followers.get(place);
    if (beside !== undefined) result.push(...beside);
  }
  return result;
};

const newRound = <Track extends QueueTrack, Origin>(queue: Queue<Track, Origin>): Queue<Track, Origin> => {
  const natural = inNaturalOrder(queue);
  const shuffleSeed = queue.shuffle ? seedAfter(queue.shuffleSeed) : queue.shuffleSeed;
  const lastHeard = queue.current ?? queue.played.at(-1);
  let order = natural;
  if (queue.shuffle) {
    order = shuffledApart(natural, artistOf, shuffleSeed, lastHeard && artistOf(lastHeard));
    if (order.length > 1 && order[0]?.entryId === lastHeard?.entryId) {
      order = [...order.slice(1), ...order.slice(0, 1)];
    }
  }
  return {
    ...queue,
    played: [],
    current: order[0] ?? null,
    upcoming: order.slice(1),
    // Nothing that was asked for has come to it: then it is the order that it was.
    naturalOrder:
      natural.length === queue.naturalOrder.length
        ? queue.naturalOrder
        : natural.map((entry) => entry.entryId),
    shuffleSeed,
  };
};

/** A round of 20,000 takes a moment to shuffle, and is asked about by all who look ahead. */
const rounds = new WeakMap<object, unknown>();

/**
 * The queue from its top again, as at the end of a round: everything played comes once more, shuffled anew when
 * shuffle is on (never beginning with what was just heard). What was asked for and played is part of the round.
 */
export const fromTheTop = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> => {
  // What is known of a queue was made of that same queue.
  const round = (rounds.get(queue) as Queue<Track, Origin> | undefined) ?? newRound(queue);
  rounds.set(queue, round);
  return round;
};

/**
 * The queue after the current entry. Null at the end: nothing waits and nothing repeats. Repeating one track repeats
 * it only when it ended by itself; asked by hand the queue moves on, and round.
 */
export const next = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  advance: Advance,
): Queue<Track, Origin> | null => {
  if (advance === 'automatic' && queue.repeat === 'one' && queue.current !== null) return queue;
  const following = takeNext(queue);
  if (following !== null) return following;
  return queue.repeat === 'off' || queue.current === null ? null : fromTheTop(queue);
};

/** What plays when the current track ends, for fetching it early; null when nothing does. */
export const peekNext = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): QueueEntry<Track> | null => {
  if (queue.repeat === 'one') return queue.current;
  const waiting = queue.requested[0] ?? queue.upcoming[0];
  if (waiting !== undefined) return waiting;
  return next(queue, 'automatic')?.current ?? null;
};

/** Puts entries that were before the current one back to where they wait, in order. */
const putBack = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entries: readonly QueueEntry<Track>[],
): Pick<Queue<Track, Origin>, 'requested' | 'upcoming'> => {
  const natural = placesOf(queue.naturalOrder);
  return {
    requested: [...entries.filter((entry) => !natural.has(entry.entryId)), ...queue.requested],
    upcoming: [...entries.filter((entry) => natural.has(entry.entryId)), ...queue.upcoming],
  };
};

/**
 * The queue one entry back, the exact reverse of `next` by hand (but for a round that was shuffled anew). At the very
 * beginning a repeating queue goes round to its end; any other queue stays as it is.
 */
export const previous = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
): Queue<Track, Origin> => {
  const before = queue.played.at(-1);
  if (before !== undefined) {
    const passed = queue.current === null ? [] : [queue.current];
    return { ...queue, played: queue.played.slice(0, -1), current: before, ...putBack(queue, passed) };
  }
  const end = queue.upcoming.at(-1);
  if (queue.repeat === 'off' || queue.current === null || end === undefined) return queue;
  return {
    ...queue,
    played: [queue.current, ...queue.upcoming.slice(0, -1)],
    current: end,
    upcoming: [],
  };
};

/**
 * Goes straight to an entry, wherever it stands; an unknown one changes nothing. Entries of the origin that are
 * passed over count as played. What was asked for is never passed over: it waits until it is played or removed.
 */
export const jump = <Track extends QueueTrack, Origin>(
  queue: Queue<Track, Origin>,
  entryId: string,
): Queue<Track, Origin> => {
  const passed = queue.current === null ? [] : [queue.current];
  const isSought = (entry: QueueEntry<Track>): boolean => entry.entryId === entryId;

  const upcomingIndex = queue.upcoming.findIndex(isSought);
  const ahead = queue.upcoming[upcomingIndex];
  if (ahead !== undefined) {
    return {
      ...queue,
      played: [...queue.played, ...passed, ...queue.upcoming.slice(0, upcomingIndex)],
      current: ahead,
      upcoming: queue.upcoming.slice(upcomingIndex + 1),
    };
  }
  const asked = queue.requested.find(isSought);
  if (asked !== undefined) {
    return {
      ...queue,
      played: [...queue.played, ...passed],
      current: asked,
      requested: queue.requested.filter((entry) => entry !== asked),
    };
  }
  const playedIndex = queue.played.findIndex(isSought);
  const heard = queue.played[playedIndex];
  if (heard === undefined) return queue;
  return {
    ...queue,
    played: queue.played.slice(0, playedIndex),
    current: heard,
    ...putBack(queue, [...queue.played.slice(playedIndex + 1), ...passed]),
  };
};
