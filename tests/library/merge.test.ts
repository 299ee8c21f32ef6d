import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenPromises } from './check-history.ts';
import { runHistory } from './histories.ts';

it('converges and loses nothing over random histories of three devices with partitions', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      expect(brokenPromises(runHistory(seed, { devices: 3, steps: 120 }), seed)).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

it('holds for five devices and long partitions, too', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      expect(brokenPromises(runHistory(seed, { devices: 5, steps: 400 }), seed)).toEqual([]);
    }),
    { numRuns: 8 },
  );
});
