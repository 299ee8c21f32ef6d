import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { automaticCacheLimit, planEviction } from './eviction-plan.ts';

const entry = (key: string, bytes: number, lastUsedMs: number, inUse = false) => ({
  key,
  bytes,
  lastUsedMs,
  inUse,
});

describe('planEviction', () => {
  it('removes nothing while there is room', () => {
    expect(planEviction([entry('a', 50, 1)], 100, 50)).toEqual({ remove: [], fits: true });
  });

  it('removes what was used longest ago, and no more than needed', () => {
    const entries = [entry('new', 40, 3), entry('old', 40, 1), entry('middle', 20, 2)];
    expect(planEviction(entries, 100, 30)).toEqual({ remove: ['old'], fits: true });
  });

  it('passes over what is in use and says when that leaves too little', () => {
    const entries = [entry('playing', 80, 1, true), entry('other', 20, 2)];
    expect(planEviction(entries, 100, 30)).toEqual({ remove: ['other'], fits: false });
  });

  it('empties nothing for what would never fit', () => {
    expect(planEviction([entry('a', 50, 1)], 100, 101)).toEqual({ remove: [], fits: false });
  });

  it('holds the limit whenever it says that it fits', () => {
    const entries = fc.array(
      fc.record({
        key: fc.uuid(),
        bytes: fc.nat(100),
        lastUsedMs: fc.nat(1_000),
        inUse: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(entries, fc.nat(500), fc.nat(200), (all, limitBytes, neededBytes) => {
        const { remove, fits } = planEviction(all, limitBytes, neededBytes);
        const left = all.filter(({ key }) => !remove.includes(key));
        const bytes = left.reduce((sum, each) => sum + each.bytes, neededBytes);
        expect(all.filter(({ key, inUse }) => inUse && remove.includes(key))).toEqual([]);
        expect(bytes <= limitBytes).toBe(fits);
      }),
    );
  });

  it('makes room for a while once something must go', () => {
    const entries = [entry('a', 30, 1), entry('b', 30, 2), entry('c', 30, 3)];
    expect(planEviction(entries, 100, 20, 0.5)).toEqual({ remove: ['a', 'b'], fits: true });
    expect(planEviction(entries, 100, 10, 0.5)).toEqual({ remove: [], fits: true });
  });
});

describe('automaticCacheLimit', () => {
  it('is a tenth of the free disk, within 1 and 10 GB', () => {
    expect([5e9, 42e9, 900e9].map(automaticCacheLimit)).toEqual([1e9, 4.2e9, 10e9]);
  });
});
