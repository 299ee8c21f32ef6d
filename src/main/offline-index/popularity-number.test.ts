import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { popularityKey, tieOf } from '../../core/search-text/order-keys.ts';
import { popularityNumber } from './popularity-number.ts';

const row = fc
  .record({
    plays: fc.oneof(fc.constant(null), fc.nat({ max: 5 }), fc.nat({ max: 2 ** 18 - 1 })),
    date: fc.constantFrom(null, '1979', '1980-11', '1980-12', '2024-03-01', '2024-03-02'),
    id: fc.string(),
  })
  .map(({ plays, date, id }) => ({ key: popularityKey(plays, date), tie: tieOf(id) }));

describe('the number of a row', () => {
  it('puts the more popular of two first: by plays, then by date', () => {
    fc.assert(
      fc.property(row, row, (left, right) => {
        fc.pre(left.key !== right.key);
        const leftNumber = popularityNumber(left.key, left.tie);
        const rightNumber = popularityNumber(right.key, right.tie);
        expect(leftNumber < rightNumber).toBe(left.key < right.key);
      }),
      { numRuns: 5_000 },
    );
  });

  it('grows smaller with every play, or stays, however many there are', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), fc.nat({ max: 2 ** 31 - 1 }), (first, more) => {
        const few = popularityNumber(popularityKey(first, null), 0);
        const many = popularityNumber(popularityKey(first + more, null), 0);
        expect(many).toBeLessThanOrEqual(few);
        expect(many).toBeGreaterThan(0n);
        expect(few).toBeLessThan(2n ** 63n);
      }),
      { numRuns: 5_000 },
    );
  });
});
