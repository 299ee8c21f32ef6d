import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetryBudget } from './retry-budget.ts';

const spendAll = (budget: ReturnType<typeof createRetryBudget>, most = 1_000): number => {
  let spent = 0;
  while (spent < most && budget.spend(false)) spent += 1;
  return spent;
};

describe('the budget for trying again', () => {
  it('ends for what is fetched for later, and never for what sounds', () => {
    const budget = createRetryBudget(() => 0);
    expect(spendAll(budget)).toBe(30);
    expect(budget.spend(false)).toBe(false);
    for (let tries = 0; tries < 100; tries += 1) expect(budget.spend(true)).toBe(true);
    expect(budget.spend(false)).toBe(false);
  });

  it('comes back by a fifth with each answer and by one every two seconds', () => {
    let nowMs = 0;
    const budget = createRetryBudget(() => nowMs);
    spendAll(budget);
    for (let answers = 0; answers < 12; answers += 1) budget.earn();
    expect(spendAll(budget)).toBe(2);
    nowMs += 6_100;
    expect(spendAll(budget)).toBe(3);
  });

  it('bounds what a storm of failures asks for, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 40 }), (moves) => {
        let nowMs = 1e12;
        const budget = createRetryBudget(() => nowMs);
        let forwardMs = 0;
        let spent = spendAll(budget);
        for (const move of moves) {
          nowMs += move;
          forwardMs += Math.max(0, move);
          spent += spendAll(budget);
        }
        expect(spent).toBeLessThanOrEqual(30 + forwardMs / 2_000);
      }),
    );
  });
});
