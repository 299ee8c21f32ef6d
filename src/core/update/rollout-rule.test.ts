import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allOutcomes,
  badOutcomes,
  DEFAULT_ROLLOUT_RULE,
  FIRST_ROLLOUT_PERCENT,
  judgeRollout,
  leastLikelyShare,
  nextRolloutPercent,
  NO_OUTCOMES,
  ROLLOUT_STEPS,
  UPDATE_OUTCOMES,
  type OutcomeCounts,
  type RolloutVerdict,
} from './rollout-rule.ts';

const amount = fc.oneof(fc.nat(20), fc.nat(100_000));
const someCounts: fc.Arbitrary<OutcomeCounts> = fc.record({
  started: amount,
  failed_start: amount,
  rolled_back: amount,
});
const someRule = fc.record({
  leastOutcomes: fc.integer({ min: 1, max: 500 }),
  badShareLimit: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

describe('judging a roll-out', () => {
  it.each<[OutcomeCounts, RolloutVerdict]>([
    [NO_OUTCOMES, 'too_few'],
    [{ started: 49, failed_start: 0, rolled_back: 0 }, 'too_few'],
    [{ started: 0, failed_start: 30, rolled_back: 15 }, 'too_few'],
    [{ started: 50, failed_start: 0, rolled_back: 0 }, 'go'],
    [{ started: 99, failed_start: 1, rolled_back: 0 }, 'go'],
    [{ started: 97, failed_start: 2, rolled_back: 1 }, 'doubtful'],
    [{ started: 45, failed_start: 4, rolled_back: 2 }, 'halt'],
    [{ started: 9_700, failed_start: 200, rolled_back: 100 }, 'halt'],
    [{ started: 0, failed_start: 50, rolled_back: 0 }, 'halt'],
  ])('says of %j: %s', (counts, verdict) => {
    expect(judgeRollout(counts, DEFAULT_ROLLOUT_RULE)).toBe(verdict);
  });

  it('is never made better by one more that failed', () => {
    const order: readonly RolloutVerdict[] = ['go', 'doubtful', 'halt'];
    fc.assert(
      fc.property(
        someCounts,
        someRule,
        fc.constantFrom('failed_start', 'rolled_back'),
        (counts, rule, bad) => {
          const before = judgeRollout(counts, rule);
          fc.pre(before !== 'too_few');
          const after = judgeRollout({ ...counts, [bad]: counts[bad] + 1 }, rule);
          expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
        },
      ),
    );
  });

  it('is never made worse by one more that started', () => {
    const order: readonly RolloutVerdict[] = ['go', 'doubtful', 'halt'];
    fc.assert(
      fc.property(someCounts, someRule, (counts, rule) => {
        const before = judgeRollout(counts, rule);
        fc.pre(before !== 'too_few');
        const after = judgeRollout({ ...counts, started: counts.started + 1 }, rule);
        expect(order.indexOf(after)).toBeLessThanOrEqual(order.indexOf(before));
      }),
    );
  });

  it('believes nothing of fewer than it asks for, and stops nothing in which nothing was bad', () => {
    fc.assert(
      fc.property(someCounts, someRule, (counts, rule) => {
        const verdict = judgeRollout(counts, rule);
        expect(verdict === 'too_few').toBe(allOutcomes(counts) < rule.leastOutcomes);
        expect(badOutcomes(counts) === 0 && ['doubtful', 'halt'].includes(verdict)).toBe(false);
      }),
    );
  });

  it('bounds the share from below, and comes closer the more is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(5_000), (all, bad) => {
        fc.pre(bad <= all);
        const bound = leastLikelyShare(bad, all);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(bad / all);
        expect(leastLikelyShare(bad * 4, all * 4)).toBeGreaterThanOrEqual(bound);
      }),
    );
    // From a table of Wilson intervals: 10 of 100.
    expect(leastLikelyShare(10, 100)).toBeCloseTo(0.0552, 4);
  });

  it('stops a version at its limit by chance about once in forty looks', () => {
    // Exact binomial probability that at least so many of 1,000 are bad that the bound exceeds the limit.
    const { badShareLimit: limit } = DEFAULT_ROLLOUT_RULE;
    const all = 1_000;
    let probability = (1 - limit) ** all;
    let halted = 0;
    for (let bad = 0; bad <= all; bad += 1) {
      if (leastLikelyShare(bad, all) > limit) halted += probability;
      probability *= ((all - bad) / (bad + 1)) * (limit / (1 - limit));
    }
    expect(halted).toBeGreaterThan(0.005);
    expect(halted).toBeLessThan(0.035);
  });
});

describe('the steps of a roll-out', () => {
  it('go up from wherever it stands, and end with everybody', () => {
    expect(FIRST_ROLLOUT_PERCENT).toBe(5);
    expect([0, 5, 7, 20, 50, 99, 100].map(nextRolloutPercent)).toEqual([5, 20, 20, 50, 100, 100, null]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (percent) => {
        const next = nextRolloutPercent(percent);
        expect(next === null).toBe(percent === 100);
        expect(next ?? Infinity).toBeGreaterThan(percent);
      }),
    );
    expect(ROLLOUT_STEPS.at(-1)).toBe(100);
  });

  it('count what an app can report', () => {
    expect(Object.keys(NO_OUTCOMES)).toEqual([...UPDATE_OUTCOMES]);
  });
});
