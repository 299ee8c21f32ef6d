import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createStampClock, deviceOf, partsOf, stampOf, STAMP_PATTERN, wallMsOf } from './stamp.ts';

const NOW = Date.UTC(2026, 5, 1);
const clockAt = (times: readonly number[], last: string | null = null) => {
  let at = 0;
  const now = (): number => times[Math.min(at++, times.length - 1)] ?? NOW;
  return createStampClock({ device: 'abcdefghij', now, last });
};

it('gives stamps that only grow, whatever the wall clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { minLength: 2, maxLength: 30 }), (times) => {
      const clock = clockAt(times);
      const stamps = times.map(() => clock.next());
      expect(stamps.every((stamp) => STAMP_PATTERN.test(stamp))).toBe(true);
      expect(stamps).toEqual([...new Set(stamps)].toSorted());
    }),
  );
});

it('comes after everything it was shown', () => {
  const clock = clockAt([NOW]);
  const ahead = stampOf({ wallMs: NOW + 60_000, counter: 7, device: 'zzzzzzzzzz' });
  clock.observe(ahead);
  const next = clock.next();
  expect(next > ahead).toBe(true);
  expect(deviceOf(next)).toBe('abcdefghij');
});

it('goes on where it was after a restart, even when the clock was set back', () => {
  const before = clockAt([NOW]);
  const last = before.next();
  expect(before.last()).toBe(last);
  expect(clockAt([NOW - 86_400_000], last).next() > last).toBe(true);
});

it('holds a clock that is not set to years in which there was such a program', () => {
  expect(wallMsOf(clockAt([0]).next())).toBe(Date.UTC(2024, 0, 1));
  expect(wallMsOf(clockAt([Number.NaN]).next())).toBe(Date.UTC(2024, 0, 1));
  expect(wallMsOf(clockAt([1e15]).next())).toBe(Date.UTC(2200, 0, 1));
});

it('sorts by time, then count, then device, and can be taken apart', () => {
  const parts = fc.record({
    wallMs: fc.integer({ min: 0, max: 36 ** 9 - 1 }),
    counter: fc.integer({ min: 0, max: 36 ** 4 - 1 }),
    device: fc.constantFrom('aaaaaaaaaa', 'bbbbbbbbbb'),
  });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      expect(partsOf(stampOf(one))).toEqual(one);
      const expected =
        one.wallMs - other.wallMs ||
        one.counter - other.counter ||
        (one.device < other.device ? -1 : one.device > other.device ? 1 : 0);
      const byText = stampOf(one) < stampOf(other) ? -1 : stampOf(one) > stampOf(other) ? 1 : 0;
      expect(byText).toBe(Math.sign(expected));
    }),
  );
});

it('refuses parts that have no place in the format', () => {
  for (const wrong of [{ wallMs: -1 }, { wallMs: 36 ** 9 }, { counter: 36 ** 4 }, { device: 'Short' }])
    expect(() => stampOf({ wallMs: NOW, counter: 0, device: 'abcdefghij', ...wrong })).toThrow(RangeError);
});
