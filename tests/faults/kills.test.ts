import { describe, expect, it } from 'vitest';
import { KILLS } from './kills.ts';

/** As many as a test run has the time for; `npm run bench -- faults` kills three hundred. */
const TRIES = 8;

describe('an app that is killed', () => {
  it.each(KILLS)(
    'has lost nothing and plays nothing wrong: $fault',
    { timeout: 120_000 },
    async (scenario) => {
      const outcome = await scenario.run(TRIES, 1);

      expect(outcome.reasons).toEqual([]);
      expect(outcome).toMatchObject({ tries: TRIES, lost: 0, wrong: 0 });
      // Else it was killed beside what it was to be killed in.
      expect(outcome.met).toBeGreaterThanOrEqual(TRIES / 4);
    },
  );
});
