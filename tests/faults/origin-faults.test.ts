import { describe, expect, it } from 'vitest';
import { ORIGIN_FAULTS } from './origin-faults.ts';

/** Once listened to, once kept. */
const TRIES = 2;

describe('an edge that misbehaves', () => {
  it.each(ORIGIN_FAULTS)(
    'costs nothing and gives no wrong sound: $fault',
    { timeout: 60_000 },
    async (scenario) => {
      const outcome = await scenario.run(TRIES, 1);

      expect(outcome.reasons).toEqual([]);
      expect(outcome).toMatchObject({ tries: TRIES, met: TRIES, lost: 0, wrong: 0 });
    },
  );
});
