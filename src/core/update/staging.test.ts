import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInRollout, stagingPlace } from './staging.ts';

describe('a roll-out', () => {
  it('gives each installation a place that stays', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (installationId, seed) => {
        const place = stagingPlace(installationId, seed);
        expect(place).toBe(stagingPlace(installationId, seed));
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThan(100);
      }),
    );
  });

  it('has nobody at 0, everybody at 100, and loses nobody on the way up', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.uuid(), fc.string(), percent, percent, (installationId, seed, one, other) => {
        const isIn = (share: number): boolean => isInRollout(installationId, { percent: share, seed });
        expect([isIn(0), isIn(100)]).toEqual([false, true]);
        expect(isIn(Math.min(one, other)) && !isIn(Math.max(one, other))).toBe(false);
      }),
    );
  });

  it('has about as many as it says, and others with another seed', () => {
    const installations = Array.from({ length: 20_000 }, (_, each) => `installation-${each}`);
    for (const percent of [1, 5, 20, 50]) {
      const inIt = (seed: string) =>
        new Set(installations.filter((each) => isInRollout(each, { percent, seed })));
      const [first, second] = [inIt('1.0.0'), inIt('1.0.1')];
      const both = Array.from(first).filter((each) => second.has(each)).length;
      expect(Math.abs(first.size / 200 - percent)).toBeLessThan(1);
      // By chance alone the two share the product of their shares.
      expect(Math.abs(both / 200 - (percent * percent) / 100)).toBeLessThan(1);
    }
  });
});
