import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStampClock } from '../library/stamp.ts';
import {
  batchesToSend,
  boundsOfDay,
  changeOfDay,
  dayOfPlay,
  daysToRead,
  isRemovedBy,
  removalsThatCount,
  unionOfPlays,
  type KnownPlay,
  type Removal,
  type SharedPlay,
} from './shared-plays.ts';

const NOON_MS = Date.UTC(2026, 2, 1, 12);
const HOUR_MS = 3_600_000;

/** What a service keeps, by the rules that the real one goes by. */
const createService = () => {
  let plays: readonly SharedPlay[] = [];
  const removed = new Set<string>();
  let removals: readonly Removal[] = [];
  const look = (): readonly SharedPlay[] =>
    unionOfPlays(
      plays,
      (play) => removed.has(play.stamp) || removals.some((removal) => isRemovedBy(removal, play)),
    );
  const ofDay = (day: string) => ({
    plays: look().filter(({ beganMs }) => dayOfPlay(beganMs) === day),
    removed: [...removed],
  });
  return {
    look,
    removals: () => removals,
    take: (more: readonly SharedPlay[]) => (plays = [...plays, ...more]),
    remove: (stamps: readonly string[]) => stamps.forEach((stamp) => removed.add(stamp)),
    removeBefore: (removal: Removal) => (removals = removalsThatCount([...removals, removal])),
    ofDay,
    // A day of which all was removed by name is one that has something to say.
    days: () =>
      new Map(
        [...look(), ...plays.filter(({ stamp }) => removed.has(stamp))].map(({ beganMs }) => {
          const day = dayOfPlay(beganMs);
          return [day, JSON.stringify(ofDay(day))] as const;
        }),
      ),
  };
};
type Service = ReturnType<typeof createService>;

class Lost extends Error {}
interface Line {
  readonly asked: boolean;
  readonly answered: boolean;
}

const createDevice = (device: string, now: () => number) => {
  const clock = createStampClock({ device, now, last: null });
  let plays: KnownPlay[] = [];
  const tags = new Map<string, string>();
  let toRemove: readonly (string | number)[] = [];
  const isRemovedHere = ({ stamp, beganMs }: SharedPlay): boolean =>
    toRemove.some((one) => (typeof one === 'string' ? one === stamp : beganMs < one));
  const apply = (day: string, there: ReturnType<Service['ofDay']>): void => {
    const ofDay = plays.filter(({ beganMs }) => dayOfPlay(beganMs) === day);
    const { added, changed, dropped } = changeOfDay(ofDay, there, isRemovedHere);
    const other = new Map(changed.map((play) => [play.stamp, play]));
    plays = [
      ...plays.filter(({ stamp }) => !dropped.includes(stamp)).map((play) => other.get(play.stamp) ?? play),
      ...added.map((play) => ({ ...play, isSent: true })),
    ];
  };
  return {
    plays: () => plays,
    play(beganMs: number) {
      plays.push({ stamp: clock.next(), trackId: 'track', beganMs, heardMs: 30_000, isSent: false });
    },
    heard(heardMs: number) {
      plays = plays.map((play, at) =>
        at === plays.length - 1 && play.heardMs < heardMs ? { ...play, heardMs, isSent: false } : play,
      );
    },
    remove(at: number) {
      const play = plays[at % Math.max(1, plays.length)];
      if (play === undefined) return;
      toRemove = [...toRemove, play.stamp];
      plays = plays.filter((one) => one !== play);
    },
    clear() {
      toRemove = [...toRemove, now() + 1];
      plays = [];
    },
    round(service: Service, line: () => Line) {
      const ask = <Answer>(work: () => Answer): Answer => {
        const { asked, answered } = line();
        if (!asked) throw new Lost();
        const answer = work();
        if (!answered) throw new Lost();
        return answer;
      };
      try {
        for (const one of toRemove) {
          ask(() =>
            typeof one === 'string'
              ? service.remove([one])
              : service.removeBefore({ beforeMs: one, atMs: now() }),
          );
          toRemove = toRemove.slice(1);
        }
        const { days, removals } = ask(() => ({ days: service.days(), removals: service.removals() }));
        plays = plays.filter((play) => !removals.some((removal) => isRemovedBy(removal, play)));
        const { changed, gone } = daysToRead(tags, days);
        for (const day of gone) {
          apply(day, { plays: [], removed: [] });
          tags.delete(day);
        }
        for (const day of changed) {
          const there = ask(() => service.ofDay(day));
          apply(day, there);
          tags.set(day, JSON.stringify(there));
        }
        const toSend = plays.filter(({ isSent }) => !isSent);
        for (const batch of batchesToSend(toSend, 2)) {
          ask(() => service.take(batch.plays));
          const taken = new Set(batch.plays);
          plays = plays.map((play) => (taken.has(play) ? { ...play, isSent: true } : play));
        }
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
    },
  };
};

type Step =
  | { readonly does: 'play'; readonly by: 0 | 1; readonly hoursAgo: number }
  | { readonly does: 'heard'; readonly by: 0 | 1; readonly heardMs: number }
  | { readonly does: 'remove'; readonly by: 0 | 1; readonly at: number }
  | { readonly does: 'clear'; readonly by: 0 | 1 }
  | { readonly does: 'round'; readonly by: 0 | 1; readonly lines: readonly Line[] };

const by = constantFrom(0 as const, 1 as const);
const step: Arbitrary<Step> = oneof(
  {
    weight: 4,
    arbitrary: record({ does: constantFrom('play' as const), by, hoursAgo: integer({ min: 0, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: record({
      does: constantFrom('heard' as const),
      by,
      heardMs: integer({ min: 30_000, max: 99_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: record({ does: constantFrom('remove' as const), by, at: integer({ min: 0, max: 20 }) }),
  },
  { weight: 1, arbitrary: record({ does: constantFrom('clear' as const), by }) },
  {
    weight: 5,
    arbitrary: record({
      does: constantFrom('round' as const),
      by,
      lines: array(record({ asked: boolean(), answered: boolean() }), { maxLength: 6 }),
    }),
  },
);
const sorted = (plays: readonly SharedPlay[]) =>
  plays
    .map(({ stamp, trackId, beganMs, heardMs }) => ({ stamp, trackId, beganMs, heardMs }))
    .toSorted((one, other) => (one.stamp < other.stamp ? -1 : 1));

describe('plays of several devices', () => {
  it('become the same on all of them, and nothing that was removed comes back', () => {
    assert(
      property(array(step, { maxLength: 40 }), (steps) => {
        let nowMs = NOON_MS;
        const service = createService();
        const devices = [
          createDevice('aaaaaaaaaa', () => nowMs),
          createDevice('bbbbbbbbbb', () => nowMs),
        ] as const;
        const played = new Map<string, { readonly heardMs: number }>();
        const away = new Set<string>();
        let clearedMs = 0;
        for (const one of steps) {
          nowMs += 1000;
          const device = devices[one.by];
          const before = new Set(device.plays().map(({ stamp }) => stamp));
          if (one.does === 'play') device.play(nowMs - one.hoursAgo * HOUR_MS);
          else if (one.does === 'heard') device.heard(one.heardMs);
          else if (one.does === 'remove') device.remove(one.at);
          else if (one.does === 'clear') device.clear();
          else {
            const lines = [...one.lines];
            device.round(service, () => lines.shift() ?? { asked: true, answered: true });
          }
          for (const { stamp, heardMs } of device.plays()) {
            before.delete(stamp);
            played.set(stamp, { heardMs: Math.max(heardMs, played.get(stamp)?.heardMs ?? 0) });
          }
          if (one.does === 'remove' || one.does === 'clear') for (const stamp of before) away.add(stamp);
          if (one.does === 'clear') clearedMs = nowMs;
        }
        for (let rounds = 0; rounds < 3; rounds += 1)
          for (const device of devices) {
            nowMs += 1000;
            device.round(service, () => ({ asked: true, answered: true }));
          }
        const [here, there] = [sorted(devices[0].plays()), sorted(devices[1].plays())];
        expect(here).toEqual(there);
        expect(sorted(service.look())).toEqual(here);
        expect(here.filter(({ stamp }) => away.has(stamp))).toEqual([]);
        expect(devices.flatMap((device) => device.plays()).every(({ isSent }) => isSent)).toBe(true);
        // What nobody removed is there, with all that was heard of it.
        const kept = [...played]
          .filter(([stamp]) => !away.has(stamp) && clearedMs === 0)
          .map(([stamp, { heardMs }]) => ({ stamp, heardMs }));
        expect(here).toEqual(expect.arrayContaining(kept.map((play) => expect.objectContaining(play))));
      }),
      { numRuns: 400 },
    );
  });

  it('are sent by the device that their stamp names, so many at a time', () => {
    const stamps = ['000000001000', '000000002000', '000000003000'].flatMap((time) =>
      ['aaaaaaaaaa', 'bbbbbbbbbb'].map((device) => ({ stamp: `0${time}${device}`, beganMs: Number(time) })),
    );
    const batches = batchesToSend(stamps.toReversed(), 2);
    expect(batches.map(({ device, plays }) => [device, plays.length])).toEqual([
      ['aaaaaaaaaa', 2],
      ['bbbbbbbbbb', 2],
      ['aaaaaaaaaa', 1],
      ['bbbbbbbbbb', 1],
    ]);
    expect(
      batches.flatMap(({ plays }) => plays).toSorted((one, other) => (one.stamp < other.stamp ? -1 : 1)),
    ).toEqual(stamps);
  });

  it('belong to one day each', () => {
    assert(
      property(integer({ min: 0, max: 4_000_000_000_000 }), (beganMs) => {
        const [fromMs, toMs] = boundsOfDay(dayOfPlay(beganMs));
        expect(fromMs <= beganMs && beganMs < toMs).toBe(true);
      }),
    );
  });

  it('are removed by the fewest times that say it all', () => {
    const removal = record({
      beforeMs: integer({ min: 0, max: 9 }),
      atMs: integer({ min: 0, max: 9 }),
    });
    assert(
      property(array(removal), removal, (removals, point) => {
        const covers = (one: Removal): boolean => point.beforeMs < one.beforeMs && point.atMs < one.atMs;
        const counting = removalsThatCount(removals);
        expect(counting.some(covers)).toBe(removals.some(covers));
        expect(new Set(counting.map(({ atMs }) => atMs)).size).toBe(counting.length);
      }),
    );
  });
});
