import { describe, expect, it } from 'vitest';
import { canMount, DISK_FAULTS, MOUNTED_DISK_FAULTS } from './disk-faults.ts';

const TRIES = 4;
const isMountable = await canMount();

describe('a disk that cannot be relied on', () => {
  it.each(DISK_FAULTS)('costs nothing that is heard: $fault', { timeout: 60_000 }, async (scenario) => {
    const outcome = await scenario.run(TRIES, 1);

    expect(outcome.reasons).toEqual([]);
    expect(outcome).toMatchObject({ tries: TRIES, met: TRIES, lost: 0, wrong: 0 });
  });

  // Only root may mount a disk to fill up and to write-protect.
  it.runIf(isMountable).each(MOUNTED_DISK_FAULTS)(
    'costs nothing that is heard: $fault',
    { timeout: 60_000 },
    async (scenario) => {
      const outcome = await scenario.run(TRIES, 1);

      expect(outcome.reasons).toEqual([]);
      expect(outcome).toMatchObject({ tries: TRIES, met: TRIES, lost: 0, wrong: 0 });
    },
  );
});
