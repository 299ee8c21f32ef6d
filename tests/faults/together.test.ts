import { describe, expect, it } from 'vitest';
import { TOGETHER } from './together.ts';

const TRIES = 5;

describe('many at once, and a clock that is set', () => {
  it.each(TOGETHER)('lose nothing and play nothing wrong: $fault', { timeout: 60_000 }, async (scenario) => {
    const outcome = await scenario.run(TRIES, 1);

    expect(outcome.reasons).toEqual([]);
    expect(outcome).toMatchObject({ tries: TRIES, met: TRIES, lost: 0, wrong: 0 });
  });
});
