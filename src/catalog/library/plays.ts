/**
 * What was played, as a grow-only set (as `ads/ad-metering.ts` keeps what was heard): the plays of one request are one object for each
 * day, named by its content, so a request that is sent again writes what is there already; what overlaps counts once when it is read.
 * What is removed is another such set, and what was removed before a time stands in one name.
 */
import pLimit from 'p-limit';
import { z } from 'zod';
import {
  boundsOfDay,
  dayOfPlay,
  isRemovedBy,
  removalsThatCount,
  type Removal,
} from '../../core/history/shared-plays.ts';
import type { Play, PlayDays, PlayRemoved, PlaysOfDays, PlaysReply } from '../../contract/library-http.ts';
import { stampSchema } from '../../contract/library-operations-http.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { createDaysOfPlays, msOfPlay } from './day-of-plays.ts';
import {
  playRemovalKey,
  playRemovalsFolder,
  playsFolder,
  readPlayRemovalKey,
  readPlaysKey,
  userKeyOf,
} from './library-keys.ts';
import { stampOfRestored } from './restored-play.ts';

/** A cursor that was not given out here. */
export class PlaysCursorError extends Error {
  override readonly name = 'PlaysCursorError';
}

export interface Plays {
  /** Written when it resolves. What was removed stays away. */
  take(userId: string, plays: readonly Play[]): Promise<void>;
  /** As `take`; what was removed comes back, as other plays. */
  restore(userId: string, plays: readonly Play[]): Promise<void>;
  /** Newest first. Rejects with a `PlaysCursorError`. */
  page(userId: string, cursor: string | null, limit: number): Promise<PlaysReply>;
  /** All of them, newest first, a day at a time. */
  all(userId: string): AsyncIterable<readonly Play[]>;
  days(userId: string): Promise<PlayDays>;
  ofDays(userId: string, days: readonly string[]): Promise<PlaysOfDays>;
  /** Those that began before that time; null: all. */
  remove(userId: string, before: string | null): Promise<void>;
  removeSingle(userId: string, plays: readonly PlayRemoved[]): Promise<void>;
}

/** Of the days of one request. */
const DAYS_AT_ONCE = 16;
const eachAtOnce = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const limit = pLimit(DAYS_AT_ONCE);
  await Promise.all(items.map((item) => limit(() => work(item))));
};
/** An answer ends with the day in which it has so many. */
const MANY_PLAYS = 4_000;
const LATEST_MS = Date.UTC(2200, 0, 1);

const cursorSchema = z.tuple([z.number(), stampSchema]);
type Cursor = z.infer<typeof cursorSchema>;
const cursorOf = (play: Play): string =>
  Buffer.from(JSON.stringify([msOfPlay(play), play.stamp])).toString('base64url');
const readCursor = (text: string): Cursor => {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new PlaysCursorError('The cursor is not one that this service gave.', { cause: error });
  }
};
const isAfter = (play: Play, [ms, stamp]: Cursor): boolean =>
  msOfPlay(play) < ms || (msOfPlay(play) === ms && play.stamp < stamp);
const dayOf = (play: Pick<Play, 'playedAt'>): string => dayOfPlay(msOfPlay(play));

export const createPlays = (options: {
  readonly store: ObjectStore;
  readonly nowMs: () => number;
  /** Plays of this listener were added or removed. */
  readonly onChange: (userKey: string) => void;
}): Plays => {
  const { store, nowMs, onChange } = options;
  const ofDay = createDaysOfPlays(store, nowMs);

  const removalsOf = async (userKey: string): Promise<readonly Removal[]> => {
    const removals: Removal[] = [];
    for await (const { key } of store.list(playRemovalsFolder(userKey))) {
      const removal = readPlayRemovalKey(key);
      if (removal !== null) removals.push(removal);
    }
    return removals;
  };

  /** Oldest first. */
  const listed = async (
    userKey: string,
  ): Promise<readonly (readonly [day: string, keys: readonly string[]])[]> => {
    const found = new Map<string, string[]>();
    for await (const { key } of store.list(playsFolder(userKey))) {
      const day = readPlaysKey(key)?.day;
      if (day === undefined) continue;
      const keys = found.get(day);
      if (keys === undefined) found.set(day, [key]);
      else keys.push(key);
    }
    return [...found];
  };

  async function* all(userId: string, fromDay = '9999'): AsyncIterable<readonly Play[]> {
    const userKey = userKeyOf(userId);
    const removals = await removalsOf(userKey);
    for (const [day, keys] of (await listed(userKey)).toReversed())
      if (day <= fromDay) yield (await ofDay.read(userKey, day, removals, keys)).plays;
  }

  const write = async (userKey: string, plays: readonly Play[]): Promise<void> => {
    await eachAtOnce([...Map.groupBy(plays, dayOf)], ([day, ofOne]) => ofDay.add(userKey, day, ofOne));
    onChange(userKey);
  };

  /** What is said once is not said again by what says less. */
  const saveRemoval = async (userKey: string, removal: Removal): Promise<void> => {
    await store.create(playRemovalKey(userKey, removal), Buffer.alloc(0), {
      contentType: 'application/octet-stream',
      cacheControl: 'no-store',
    });
    const removals = await removalsOf(userKey);
    const counting = new Set(removalsThatCount(removals).map((one) => playRemovalKey(userKey, one)));
    const others = removals.map((one) => playRemovalKey(userKey, one)).filter((key) => !counting.has(key));
    if (others.length > 0) await store.delete(others);
  };

  return {
    all: (userId) => all(userId),
    take: (userId, plays) => write(userKeyOf(userId), plays),
    async restore(userId, plays) {
      const userKey = userKeyOf(userId);
      const removals = await removalsOf(userKey);
      const removed = new Set<string>();
      await eachAtOnce([...new Set(plays.map(dayOf))], async (day) => {
        for (const stamp of (await ofDay.read(userKey, day, removals)).removed) removed.add(stamp);
      });
      const isGone = (play: Play): boolean =>
        removed.has(play.stamp) ||
        removals.some((removal) => isRemovedBy(removal, { stamp: play.stamp, beganMs: msOfPlay(play) }));
      const comesBack = (play: Play): Play => {
        if (!isGone(play)) return play;
        // What was brought back and removed once more is another one again.
        return comesBack({ ...play, stamp: stampOfRestored(play.stamp, removals) });
      };
      await write(userKey, plays.map(comesBack));
    },
    async page(userId, text, limit) {
      const cursor = text === null ? null : readCursor(text);
      const fromDay = cursor === null ? '9999' : dayOfPlay(cursor[0]);
      const found: Play[] = [];
      for await (const plays of all(userId, fromDay)) {
        for (const play of plays) if (cursor === null || isAfter(play, cursor)) found.push(play);
        if (found.length > limit) break;
      }
      const plays = found.slice(0, limit);
      const last = plays.at(-1);
      return { plays, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
    },
    async days(userId) {
      const userKey = userKeyOf(userId);
      const days = (await listed(userKey)).map(([day, keys]) => ({ day, tag: ofDay.tagOf(keys) }));
      const removals = removalsThatCount(await removalsOf(userKey)).map(({ beforeMs, atMs }) => ({
        before: new Date(beforeMs).toISOString(),
        at: new Date(atMs).toISOString(),
      }));
      return { removals, days };
    },
    async ofDays(userId, days) {
      const userKey = userKeyOf(userId);
      const removals = await removalsOf(userKey);
      const found: {
        readonly day: string;
        readonly tag: string;
        plays: readonly Play[];
        removed: readonly string[];
      }[] = [];
      let count = 0;
      for (const day of days) {
        const read = await ofDay.read(userKey, day, removals);
        found.push({ day, ...read });
        count += read.plays.length;
        if (count >= MANY_PLAYS) break;
      }
      return { days: found };
    },
    async remove(userId, before) {
      const userKey = userKeyOf(userId);
      const atMs = nowMs();
      const limitMs = before === null ? LATEST_MS : Date.parse(before);
      // First of all: from now on it stays away. A clock that is ahead removes nothing that is still to be played.
      await saveRemoval(userKey, { beforeMs: Math.max(0, Math.min(limitMs, atMs)), atMs });
      const days = (await listed(userKey)).filter(([day]) => boundsOfDay(day)[0] < limitMs);
      const whole = days.filter(([day]) => boundsOfDay(day)[1] <= limitMs);
      await ofDay.removeAll(whole.flatMap(([, keys]) => keys));
      for (const [day, keys] of days.slice(whole.length))
        await ofDay.removeBefore(userKey, day, keys, limitMs);
      onChange(userKey);
    },
    async removeSingle(userId, plays) {
      const userKey = userKeyOf(userId);
      const removals = await removalsOf(userKey);
      await eachAtOnce([...Map.groupBy(plays, dayOf)], ([day, ofOne]) =>
        ofDay.remove(
          userKey,
          day,
          ofOne.map(({ stamp }) => stamp),
          removals,
        ),
      );
      onChange(userKey);
    },
  };
};
