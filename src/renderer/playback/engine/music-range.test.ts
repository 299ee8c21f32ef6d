import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBlock, musicRange } from './music-range.ts';

describe("what of a decoder's samples is the music", () => {
  it("is what the file's facts say, whatever its container says", () => {
    const facts = { sampleRateHz: 44_100, lengthSamples: 181_237, delaySamples: 1105, codec: 'mp3' };
    expect(musicRange(facts, 44_100, -0.5)).toEqual({ first: 1105, length: 181_237 });
  });

  it("is counted at the decoder's rate where that is twice the file's", () => {
    const facts = { sampleRateHz: 22_050, lengthSamples: 1000, delaySamples: 10, codec: 'aac' };
    expect(musicRange(facts, 44_100, 0)).toEqual({ first: 20, length: 2000 });
  });

  it("without facts is everything behind the container's time zero", () => {
    expect(musicRange(null, 48_000, -1024 / 48_000)).toEqual({ first: 1024, length: null });
    expect(musicRange(null, 48_000, 0)).toEqual({ first: 0, length: null });
  });
});

describe('cutting blocks', () => {
  it('gives every sample of the music once and no other, however the blocks lie', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }),
        fc.nat(200),
        fc.nat(200),
        (sizes, from, length) => {
          const heard: number[] = [];
          let index = 0;
          for (const size of sizes) {
            const first = index;
            const block = cutBlock(
              [Float32Array.from({ length: size }, (_, n) => first + n)],
              index,
              from,
              from + length,
            );
            if (block !== null) heard.push(...(block[0] ?? []));
            index += size;
          }
          const expected = Array.from({ length: index }, (_, n) => n).filter(
            (n) => n >= from && n < from + length,
          );
          expect(heard).toEqual(expected);
        },
      ),
    );
  });
});
