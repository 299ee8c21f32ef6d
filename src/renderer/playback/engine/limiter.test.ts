import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, isAtRest } from './limiter.ts';
import type { Planes } from './resampler.ts';
import type { LimiterState } from './seam.ts';
import { PEAK_REACH, raiseTruePeaks } from './true-peak.ts';

const RATE_HZ = 44_100;
const sine = (frequencyHz: number, amplitude: number, length: number, phase = 0): Float32Array =>
  Float32Array.from(
    { length },
    (_, index) => amplitude * Math.sin((2 * Math.PI * frequencyHz * index) / RATE_HZ + phase),
  );

const limited = (
  planes: Planes,
  limitAt: number | null,
  more: {
    readonly before?: LimiterState;
    readonly behind?: Planes;
    readonly blocks?: readonly number[];
  } = {},
) => {
  const limiter = createLimiter({
    rateHz: RATE_HZ,
    channels: planes.length,
    limitAt,
    before: more.before ?? null,
    context: null,
  });
  const length = planes[0]?.length ?? 0;
  const parts: Planes[] = [];
  let at = 0;
  for (let block = 0; at < length; block += 1) {
    const size = more.blocks?.[block % more.blocks.length] ?? 1152;
    parts.push(limiter.push(planes.map((plane) => plane.slice(at, at + size))));
    at += size;
  }
  parts.push(limiter.finish(more.behind ?? null));
  const given = planes.map((_, channel) =>
    Float32Array.from(parts.flatMap((part) => [...(part[channel] ?? [])])),
  );
  return { given, state: limiter.state() };
};

const truePeak = (plane: Float32Array): number => {
  const padded = new Float32Array(plane.length + 2 * PEAK_REACH);
  padded.set(plane, PEAK_REACH);
  const peaks = new Float32Array(plane.length);
  raiseTruePeaks(padded, PEAK_REACH, PEAK_REACH + plane.length, 0, peaks);
  return Math.max(...peaks);
};

describe('a true peak', () => {
  it('is seen between two samples', () => {
    // At a quarter of the rate every sample of this phase is at 0.707 of the top (ITU-R BS.1770-5, annex 2).
    const plane = sine(RATE_HZ / 4, 1, 400, Math.PI / 4);
    expect(Math.max(...plane)).toBeCloseTo(Math.SQRT1_2, 3);
    expect(Math.abs(20 * Math.log10(truePeak(plane.slice(0, 400))))).toBeLessThan(0.7);
    expect(truePeak(sine(997, 0.5, 4000))).toBeCloseTo(0.5, 2);
  });
});

describe('a limiter', () => {
  it('leaves what is below the level as it is, to the bit', () => {
    const planes = [sine(440, 0.7, 6000), sine(3100, 0.6, 6000)];
    const { given, state } = limited(planes, 0.8);
    expect(given).toEqual(planes);
    expect(isAtRest(state)).toBe(true);
  });

  it('holds every true peak under the level, whatever comes in, in whatever blocks, and loses no sample', () => {
    const burst = fc.record({
      frequencyHz: fc.integer({ min: 40, max: 12_000 }),
      amplitude: fc.double({ min: 0, max: 2.5, noNaN: true }),
      length: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(
        fc.array(burst, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 3 }),
        (bursts, blocks) => {
          const plane = Float32Array.from(
            bursts.flatMap(({ frequencyHz, amplitude, length }) => [...sine(frequencyHz, amplitude, length)]),
          );
          const { given } = limited([plane, plane.map((sample) => sample / 3)], 0.8, { blocks });
          expect(given[0]).toHaveLength(plane.length);
          // The gain moves between two samples too, by next to nothing.
          expect(truePeak(given[0] ?? plane)).toBeLessThan(0.8 * 1.01);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lowers both channels alike', () => {
    const loud = sine(300, 1.4, 5000);
    const quiet = loud.map((sample) => sample / 7);
    const { given } = limited([loud, quiet], 0.8);
    const apart = (given[1] ?? quiet).map((sample, index) => Math.abs(sample - (given[0]?.[index] ?? 9) / 7));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
    expect(given[1]).not.toEqual(quiet);
  });

  it('gives the same in whatever blocks the samples come', () => {
    const plane = sine(700, 1.3, 4000);
    const whole = limited([plane], 0.8, { blocks: [4000] }).given;
    expect(limited([plane], 0.8, { blocks: [1, 333, 7] }).given).toEqual(whole);
  });

  it('runs on over a join as if the two tracks were one', () => {
    const plane = Float32Array.from([
      ...sine(700, 0.6, 3000),
      ...sine(650, 1.5, 500),
      ...sine(700, 0.6, 3000),
    ]);
    const whole = limited([plane], 0.8).given[0] ?? plane;
    for (const cut of [2700, 2990, 3001, 3300, 3600]) {
      const left = plane.slice(0, cut);
      const right = plane.slice(cut);
      const one = limited([left], 0.8, { behind: [right] });
      const other = limited([right], 0.8, { before: one.state });
      const joined = [...(one.given[0] ?? []), ...(other.given[0] ?? [])];
      const worst = joined.reduce(
        (most, sample, index) => Math.max(most, Math.abs(sample - (whole[index] ?? 9))),
        0,
      );
      // What little there is comes of the samples before the cut, which the second does not know here.
      expect(worst).toBeLessThan(0.02);
    }
  });

  it('is down at once where it begins with a peak, and lets the level come back smoothly', () => {
    const plane = Float32Array.from([...sine(900, 1.6, 300, 1), ...sine(900, 0.3, 30_000)]);
    const { given, state } = limited([plane], 0.8);
    const gains = [...(given[0] ?? [])].map((sample, index) =>
      Math.abs(plane[index] ?? 0) > 0.1 ? sample / (plane[index] ?? 1) : null,
    );
    const known = gains.filter((gain) => gain !== null);
    const jumps = known.slice(1).map((gain, index) => Math.abs(gain - (known[index] ?? gain)));
    expect(known[0]).toBeLessThan(0.51);
    expect(Math.max(...jumps)).toBeLessThan(0.03);
    expect(known.at(-1)).toBeGreaterThan(0.98);
    expect(isAtRest(state)).toBe(false);
  });
});
