import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomSource } from '../playback/random.ts';
import { POSITION_PATTERN, positionsBetween } from './position.ts';

it('finds any number of places between any two, in order', () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 70 })), { minLength: 1, maxLength: 12 }),
      (seed, insertions) => {
        const random = randomSource(seed);
        let places: readonly string[] = [];
        for (const [at, count] of insertions) {
          const gap = at % (places.length + 1);
          const found = positionsBetween(places[gap - 1] ?? null, places[gap] ?? null, count, random);
          expect(found).toHaveLength(count);
          places = places.toSpliced(gap, 0, ...found);
        }
        expect(places).toEqual([...new Set(places)].toSorted());
        expect(places.every((place) => POSITION_PATTERN.test(place))).toBe(true);
      },
    ),
  );
});

it('always finds one in the narrowest gap, and at both ends of it', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.array(fc.boolean(), { maxLength: 60 }), (seed, sides) => {
      const random = randomSource(seed);
      let [low, high] = positionsBetween(null, null, 2, random);
      for (const isLow of sides) {
        const [place = ''] = positionsBetween(low ?? null, high ?? null, 1, random);
        expect(place > (low ?? '') && place < (high ?? '')).toBe(true);
        if (isLow) low = place;
        else high = place;
      }
    }),
  );
});

it('stays short when things are appended or put first one by one', () => {
  const random = randomSource(1);
  for (const end of ['first', 'last'] as const) {
    let [place = ''] = positionsBetween(null, null, 1, random);
    let isInOrder = true;
    for (let count = 0; count < 10_000; count += 1) {
      const [next = ''] =
        end === 'last' ? positionsBetween(place, null, 1, random) : positionsBetween(null, place, 1, random);
      isInOrder &&= end === 'last' ? next > place : next < place;
      place = next;
    }
    expect(isInOrder).toBe(true);
    expect(place.length).toBeLessThanOrEqual(6);
  }
});

it('keeps what two devices insert into one gap at once apart, each run together', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      const [low, high] = positionsBetween(null, null, 2, randomSource(seed));
      const mine = positionsBetween(low ?? null, high ?? null, 5, randomSource(seed + 1));
      const theirs = positionsBetween(low ?? null, high ?? null, 5, randomSource(seed + 2));
      const both = [...mine, ...theirs].toSorted();
      // Once in 3,782 both draw the same two digits; then their runs lie in each other.
      const isSamePrefix = mine[0]?.slice(0, 6) === theirs[0]?.slice(0, 6);
      expect(
        isSamePrefix ||
          both.slice(0, 5).every((place) => mine.includes(place)) ||
          both.slice(0, 5).every((place) => theirs.includes(place)),
      ).toBe(true);
    }),
  );
});

it('refuses a gap that is none', () => {
  expect(() => positionsBetween('b', 'a', 1, randomSource(1))).toThrow(RangeError);
  expect(() => positionsBetween('a', 'a', 1, randomSource(1))).toThrow(RangeError);
});
