import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimatedBytes, nextRate, remainingTimeMs } from './fetch-rate.ts';
import { inOrder, movedBefore } from './pin-order.ts';
import { stateOfPin, type Obstacle, type PinFacts } from './pin-state.ts';

type Failure = 'not_found' | 'limit_reached';
const facts = (changes: Partial<PinFacts<Failure>>): PinFacts<Failure> => ({
  waitingCount: 0,
  fetchingCount: 0,
  keptCount: 0,
  failure: null,
  isSourceGone: false,
  obstacle: null,
  ...changes,
});
const obstacle: fc.Arbitrary<Obstacle<Failure> | null> = fc.constantFrom(
  null,
  { kind: 'paused' } as const,
  { kind: 'waiting', cause: 'offline' } as const,
  { kind: 'waiting', cause: 'metered' } as const,
  { kind: 'failed', failure: 'limit_reached' } as const,
);
const anyFacts: fc.Arbitrary<PinFacts<Failure>> = fc.record({
  waitingCount: fc.nat(3),
  fetchingCount: fc.nat(2),
  keptCount: fc.nat(3),
  failure: fc.constantFrom(null, 'not_found', 'limit_reached'),
  isSourceGone: fc.boolean(),
  obstacle,
});

describe('how a pin stands', () => {
  it('is kept when all is there, whatever is in the way of others', () => {
    fc.assert(
      fc.property(fc.nat(50), obstacle, (keptCount, inTheWay) => {
        expect(stateOfPin(facts({ keptCount, obstacle: inTheWay }))).toEqual({ kind: 'kept' });
      }),
    );
  });

  it('is failed only when nothing is left to try, or nothing may be tried', () => {
    expect(stateOfPin(facts({ keptCount: 3, failure: 'not_found' }))).toEqual({
      kind: 'failed',
      failure: 'not_found',
    });
    expect(stateOfPin(facts({ waitingCount: 1, failure: 'not_found' }))).toEqual({ kind: 'queued' });
    expect(
      stateOfPin(facts({ waitingCount: 1, obstacle: { kind: 'failed', failure: 'limit_reached' } })),
    ).toEqual({ kind: 'failed', failure: 'limit_reached' });
  });

  it('of a source that left the catalog is kept as far as it is here', () => {
    expect(stateOfPin(facts({ keptCount: 2, failure: 'not_found', isSourceGone: true }))).toEqual({
      kind: 'kept',
    });
    expect(stateOfPin(facts({ keptCount: 0, failure: 'not_found', isSourceGone: true }))).toEqual({
      kind: 'failed',
      failure: 'not_found',
    });
  });

  it('says paused first, then what moves, then what is in the way', () => {
    const waiting = { kind: 'waiting', cause: 'offline' } as const;
    const counts = { waitingCount: 2, fetchingCount: 1 };
    expect(stateOfPin(facts({ ...counts, obstacle: { kind: 'paused' } }))).toEqual({ kind: 'paused' });
    expect(stateOfPin(facts({ ...counts, obstacle: waiting }))).toEqual({ kind: 'fetching' });
    expect(stateOfPin(facts({ waitingCount: 2, obstacle: waiting }))).toEqual(waiting);
  });

  it('is never done while something waits, and never waits while nothing does', () => {
    fc.assert(
      fc.property(anyFacts, (one) => {
        const isDone = one.waitingCount + one.fetchingCount === 0;
        const { kind } = stateOfPin(one);
        expect(kind === 'kept').toBe(
          isDone && (one.failure === null || (one.isSourceGone && one.keptCount > 0)),
        );
        expect(isDone && !['kept', 'failed'].includes(kind)).toBe(false);
      }),
    );
  });
});

describe('the order of pins', () => {
  const keys = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
  const key = fc.constantFrom(...'abcdefghijkl');

  it('moves one and leaves the others as they stood', () => {
    fc.assert(
      fc.property(keys, key, fc.option(key), (order, moved, before) => {
        const after = movedBefore(order, moved, before);
        expect([...after].sort()).toEqual([...order].sort());
        expect(after.filter((one) => one !== moved)).toEqual(order.filter((one) => one !== moved));
      }),
    );
  });

  it('puts the moved one right before the other, or last', () => {
    fc.assert(
      fc.property(keys, key, key, (order, moved, before) => {
        fc.pre(order.includes(moved) && moved !== before);
        const after = movedBefore(order, moved, before);
        expect(after[after.indexOf(moved) + 1]).toBe(order.includes(before) ? before : undefined);
        expect(movedBefore(order, moved, null).at(-1)).toBe(moved);
      }),
    );
  });

  it('stays as it is when nothing is to be moved', () => {
    expect(movedBefore(['a', 'b'], 'x', 'a')).toEqual(['a', 'b']);
    expect(movedBefore(['a', 'b'], 'a', 'a')).toEqual(['a', 'b']);
  });

  it('is as written down, with the rest after it', () => {
    fc.assert(
      fc.property(keys, keys, (present, written) => {
        const ordered = inOrder(present, written);
        expect([...ordered].sort()).toEqual([...present].sort());
        expect(ordered.filter((one) => written.includes(one))).toEqual(
          written.filter((one) => present.includes(one)),
        );
        expect(ordered.filter((one) => !written.includes(one))).toEqual(
          present.filter((one) => !written.includes(one)),
        );
      }),
    );
  });
});

describe('what is still to come', () => {
  it('is estimated from bitrate and length', () => {
    expect(estimatedBytes(320_000, 180_000)).toBe(7_200_000);
  });

  it('follows a steady rate and forgets a burst', () => {
    let rate: number | null = null;
    for (let step = 0; step < 40; step += 1) rate = nextRate(rate, 500_000, 500);
    expect(rate).toBeCloseTo(1_000_000, 3);
    for (let step = 0; step < 40; step += 1) rate = nextRate(rate, 50_000, 500);
    expect(rate).toBeGreaterThan(99_999);
    expect(rate).toBeLessThan(120_000);
  });

  it('stays between what was seen, and does not move without time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 50 }), (samples) => {
        let rate: number | null = null;
        for (const bytes of samples) rate = nextRate(rate, bytes, 1_000);
        expect(rate).toBeGreaterThanOrEqual(Math.min(...samples) - 1e-6);
        expect(rate).toBeLessThanOrEqual(Math.max(...samples) + 1e-6);
        expect(nextRate(rate, 1, 0)).toBe(rate);
      }),
    );
  });

  it('is said in time only when something moves and something is left', () => {
    expect(remainingTimeMs(5_000_000, 1_000_000)).toBe(5_000);
    expect(remainingTimeMs(5_000_000, null)).toBeNull();
    expect(remainingTimeMs(5_000_000, 0)).toBeNull();
    expect(remainingTimeMs(0, 1_000_000)).toBeNull();
  });
});
