import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUALITIES } from './entitlement.ts';
import { afterTransfer, throughputBps, UNKNOWN_THROUGHPUT, type Throughput } from './throughput.ts';
import { wantedQuality, type QualitySetting } from './wanted-quality.ts';

const FREE = ['low', 'normal'] as const;
const wanted = (
  setting: QualitySetting,
  rest: Partial<Parameters<typeof wantedQuality>[0]> = {},
): ReturnType<typeof wantedQuality> =>
  wantedQuality({ setting, allowed: QUALITIES, throughputBps: null, isMetered: false, ...rest });

describe('the quality to ask for', () => {
  it.each([
    [null, 'high'],
    [100_000, 'low'],
    [319_000, 'low'],
    [320_000, 'normal'],
    [600_000, 'high'],
    [1_900_000, 'high'],
    [2_000_000, 'lossless'],
  ] as const)('is by itself, over a line of %s bit/s, %s', (bps, quality) => {
    expect(wanted('automatic', { throughputBps: bps })).toBe(quality);
  });

  it('is what was set, whatever the line does', () => {
    expect(wanted('lossless', { throughputBps: 50_000 })).toBe('lossless');
  });

  it('is at most normal where the network is paid by use', () => {
    expect(wanted('lossless', { isMetered: true })).toBe('normal');
    expect(wanted('automatic', { isMetered: true, throughputBps: 10_000_000 })).toBe('normal');
    expect(wanted('low', { isMetered: true })).toBe('low');
  });

  it('is never one that the listener may not have', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<QualitySetting>('automatic', ...QUALITIES),
        fc.subarray([...QUALITIES], { minLength: 1 }),
        fc.option(fc.nat(10_000_000)),
        fc.boolean(),
        (setting, allowed, bps, isMetered) => {
          expect(allowed).toContain(wantedQuality({ setting, allowed, throughputBps: bps, isMetered }));
        },
      ),
    );
    expect(wanted('lossless', { allowed: FREE })).toBe('normal');
  });

  it('never falls when the line becomes faster', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.nat(5_000_000), (one, more) => {
        const rank = (bps: number): number => QUALITIES.indexOf(wanted('automatic', { throughputBps: bps }));
        expect(rank(one + more)).toBeGreaterThanOrEqual(rank(one));
      }),
    );
  });
});

describe('what a line can do', () => {
  /** A second at so many bits a second, so often. */
  const over = (bps: number, seconds: number, from: Throughput = UNKNOWN_THROUGHPUT): Throughput =>
    Array.from({ length: seconds }).reduce<Throughput>((known) => afterTransfer(known, bps / 8, 1_000), from);

  it('is not known before anything came, nor from a few bytes', () => {
    expect(throughputBps(UNKNOWN_THROUGHPUT)).toBeNull();
    expect(throughputBps(afterTransfer(UNKNOWN_THROUGHPUT, 900, 300))).toBeNull();
  });

  it('is known from the first piece on, and lies between the slowest and the fastest of all', () => {
    expect(throughputBps(over(1_000_000, 1))).toBeCloseTo(1_000_000);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 20_000, max: 10_000_000 }), fc.integer({ min: 1, max: 5_000 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (transfers) => {
          const rates = transfers.map(([bytes, ms]) => (bytes * 8_000) / ms);
          const known = transfers.reduce(
            (before, [bytes, ms]) => afterTransfer(before, bytes, ms),
            UNKNOWN_THROUGHPUT,
          );
          const bps = throughputBps(known) ?? 0;
          expect(bps).toBeGreaterThanOrEqual(Math.min(...rates) * 0.999);
          expect(bps).toBeLessThanOrEqual(Math.max(...rates) * 1.001);
        },
      ),
    );
  });

  it('falls within seconds when the line becomes slow, and rises later when it becomes fast', () => {
    const slow = throughputBps(over(200_000, 6, over(8_000_000, 60))) ?? 0;
    expect(slow).toBeLessThan(2_200_000);
    const fast = throughputBps(over(8_000_000, 6, over(200_000, 60))) ?? 0;
    expect(fast).toBeLessThan(3_500_000);
    expect(fast).toBeGreaterThan(200_000);
  });
});
