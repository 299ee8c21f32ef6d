import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createOrderedList } from './ordered-list.ts';

const ascending = (one: number, other: number): number => one - other;

it('is the sorted set of what was put in and not taken out, however it was asked', () => {
  const step = fc.record({ put: fc.boolean(), value: fc.integer({ min: 0, max: 2000 }), look: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 1500 }),
      fc.array(step, { maxLength: 300 }),
      (start, steps) => {
        const list = createOrderedList<number>(ascending);
        const expected = new Set(start);
        list.replaceAll([...expected]);
        const views: (readonly [shown: readonly number[], view: Iterable<number>])[] = [];
        for (const { put, value, look } of steps) {
          if (put) list.insert(value);
          else list.remove(value);
          if (put) expected.add(value);
          else expected.delete(value);
          if (look) views.push([[...list.view()], list.view()]);
        }
        const sorted = [...expected].toSorted(ascending);
        const view = list.view();
        expect([...view]).toEqual(sorted);
        expect(list.size).toBe(sorted.length);
        expect(view.length).toBe(sorted.length);
        expect(sorted.map((_, index) => view.at(index))).toEqual(sorted);
        expect([view.at(-1), view.at(sorted.length), view.at(0.5)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
        expect(view.slice(3, sorted.length - 3)).toEqual(sorted.slice(3, Math.max(3, sorted.length - 3)));
        expect([list.first(), list.last()]).toEqual([sorted[0] ?? null, sorted.at(-1) ?? null]);
        for (const value of [0, 700, 1999]) {
          expect(list.next(value)).toBe(sorted.find((each) => each > value) ?? null);
          expect(list.previous(value)).toBe(sorted.findLast((each) => each < value) ?? null);
        }
        // What was shown before stays as it was.
        for (const [shown, earlier] of views) expect([...earlier]).toEqual(shown);
      },
    ),
    { numRuns: 60 },
  );
});

it('gives the same view until something changes', () => {
  const list = createOrderedList<number>(ascending);
  list.insert(1);
  const before = list.view();
  list.insert(1);
  list.remove(2);
  expect(list.view()).toBe(before);
  list.insert(2);
  expect(list.view()).not.toBe(before);
});
