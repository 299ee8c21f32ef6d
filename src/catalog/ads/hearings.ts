/** Counting, without a store: what of an app's report counts, and how often. */
import { createHash } from 'node:crypto';
import { AD_EVENTS, type AdEvent, type AdEventKind } from '../../contract/ads-http.ts';
import type { Counts, Hearing, SpotCounts } from './ad-records.ts';

/** A report may wait on a computer without a network for so long. */
export const LONGEST_WAIT_DAYS = 60;
/** A listener's clock may be ahead by so much. */
const CLOCK_AHEAD_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** More than anybody hears who never sleeps, with two spots every six minutes. */
export const MOST_HEARINGS_A_DAY = 500;

export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** A day takes reports, then rests for a day so that replicas whose clocks differ never disagree, and is closed. */
export const stateOfDay = (day: string, nowMs: number): 'open' | 'resting' | 'closed' => {
  const takesUntilMs = Date.parse(day) + (LONGEST_WAIT_DAYS + 1) * DAY_MS;
  if (nowMs <= takesUntilMs) return 'open';
  return nowMs <= takesUntilMs + DAY_MS ? 'resting' : 'closed';
};

/**
 * The same for one listener on one day, and another one the next day: enough to bound what a single account can claim, too
 * little to follow anybody.
 */
const pseudonym = (listenerId: string, day: string): string =>
  createHash('sha256').update(`${day}\n${listenerId}`).digest('hex').slice(0, 16);

const keyOf = ({ listener, breakId, spotId }: Omit<Hearing, 'kinds'>): string =>
  `${listener}/${breakId}/${spotId}`;

const inOrder = (kinds: ReadonlySet<AdEventKind>): readonly AdEventKind[] =>
  AD_EVENTS.filter((kind) => kinds.has(kind));

/**
 * One set out of several: what was sent twice is in it once, whatever it came with. Always in the same order, so the same set
 * is the same bytes.
 */
export const mergeHearings = (sets: Iterable<readonly Hearing[]>): readonly Hearing[] => {
  const merged = new Map<string, { readonly hearing: Hearing; readonly kinds: Set<AdEventKind> }>();
  for (const set of sets)
    for (const hearing of set) {
      const known = merged.get(keyOf(hearing));
      if (known === undefined) merged.set(keyOf(hearing), { hearing, kinds: new Set(hearing.kinds) });
      else for (const kind of hearing.kinds) known.kinds.add(kind);
    }
  return Array.from(merged)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { hearing, kinds }]) => ({ ...hearing, kinds: inOrder(kinds) }));
};

/** Reported events as hearings, by the day on which they happened. What happened too long ago or in the future does not count. */
export const hearingsByDay = (
  events: readonly AdEvent[],
  listenerId: string,
  nowMs: number,
): ReadonlyMap<string, readonly Hearing[]> => {
  const days = new Map<string, Hearing[]>();
  for (const { at, breakId, spotId, kind } of events) {
    const atMs = Date.parse(at);
    if (atMs > nowMs + CLOCK_AHEAD_MS || atMs < nowMs - LONGEST_WAIT_DAYS * DAY_MS) continue;
    const day = dayOf(atMs);
    const hearing = {
      listener: pseudonym(listenerId, day),
      breakId: breakId.toLowerCase(),
      spotId,
      kinds: [kind],
    };
    const hearings = days.get(day);
    if (hearings === undefined) days.set(day, [hearing]);
    else hearings.push(hearing);
  }
  return new Map(Array.from(days, ([day, hearings]) => [day, mergeHearings([hearings])]));
};

const noCounts = (): Record<AdEventKind, number> => ({
  impression: 0,
  firstQuartile: 0,
  midpoint: 0,
  thirdQuartile: 0,
  complete: 0,
  click: 0,
});

/** Adds counts up. */
export const sumCounts = (all: Iterable<SpotCounts>): SpotCounts => {
  const sums = new Map<string, Record<AdEventKind, number>>();
  for (const counts of all)
    for (const [spotId, those] of counts) {
      const sum = sums.get(spotId) ?? noCounts();
      for (const kind of AD_EVENTS) sum[kind] += those[kind];
      sums.set(spotId, sum);
    }
  return sums;
};

/**
 * How often each spot was heard on one day. Each break, spot and kind counts once, and of one listener no more than somebody can
 * hear in a day.
 */
export const countHearings = (day: readonly Hearing[]): SpotCounts => {
  const heardBy = new Map<string, number>();
  const counted = new Set<string>();
  const counts = new Map<string, Record<AdEventKind, number>>();
  for (const { listener, breakId, spotId, kinds } of mergeHearings([day])) {
    const before = heardBy.get(listener) ?? 0;
    if (before === MOST_HEARINGS_A_DAY) continue;
    heardBy.set(listener, before + 1);
    const spot = counts.get(spotId) ?? noCounts();
    counts.set(spotId, spot);
    for (const kind of kinds) {
      const occasion = `${breakId}/${spotId}/${kind}`;
      if (counted.has(occasion)) continue;
      counted.add(occasion);
      spot[kind] += 1;
    }
  }
  return counts;
};

/** What a spot that nobody heard counts. */
export const NEVER_HEARD: Counts = noCounts();
