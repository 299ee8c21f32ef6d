import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdPolicy } from '../entitlement/entitlement.ts';
import {
  afterAdBreakEvent,
  heardInBreak,
  isAdBreakDue,
  noMusicHeard,
  type AdBreakState,
} from './ad-break.ts';
import { breakLeftMs, milestonesPassed } from './break-progress.ts';

const POLICY: AdPolicy = { afterMusicMs: 600_000, mostSpots: 2 };
const heard = (ms: number, state: AdBreakState = noMusicHeard): AdBreakState =>
  afterAdBreakEvent(state, { kind: 'musicHeard', ms });
const after = (state: AdBreakState, kind: 'breakBegan' | 'breakEnded' | 'cameToNothing'): AdBreakState =>
  afterAdBreakEvent(state, { kind });
const due = (state: AdBreakState, changes: Partial<Parameters<typeof isAdBreakDue>[1]> = {}): boolean =>
  isAdBreakDue(state, { policy: POLICY, isAway: false, ...changes });

describe('an ad break', () => {
  it('comes after as much music as the policy says, and not a moment before', () => {
    expect(due(heard(599_999))).toBe(false);
    expect(due(heard(600_000))).toBe(true);
    expect(due(heard(300_000, heard(300_000)))).toBe(true);
  });

  it('can be seen coming', () => {
    expect(due(heard(585_000), { musicToComeMs: 14_999 })).toBe(false);
    expect(due(heard(585_000), { musicToComeMs: 15_000 })).toBe(true);
  });

  it('that came to nothing is asked for again after three minutes, or a whole interval where that is shorter', () => {
    const empty = after(after(heard(700_000), 'breakBegan'), 'cameToNothing');
    expect(due(heard(179_999, empty))).toBe(false);
    expect(due(heard(180_000, empty))).toBe(true);
    const often = { policy: { afterMusicMs: 20_000, mostSpots: 1 } };
    expect(due(heard(19_999, empty), often)).toBe(false);
    expect(due(heard(20_000, empty), often)).toBe(true);
  });

  it('holds as many spots as the policy allows, of what is offered', () => {
    expect(heardInBreak(POLICY, ['one', 'two', 'three'])).toEqual(['one', 'two']);
    expect(heardInBreak(POLICY, [])).toEqual([]);
    expect(heardInBreak(null, ['one'])).toEqual([]);
  });
});

/** A listener's evening: what happens, one thing after the other. */
const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('listen' as const), ms: fc.nat(400_000) }) },
  // Between two tracks; `comes`: what becomes of a break that is due.
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      comes: fc.constantFrom('heard' as const, 'nothing' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), isAway: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tier' as const), isFree: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);
const policyArbitrary = fc.record({
  afterMusicMs: fc.oneof(fc.constantFrom(0, 600_000), fc.integer({ min: 0, max: 900_000 })),
  mostSpots: fc.integer({ min: 1, max: 4 }),
});

interface Change {
  readonly asked: boolean;
  readonly had: boolean;
  readonly isAway: boolean;
  readonly isFree: boolean;
  /** Counted by the test itself. */
  readonly sinceBreakMs: number;
  readonly sinceAskedMs: number;
}

const evening = (
  policy: AdPolicy,
  steps: readonly (typeof stepArbitrary extends fc.Arbitrary<infer Step> ? Step : never)[],
): readonly Change[] => {
  let state = noMusicHeard;
  let [isAway, isFree, sinceBreakMs, sinceAskedMs] = [false, true, 0, Infinity];
  const changes: Change[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case 'listen':
        state = heard(step.ms, state);
        sinceBreakMs += step.ms;
        sinceAskedMs += step.ms;
        break;
      case 'away':
        ({ isAway } = step);
        break;
      case 'tier':
        ({ isFree } = step);
        break;
      case 'restart':
        state = noMusicHeard;
        [sinceBreakMs, sinceAskedMs] = [0, Infinity];
        break;
      case 'change': {
        const asked = isAdBreakDue(state, { policy: isFree ? policy : null, isAway });
        const had = asked && step.comes === 'heard';
        changes.push({ asked, had, isAway, isFree, sinceBreakMs, sinceAskedMs });
        if (!asked) break;
        state = after(state, 'breakBegan');
        // In a break nothing is due, and what sounds is not music.
        expect(isAdBreakDue(heard(1e9, state), { policy, isAway: false })).toBe(false);
        state = after(state, had ? 'breakEnded' : 'cameToNothing');
        sinceAskedMs = 0;
        if (had) sinceBreakMs = 0;
        break;
      }
    }
  }
  return changes;
};

describe('over whatever evening', () => {
  /** The shortest evening on which a promise is broken, with its seed; null when none was found. */
  const broken = (promise: (change: Change, policy: AdPolicy) => boolean) =>
    fc.check(
      fc.property(policyArbitrary, fc.array(stepArbitrary, { maxLength: 60 }), (policy, steps) =>
        evening(policy, steps).every((change) => promise(change, policy)),
      ),
    ).counterexample;

  it('no break comes away from the service, nor to a premium listener', () => {
    expect(broken(({ asked, isAway, isFree }) => !asked || (!isAway && isFree))).toBeNull();
  });

  it('none comes on the first play of a session, nor twice without a whole interval of music between', () => {
    expect(
      broken(
        ({ asked, sinceBreakMs }, policy) =>
          !asked || (sinceBreakMs > 0 && sinceBreakMs >= policy.afterMusicMs),
      ),
    ).toBeNull();
  });

  it('the service is not asked after every track when it has nothing', () => {
    expect(
      broken(
        ({ asked, sinceAskedMs }, policy) => !asked || sinceAskedMs >= Math.min(policy.afterMusicMs, 180_000),
      ),
    ).toBeNull();
  });

  it('a free listener who is online hears one when it is due, at the next change of tracks', () => {
    expect(
      broken(
        ({ asked, isAway, isFree, sinceBreakMs, sinceAskedMs }, policy) =>
          asked ||
          isAway ||
          !isFree ||
          sinceBreakMs === 0 ||
          sinceBreakMs < policy.afterMusicMs ||
          sinceAskedMs < Math.min(policy.afterMusicMs, 180_000),
      ),
    ).toBeNull();
  });
});

describe('the marks of a spot', () => {
  it('are each passed once and in order, however the clock ticks', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ticks) => {
        const shares = [0, ...ticks.toSorted((one, other) => one - other), 1];
        const passed = shares.slice(1).flatMap((share, index) => milestonesPassed(shares[index] ?? 0, share));
        expect(passed).toEqual(['firstQuartile', 'midpoint', 'thirdQuartile', 'complete']);
      }),
    );
  });

  it('the music is as far off as what is left of the spots', () => {
    const spots = [{ durationMs: 9000 }, { durationMs: 12_000 }];
    expect(breakLeftMs(spots, 0, 0)).toBe(21_000);
    expect(breakLeftMs(spots, 0, 4000)).toBe(17_000);
    expect(breakLeftMs(spots, 1, 0)).toBe(12_000);
    // A spot may turn out longer than it was said to be.
    expect(breakLeftMs(spots, 1, 12_500)).toBe(0);
  });
});
