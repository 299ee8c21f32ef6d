import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEASE_MS, leaseAt, renewed, timePassed, type LeaseState } from './lease.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const start = Date.UTC(2026, 0, 1);

/** Hours pass one after the other; `offsets` says by how much the wall clock is wrong in each, `runs` whether the app runs. */
interface Hour {
  readonly offsetMs: number;
  readonly runs: boolean;
}
const live = (state: LeaseState, hours: readonly Hour[], fromMs = start): LeaseState => {
  let now = state;
  let wasRunning = false;
  hours.forEach(({ offsetMs, runs }, index) => {
    const realMs = fromMs + (index + 1) * HOUR;
    if (runs) now = timePassed(now, realMs + offsetMs, wasRunning ? HOUR : 0);
    wasRunning = runs;
  });
  return now;
};
const running = (length: number, offsetMs: number): readonly Hour[] =>
  Array.from({ length }, () => ({ offsetMs, runs: true }));
const hours = (offset: fc.Arbitrary<number>, maxLength = 900) =>
  fc.array(fc.record({ offsetMs: offset, runs: fc.boolean() }), { maxLength });

describe('the lease', () => {
  it('is valid, ends, and is over', () => {
    const state = renewed(start);
    expect(leaseAt(state, start)).toEqual({ state: 'valid', validUntilMs: start + 30 * DAY });
    expect(leaseAt(state, start + 22 * DAY).state).toBe('valid');
    expect(leaseAt(state, start + 23 * DAY).state).toBe('ending');
    expect(leaseAt(state, start + 30 * DAY - 1).state).toBe('ending');
    expect(leaseAt(state, start + 30 * DAY).state).toBe('over');
  });

  it('is renewed whatever the clock did before', () => {
    fc.assert(
      fc.property(hours(fc.integer({ min: -400 * DAY, max: 400 * DAY }), 60), fc.integer(), (lived, at) => {
        live(renewed(start), lived);
        expect(leaseAt(renewed(at), at)).toEqual({ state: 'valid', validUntilMs: at + LEASE_MS });
      }),
    );
  });

  it('never forgets time that it has seen', () => {
    fc.assert(
      fc.property(hours(fc.integer({ min: -90 * DAY, max: 90 * DAY })), (lived) => {
        let state = renewed(start);
        for (const hour of lived) {
          const next = live(state, [hour]);
          expect(next.latestSeenMs).toBeGreaterThanOrEqual(state.latestSeenMs);
          state = next;
        }
      }),
    );
  });

  it('is never over before its time, however far the clock is set back', () => {
    fc.assert(
      fc.property(hours(fc.integer({ min: -90 * DAY, max: 0 }), 719), (lived) => {
        const state = live(renewed(start), lived);
        const wall = start + lived.length * HOUR + (lived.at(-1)?.offsetMs ?? 0);
        expect(leaseAt(state, wall).state).not.toBe('over');
      }),
    );
  });

  it('gains nothing from setting the clock back', () => {
    fc.assert(
      fc.property(
        hours(fc.integer({ min: -90 * DAY, max: 90 * DAY })),
        fc.integer({ min: 0, max: 400 * DAY }),
        (lived, backMs) => {
          const state = live(renewed(start), lived);
          const left = (wall: number): number =>
            state.renewedAtMs + LEASE_MS - Math.max(wall, state.latestSeenMs);
          expect(left(state.latestSeenMs - backMs)).toBe(left(state.latestSeenMs));
          expect(leaseAt(state, state.latestSeenMs - backMs)).toEqual(leaseAt(state, state.latestSeenMs));
        },
      ),
    );
  });

  it('runs out in a run of the app although the clock stands far back', () => {
    const state = live(renewed(start), running(721, -200 * DAY));
    expect(leaseAt(state, start - 200 * DAY).state).toBe('over');
  });

  it('is unlocked again when a clock that jumped past its end is put right', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 30 * DAY, max: 4_000 * DAY }),
        fc.integer({ min: 1, max: 200 }),
        (before, jumpMs, wrongFor) => {
          const right = live(renewed(start), running(before, 0));
          const wrong = live(right, running(wrongFor, jumpMs), start + before * HOUR);
          const nowMs = start + (before + wrongFor) * HOUR;
          expect(leaseAt(wrong, nowMs + jumpMs).state).toBe('over');
          expect(leaseAt(wrong, nowMs).state).toBe('valid');
          expect(wrong.latestSeenMs).toBeLessThanOrEqual(nowMs);
        },
      ),
    );
  });

  it('once over by the time that was counted stays over until it is renewed', () => {
    fc.assert(
      fc.property(hours(fc.integer({ min: -90 * DAY, max: 90 * DAY }), 200), (lived) => {
        const over: LeaseState = { renewedAtMs: start, latestSeenMs: start + LEASE_MS };
        const later = live(over, lived);
        expect(leaseAt(later, start - 1_000 * DAY).state).toBe('over');
      }),
    );
  });
});
