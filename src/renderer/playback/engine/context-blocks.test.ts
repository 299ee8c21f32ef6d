import { describe, expect, it } from 'vitest';
import { contextBlocks, fitsWithout } from './context-blocks.ts';
import type { OpenTrack } from './open-track.ts';
import type { SeamHead, SeamTail } from './seam.ts';

const CUT_S = 0.2345;
const END_S = 0.4;

const tone = (timeS: number): number =>
  0.4 * Math.sin(2 * Math.PI * 997 * timeS) + 0.1 * Math.sin(2 * Math.PI * 4111 * timeS + 1);

/** The tone from some second on, as a decoder would give it. */
const trackOf = (fromS: number, lengthSamples: number, rateHz: number): OpenTrack => ({
  rateHz,
  channels: 1,
  lengthSamples,
  durationMs: (lengthSamples / rateHz) * 1000,
  async *samplesFrom(from) {
    for (let start = from; start < lengthSamples; start += 1152) {
      const length = Math.min(1152, lengthSamples - start);
      yield [Float32Array.from({ length }, (_, index) => tone(fromS + (start + index) / rateHz))];
    }
  },
  dispose: () => undefined,
});

const play = async (
  track: OpenTrack,
  contextRateHz: number,
  joins: {
    readonly before?: SeamTail | null;
    readonly after?: SeamHead | null;
    readonly limitAt?: number | null;
  },
) => {
  const frames: number[] = [];
  let tail: SeamTail | null = null;
  let head: SeamHead | null = null;
  const blocks = contextBlocks({
    track,
    fromSample: 0,
    contextRateHz,
    limitAt: joins.limitAt ?? null,
    neighbours: {
      before: joins.before ?? null,
      headIs: (given) => {
        head = given;
      },
      after: async () => joins.after ?? null,
      tailIs: (given) => {
        tail = given;
      },
    },
  });
  for await (const block of blocks) frames.push(...(block[0] ?? []));
  return { frames, tail: tail as SeamTail | null, head: head as SeamHead | null };
};

/** Two tracks that are one signal, cut at the nearest sample of the first one's rate, and played one behind the other. */
const joined = async (
  rates: readonly [number, number],
  contextRateHz: number,
  limitAt: number | null = null,
) => {
  const cut = Math.round(CUT_S * rates[0]);
  const one = trackOf(0, cut, rates[0]);
  const other = trackOf(cut / rates[0], Math.round((END_S - CUT_S) * rates[1]), rates[1]);
  const { head } = await play(other, contextRateHz, { limitAt });
  const first = await play(one, contextRateHz, { after: head, limitAt });
  const second = await play(other, contextRateHz, { before: first.tail, limitAt });
  const frameCount = first.frames.length + second.frames.length;
  const endS = cut / rates[0] + Math.round((END_S - CUT_S) * rates[1]) / rates[1];
  expect(frameCount - endS * contextRateHz).toBeGreaterThan(-1e-6);
  expect(frameCount - endS * contextRateHz).toBeLessThan(1);
  return { frames: [...first.frames, ...second.frames], first, second };
};

describe('two tracks that touch', () => {
  const rates = [44_100, 48_000, 96_000] as const;
  const cases = rates.flatMap((one) =>
    rates.flatMap((other) => [44_100, 48_000].map((device) => [one, other, device] as const)),
  );

  it.each(cases)('at %d and %d Hz are one signal on a device of %d Hz', async (one, other, device) => {
    const { frames } = await joined([one, other], device);
    const errors = frames
      .slice(200, -200)
      .map((frame, index) => Math.abs(frame - tone((index + 200) / device)));
    expect(Math.max(...errors)).toBeLessThan(1e-3);
  });

  it('at the device’s rate leave as they came, to the bit', async () => {
    const { frames, first } = await joined([44_100, 44_100], 44_100);
    const cut = Math.round(CUT_S * 44_100);
    const own = [0, cut / 44_100].flatMap((fromS, track) =>
      Array.from({ length: track === 0 ? cut : frames.length - cut }, (_, index) =>
        Math.fround(tone(fromS + index / 44_100)),
      ),
    );
    expect(frames).toEqual(own);
    expect(fitsWithout(first.tail, 44_100, 44_100)).toBe(true);
  });

  it('are held under the level with one gain, which does not jump where one ends', async () => {
    const { frames, first } = await joined([44_100, 48_000], 44_100, 0.3);
    const gains = frames
      .slice(2000, -2000)
      .map((frame, index) => [frame, tone((index + 2000) / 44_100)] as const)
      .filter(([, expected]) => Math.abs(expected) > 0.25)
      .map(([frame, expected]) => frame / expected);
    expect(Math.max(...frames.map(Math.abs))).toBeLessThan(0.3 * 1.001);
    const jumps = gains.slice(1).map((gain, index) => Math.abs(gain - (gains[index] ?? gain)));
    expect(Math.max(...jumps)).toBeLessThan(0.01);
    expect(fitsWithout(first.tail, 44_100, 44_100)).toBe(false);
  });
});
