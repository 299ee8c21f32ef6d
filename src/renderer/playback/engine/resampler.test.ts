import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResampler, framesWithin, type Planes, type ResamplerStart } from './resampler.ts';

const tone = (timeS: number): number => 0.5 * Math.sin(2 * Math.PI * 997 * timeS);
const samples = (from: number, count: number, rateHz: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => tone((from + index) / rateHz));

const resampled = (
  parts: readonly Float32Array[],
  [fromHz, toHz]: readonly [number, number],
  before: ResamplerStart | null,
  right: Planes | null,
): { readonly frames: number[]; readonly tail: ResamplerStart } => {
  const resampler = createResampler({ fromHz, toHz, channels: 1, before });
  const frames = parts.flatMap((part) => [...(resampler.push([part])[0] ?? [])]);
  frames.push(...(resampler.finish(right)[0] ?? []));
  const last = Float32Array.from(parts.flatMap((part) => [...part])).slice(-200);
  return { frames, tail: { samples: [last], offset: resampler.offsetBehind() } };
};

const worst = (frames: readonly number[], toHz: number, from: number, to: number): number =>
  Math.max(...frames.slice(from, to).map((frame, index) => Math.abs(frame - tone((from + index) / toHz))));

const RATES = [
  [44_100, 48_000],
  [48_000, 44_100],
  [96_000, 44_100],
  [22_050, 48_000],
  [44_056, 48_000],
] as const;

describe('resampling', () => {
  it.each(RATES)('from %d to %d Hz is the signal at the other rate, without delay', (fromHz, toHz) => {
    const { frames } = resampled([samples(0, 6000, fromHz)], [fromHz, toHz], null, null);
    // What lies at the very edges rings, for silence stands beside it.
    expect(worst(frames, toHz, 200, frames.length - 200)).toBeLessThan(2e-4);
  });

  it.each(RATES)('from %d to %d Hz joins two tracks as if they were one', (fromHz, toHz) => {
    const whole = resampled([samples(0, 5000, fromHz)], [fromHz, toHz], null, null).frames;
    const cut = 2113;
    const head = samples(cut, 200, fromHz);
    const one = resampled([samples(0, cut, fromHz)], [fromHz, toHz], null, [head]);
    const other = resampled([samples(cut, 5000 - cut, fromHz)], [fromHz, toHz], one.tail, null);
    const joined = [...one.frames, ...other.frames];
    expect(joined).toHaveLength(whole.length);
    expect(Math.max(...joined.map((frame, index) => Math.abs(frame - (whole[index] ?? 9))))).toBeLessThan(
      1e-6,
    );
  });

  it('gives exactly as many frames as it promises, over any number of joins', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RATES),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        ([fromHz, toHz], lengths) => {
          let tail: ResamplerStart | null = null;
          let total = 0;
          for (const length of lengths) {
            const offset: number = tail?.offset ?? 0;
            const made: ReturnType<typeof resampled> = resampled(
              [samples(0, length, fromHz)],
              [fromHz, toHz],
              tail,
              null,
            );
            expect(made.frames).toHaveLength(framesWithin(length, fromHz, toHz, offset));
            ({ tail } = made);
            total += made.frames.length;
          }
          const all = lengths.reduce((sum, length) => sum + length, 0);
          expect(total).toBe(framesWithin(all, fromHz, toHz));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('at one rate and between two samples is the signal there', () => {
    const { frames } = resampled(
      [samples(0, 3000, 44_100)],
      [44_100, 44_100],
      { samples: [samples(-100, 100, 44_100)], offset: 0.3125 },
      [samples(3000, 100, 44_100)],
    );
    expect(frames).toHaveLength(3000);
    const errors = frames.map((frame, index) => Math.abs(frame - tone((index + 0.3125) / 44_100)));
    expect(Math.max(...errors)).toBeLessThan(2e-4);
  });

  it('does not depend on how the samples come in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        const all = samples(
          0,
          sizes.reduce((sum, size) => sum + size, 0),
          44_100,
        );
        let at = 0;
        const parts = sizes.map((size) => all.subarray(at, (at += size)));
        expect(resampled(parts, [44_100, 48_000], null, null).frames).toEqual(
          resampled([all], [44_100, 48_000], null, null).frames,
        );
      }),
      { numRuns: 30 },
    );
  });
});
