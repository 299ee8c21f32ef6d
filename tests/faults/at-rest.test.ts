import { describe, expect, it } from 'vitest';
import { AT_REST } from './at-rest.ts';

/** Each kind of damage once, at another place the next time the seed changes. */
const TRIES = 12;

describe('music that is not any more what was written', () => {
  it.each(AT_REST)('is neither lost nor played wrong: $fault', { timeout: 60_000 }, async (scenario) => {
    const outcome = await scenario.run(TRIES, 1);

    expect(outcome.reasons).toEqual([]);
    expect(outcome).toMatchObject({ tries: TRIES, met: TRIES, lost: 0, wrong: 0 });
  });
});
