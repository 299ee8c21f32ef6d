import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstCheckInMs, nextCheckInMs, retryInMs, waitOf } from './timing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('when it is asked', () => {
  it('is soon but not at once, and then some times a day', () => {
    fc.assert(
      fc.property(share, (drawn) => {
        expect(firstCheckInMs(drawn)).toBeGreaterThanOrEqual(MINUTE);
        expect(firstCheckInMs(drawn)).toBeLessThanOrEqual(2 * MINUTE);
        expect(nextCheckInMs(drawn)).toBeGreaterThanOrEqual(4 * HOUR);
        expect(nextCheckInMs(drawn)).toBeLessThanOrEqual(8 * HOUR);
      }),
    );
  });

  it('is later after each failure, never within a minute, never more seldom than without one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), share, (failures, drawn) => {
        const inMs = retryInMs(failures, drawn);
        expect(inMs).toBeGreaterThanOrEqual(MINUTE);
        expect(inMs).toBeLessThanOrEqual(6 * HOUR);
        expect(retryInMs(failures + 1, drawn)).toBeGreaterThanOrEqual(inMs);
      }),
    );
  });
});

describe('an offered version', () => {
  it.each([
    ['automatic', false, false, false, null],
    ['automatic', false, null, false, null],
    ['automatic', false, true, false, 'metered'],
    ['automatic', false, true, true, null],
    ['automatic', true, true, false, null],
    ['ask', false, false, false, 'ask'],
    ['ask', false, true, true, 'ask'],
    ['ask', true, true, false, null],
  ] as const)('%s, asked for %s, metered %s, may use it %s: waits for %s', (...row) => {
    const [mode, isAsked, isMetered, mayUseMetered, waits] = row;
    expect(waitOf({ mode, isAsked, isMetered, mayUseMetered })).toBe(waits);
  });
});
