/**
 * Plays as all devices of a listener have them: a set that grows, by stamps. A play that is sent twice counts once, more of it may be
 * heard later, and what was removed stays removed whoever sends it again. What is gone is told by name, or by a time.
 */
import { deviceOf, wallMsOf, type Stamp } from '../library/stamp.ts';

export interface SharedPlay {
  readonly stamp: Stamp;
  readonly trackId: string;
  /** When it began (milliseconds since 1970). */
  readonly beganMs: number;
  readonly heardMs: number;
}

/**
 * Everything that began before `beforeMs` is gone, as far as it was written down before `atMs`: what a listener brings in later,
 * say from another program, may be older.
 */
export interface Removal {
  readonly beforeMs: number;
  readonly atMs: number;
}

export const isRemovedBy = (
  { beforeMs, atMs }: Removal,
  { stamp, beganMs }: Pick<SharedPlay, 'stamp' | 'beganMs'>,
): boolean => beganMs < beforeMs && wallMsOf(stamp) < atMs;

/** Those that say something that no other says as well. */
export const removalsThatCount = (removals: readonly Removal[]): readonly Removal[] => {
  const counting: Removal[] = [];
  for (const removal of removals.toSorted(
    (one, other) => other.atMs - one.atMs || other.beforeMs - one.beforeMs,
  ))
    if (counting.every(({ beforeMs }) => removal.beforeMs > beforeMs)) counting.push(removal);
  return counting;
};

/** One play of each stamp, with the most that is known to be heard of it, without what is gone. */
export const unionOfPlays = <Play extends Pick<SharedPlay, 'stamp' | 'heardMs'>>(
  plays: Iterable<Play>,
  isGone: (play: Play) => boolean,
): readonly Play[] => {
  const byStamp = new Map<Stamp, Play>();
  for (const play of plays) {
    if (isGone(play)) continue;
    const known = byStamp.get(play.stamp);
    if (known === undefined || known.heardMs < play.heardMs) byStamp.set(play.stamp, play);
  }
  return [...byStamp.values()];
};

const DAY_MS = 24 * 3_600_000;
/** The days (UTC) that plays are kept and asked for by. */
export const dayOfPlay = (beganMs: number): string => new Date(beganMs).toISOString().slice(0, 10);
/** First moment of a day, and of the next. */
export const boundsOfDay = (day: string): readonly [fromMs: number, toMs: number] => {
  const fromMs = Date.parse(`${day}T00:00:00.000Z`);
  return [fromMs, fromMs + DAY_MS];
};

/** A day as a service has it. `tag` is another whenever anything else is. */
export interface DayThere {
  readonly plays: readonly SharedPlay[];
  /** Stamps of plays that were removed one by one. */
  readonly removed: readonly Stamp[];
}

/** A play as a device has it; `isSent`: the service is known to have had all that is known of it. */
export interface KnownPlay extends SharedPlay {
  readonly isSent: boolean;
}

export interface DayChange {
  readonly added: readonly SharedPlay[];
  /** Known ones of which other is known now. */
  readonly changed: readonly KnownPlay[];
  readonly dropped: readonly Stamp[];
}

/**
 * What becomes of a device's plays of one day when it hears what the service has of it. What the service once had and has no more
 * was removed; what it never had is still to be sent, unless it was removed by name. `isRemovedHere`: by this device, which has not said so yet.
 */
export const changeOfDay = (
  known: readonly KnownPlay[],
  there: DayThere,
  isRemovedHere: (play: SharedPlay) => boolean,
): DayChange => {
  const removed = new Set(there.removed);
  const knownOf = new Map(known.map((play) => [play.stamp, play]));
  const thereOf = new Map(there.plays.map((play) => [play.stamp, play]));
  const added = there.plays.filter(
    (play) => !knownOf.has(play.stamp) && !removed.has(play.stamp) && !isRemovedHere(play),
  );
  const changed: KnownPlay[] = [];
  const dropped: Stamp[] = [];
  for (const play of known) {
    const other = thereOf.get(play.stamp);
    if (removed.has(play.stamp) || (other === undefined && play.isSent)) dropped.push(play.stamp);
    else if (other !== undefined) {
      const heardMs = Math.max(play.heardMs, other.heardMs);
      const isSent = other.heardMs === heardMs;
      if (heardMs !== play.heardMs || isSent !== play.isSent) changed.push({ ...play, heardMs, isSent });
    }
  }
  return { added, changed, dropped };
};

/** Which days are to be read: those that are others there, and those that are no longer there at all. */
export const daysToRead = (
  known: ReadonlyMap<string, string>,
  there: ReadonlyMap<string, string>,
): { readonly changed: readonly string[]; readonly gone: readonly string[] } => ({
  changed: [...there].flatMap(([day, tag]) => (known.get(day) === tag ? [] : [day])),
  gone: [...known.keys()].filter((day) => !there.has(day)),
});

/** Requests, each of one device's stamps and of at most `most` plays; the oldest first, so that each is of few days. */
export const batchesToSend = <Play extends Pick<SharedPlay, 'stamp' | 'beganMs'>>(
  plays: readonly Play[],
  most: number,
): readonly { readonly device: string; readonly plays: readonly Play[] }[] => {
  const batches: { readonly device: string; readonly plays: Play[] }[] = [];
  const open = new Map<string, Play[]>();
  for (const play of plays.toSorted(
    (one, other) => one.beganMs - other.beganMs || (one.stamp < other.stamp ? -1 : 1),
  )) {
    const device = deviceOf(play.stamp);
    let batch = open.get(device);
    if (batch === undefined || batch.length === most) {
      batch = [];
      open.set(device, batch);
      batches.push({ device, plays: batch });
    }
    batch.push(play);
  }
  return batches;
};
