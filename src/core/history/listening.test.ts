import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beganAt, HISTORY_KEEPS, isScrobble, keptSinceMs, scrobblesAfterMs } from './listening.ts';

describe('when a play is a scrobble', () => {
  it.each([
    [30_000, 30_000, false],
    [30_001, 15_000, false],
    [30_001, 15_001, true],
    [180_000, 89_999, false],
    [180_000, 90_000, true],
    [3_600_000, 239_999, false],
    [3_600_000, 240_000, true],
  ])('a track of %d ms of which %d ms were heard: %s', (durationMs, heardMs, expected) => {
    expect(isScrobble(durationMs, heardMs)).toBe(expected);
  });

  it('never asks for more than half of a track, nor for more than four minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30_001, max: 36_000_000 }), (durationMs) => {
        const afterMs = scrobblesAfterMs(durationMs) ?? Number.POSITIVE_INFINITY;
        expect(afterMs).toBeLessThanOrEqual(durationMs / 2);
        expect(afterMs).toBeLessThanOrEqual(240_000);
      }),
    );
  });
});

describe('when a play began', () => {
  it('is never after now, whatever is told', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ noNaN: true }), (nowMs, agoMs) => {
        expect(beganAt(nowMs, agoMs)).toBeLessThanOrEqual(nowMs);
      }),
    );
  });
});

describe('what is kept', () => {
  it('grows from none over a month and a year to all', () => {
    const nowMs = Date.UTC(2026, 0, 1);
    const since = HISTORY_KEEPS.map((keep) => keptSinceMs(keep, nowMs));
    expect(since).toEqual([
      Number.NEGATIVE_INFINITY,
      Date.UTC(2025, 0, 1),
      Date.UTC(2025, 11, 2),
      Number.POSITIVE_INFINITY,
    ]);
  });
});
