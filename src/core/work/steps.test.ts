import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eachInSteps,
  finished,
  ITEMS_A_STEP,
  mergedInSteps,
  oneStep,
  sortedInSteps,
  type Steps,
} from './steps.ts';

/** How much was done in each step, as the work itself counts it, and what came of it. */
const stepsOf = <Result>(make: (count: () => void) => Steps<Result>) => {
  const counts: number[] = [0];
  const steps = make(() => {
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { counts, result: step.value };
    counts.push(0);
  }
};

interface Entry {
  readonly key: number;
  readonly place: number;
}
const byKey = (one: Entry, other: Entry): number => one.key - other.key;
/** With ties, and long enough for several steps. */
const entries = fc
  .array(fc.integer({ min: 0, max: 400 }), { maxLength: 4 * ITEMS_A_STEP, size: 'max' })
  .map((keys) => keys.map((key, place): Entry => ({ key, place })));

describe('work in steps', () => {
  it('sorts as toSorted does, ties in their order', () => {
    fc.assert(
      fc.property(entries, (items) => {
        expect(finished(sortedInSteps(items, byKey))).toEqual(items.toSorted(byKey));
      }),
      { numRuns: 40 },
    );
  });

  it('merges two sorted lists as one that was sorted, the first one first', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const sorted = [one.toSorted(byKey), other.toSorted(byKey)] as const;
        expect(finished(mergedInSteps(...sorted, byKey))).toEqual(
          [...sorted[0], ...sorted[1]].toSorted(byKey),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('does no more in one step than a step may hold, however much there is', () => {
    const items = Array.from({ length: 20 * ITEMS_A_STEP }, (_, place): Entry => ({
      key: (place * 7919) % 1009,
      place,
    }));
    const sorting = stepsOf((count) =>
      sortedInSteps(items, (one, other) => {
        count();
        return byKey(one, other);
      }),
    );
    // A run is sorted with at most n log n comparisons, and merging takes one an item.
    expect(Math.max(...sorting.counts)).toBeLessThanOrEqual(
      ITEMS_A_STEP * Math.ceil(Math.log2(ITEMS_A_STEP)) + ITEMS_A_STEP,
    );
    expect(sorting.counts.length).toBeGreaterThan(20 * Math.log2(20));
    const each = stepsOf((count) => eachInSteps(items, count));
    expect(each.counts.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => ITEMS_A_STEP));
  });

  it('does nothing before it is run, and gives what the work gives', () => {
    let done = 0;
    const steps = oneStep(() => (done += 1));
    expect(done).toBe(0);
    expect(finished(steps)).toBe(1);
  });

  it('breaks with what the work throws', () => {
    const failing = oneStep(() => {
      throw new Error('no');
    });
    expect(() => finished(failing)).toThrow('no');
  });
});
