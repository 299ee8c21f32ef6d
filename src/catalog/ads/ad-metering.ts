/**
 * Counts what listeners heard, in the store alone: replicas share nothing else and need no lock.
 *
 * What is written is a grow-only set. The events of one request are one object for each day they happened on, named by its
 * content; a request that is sent again writes what is there already. Objects of a day are merged into larger ones by writing
 * the union first and deleting what it holds afterwards, so several may do so at once, or be killed at it. Counting reads the
 * union and counts each break, spot and kind once. A day to which nothing can be added any more becomes one object of counts.
 *
 * What it costs: the app sends a break as one request, so 1,000 listeners with three hours of music a day (18 breaks) make
 * 18,000 PUT, later 18,000 GET to merge them (deleting is free), and some 50 LIST: at S3's prices of 2026 about ten US cents. A
 * year is then 62 days of a few objects, about 4 MB for 1,000 listeners, and 300 days of a single small one. Counting holds the
 * breaks of one day in memory, about 200 bytes for each spot that one listener heard.
 *
 * Whether a break was ever handed out is not asked. A message authentication code in the answer could tell, and would prove
 * little: whoever makes up impressions can ask for breaks just as well, without ever playing one, and the code would bind every
 * operator to one more secret that all replicas share and that must never be lost. What bounds a dishonest app is that only
 * accounts may report, at the rate of the account's requests, for spots that there are, and that no account counts for more on
 * a day than somebody can hear (`hearings.ts`). Who bills by impressions and wants proof of hearing needs an auditor, not a MAC.
 */
import { createHash } from 'node:crypto';
import type { AdEvent } from '../../contract/ads-http.ts';
import { createMergedObjects, JSON_OBJECT, untilNothingVanishes, Vanished } from '../store/merged-objects.ts';
import type { ObjectInfo, ObjectStore } from '../store/object-store.ts';
import {
  dayOfEventsKey,
  dayOfTotalsKey,
  eventsKey,
  EVENTS_PREFIX,
  totalsKey,
  TOTALS_PREFIX,
} from './ad-keys.ts';
import { hearingsSchema, totalsSchema, type Hearing, type SpotCounts } from './ad-records.ts';
import { countHearings, hearingsByDay, mergeHearings, stateOfDay, sumCounts } from './hearings.ts';

export interface AdMetering {
  /** Written when it resolves. Says how many events did not count, because of when they are said to have happened. */
  take(events: readonly AdEvent[], listenerId: string): Promise<{ readonly ignored: number }>;
  /**
   * What became of every spot that was ever heard. While a day of more than 1,000 objects is being merged (a page of a listing),
   * some of it may be missing for the moment; nothing ever counts twice.
   */
  counts(): Promise<SpotCounts>;
  /** Makes few objects out of many. Gives how many are gone. */
  compact(signal: AbortSignal): Promise<{ readonly removed: number }>;
}

/** Merged again with others until they are this large. */
const SMALL_BYTES = 256 * 1024;
const LARGEST_MERGE_BYTES = 4 * 1024 ** 2;

export const createAdMetering = (store: ObjectStore, nowMs: () => number = Date.now): AdMetering => {
  const merged = createMergedObjects(store);
  /** Counts by day, and the keys they were made of. */
  const counted = new Map<string, { readonly of: string; readonly counts: SpotCounts }>();

  /** Create-only: false when the very same is there. */
  const write = async (day: string, hearings: readonly Hearing[]): Promise<string> => {
    const body = Buffer.from(JSON.stringify({ format: 1, hearings }));
    const key = eventsKey(day, createHash('sha256').update(body).digest('hex'));
    await store.create(key, body, JSON_OBJECT);
    return key;
  };

  const read = async (keys: readonly string[]): Promise<readonly (readonly Hearing[])[]> =>
    (await merged.readAll(keys, (json) => hearingsSchema.parse(json))).map(({ hearings }) => hearings);

  const listDays = async (): Promise<ReadonlyMap<string, readonly ObjectInfo[]>> => {
    const days = new Map<string, ObjectInfo[]>();
    for await (const object of store.list(EVENTS_PREFIX)) {
      const day = dayOfEventsKey(object.key);
      if (day === null) continue;
      const objects = days.get(day);
      if (objects === undefined) days.set(day, [object]);
      else objects.push(object);
    }
    return days;
  };

  const closedDays = async (): Promise<ReadonlySet<string>> => {
    const days = new Set<string>();
    for await (const { key } of store.list(TOTALS_PREFIX)) {
      const day = dayOfTotalsKey(key);
      if (day !== null) days.add(day);
    }
    return days;
  };

  const countsOf = async (day: string, of: string, count: () => Promise<SpotCounts>): Promise<SpotCounts> => {
    const known = counted.get(day);
    if (known?.of === of) return known.counts;
    const counts = await count();
    counted.set(day, { of, counts });
    return counts;
  };

  const readTotals = async (day: string): Promise<SpotCounts> => {
    const [totals] = await merged.readAll([totalsKey(day)], (json) => totalsSchema.parse(json));
    return new Map(Object.entries(totals?.spots ?? {}));
  };

  /** Events are listed first: a day that is closed in between is found among the closed ones. */
  const countOnce = async (): Promise<SpotCounts> => {
    const days = await listDays();
    const closed = await closedDays();
    const sums: SpotCounts[] = [];
    for (const [day, objects] of days) {
      if (closed.has(day)) continue;
      const keys = objects.map(({ key }) => key);
      sums.push(await countsOf(day, keys.join(), async () => countHearings((await read(keys)).flat())));
    }
    const totals = await Promise.all(
      Array.from(closed, (day) => countsOf(day, totalsKey(day), () => readTotals(day))),
    );
    return sumCounts([...sums, ...totals]);
  };

  const close = async (day: string, keys: readonly string[]): Promise<number> => {
    const spots = Object.fromEntries(countHearings((await read(keys)).flat()));
    const body = Buffer.from(JSON.stringify({ format: 1, spots }));
    // Whoever was first counted the same: nothing is added to this day any more.
    await store.create(totalsKey(day), body, JSON_OBJECT);
    return merged.remove(keys);
  };

  const mergeDay = async (
    day: string,
    objects: readonly ObjectInfo[],
    signal: AbortSignal,
  ): Promise<number> => {
    let removed = 0;
    for (const group of groupsOf(objects.filter(({ bytes }) => bytes < SMALL_BYTES))) {
      if (signal.aborted || group.length < 2) return removed;
      const keys = group.map(({ key }) => key);
      const union = await write(day, mergeHearings(await read(keys)));
      removed += await merged.remove(keys.filter((key) => key !== union));
    }
    return removed;
  };

  return {
    async take(events, listenerId) {
      const days = hearingsByDay(events, listenerId, nowMs());
      for (const [day, hearings] of days) await write(day, hearings);
      const kept = Array.from(days.values())
        .flat()
        .reduce((sum, { kinds }) => sum + kinds.length, 0);
      return { ignored: events.length - kept };
    },

    counts: () => untilNothingVanishes(countOnce),

    async compact(signal) {
      let removed = 0;
      for (const [day, objects] of await listDays()) {
        if (signal.aborted) break;
        const keys = objects.map(({ key }) => key);
        try {
          const state = stateOfDay(day, nowMs());
          if (state === 'open') removed += await mergeDay(day, objects, signal);
          if (state === 'closed') removed += await close(day, keys);
        } catch (error) {
          // Somebody else is at this day; the next time finds what is left.
          if (!(error instanceof Vanished)) throw error;
        }
      }
      return { removed };
    },
  };
};

/** In groups that are read and held at once. */
const groupsOf = (objects: readonly ObjectInfo[]): readonly (readonly ObjectInfo[])[] => {
  const groups: ObjectInfo[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const object of objects) {
    if (bytes + object.bytes > LARGEST_MERGE_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    bytes += object.bytes;
    groups.at(-1)?.push(object);
  }
  return groups;
};
