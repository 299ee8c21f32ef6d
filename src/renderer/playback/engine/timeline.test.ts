import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARRIVING, LEAVING } from './curves.ts';
import { contextFrameOf, dryBelowFrames, planJoin, trackFrameAt } from './timeline.ts';

const rateHz = 48_000;

describe('where a follower begins', () => {
  it('without a fade is the frame at which the track ends', () => {
    const join = planJoin({
      endFrame: 1_000_000,
      wantedFadeFrames: 0,
      shorterFrames: 500_000,
      earliestFrame: 600_000,
      rateHz,
    });
    expect(join).toEqual({ atFrame: 1_000_000, fadeFrames: 0 });
  });

  it('after the end, for one who comes late, is as soon as can be', () => {
    const join = planJoin({
      endFrame: 1000,
      wantedFadeFrames: 96_000,
      shorterFrames: 500_000,
      earliestFrame: 2000,
      rateHz,
    });
    expect(join).toEqual({ atFrame: 2000, fadeFrames: 0 });
  });

  it('a fade ends with the track, is never longer than wanted nor than half of either, and never begins too soon to be placed', () => {
    fc.assert(
      fc.property(
        fc.nat(3_000_000),
        fc.nat(600_000),
        fc.nat(3_000_000),
        fc.nat(3_000_000),
        (endFrame, wanted, shorter, earliest) => {
          const join = planJoin({
            endFrame,
            wantedFadeFrames: wanted,
            shorterFrames: shorter,
            earliestFrame: earliest,
            rateHz,
          });
          expect(join.atFrame).toBeGreaterThanOrEqual(earliest);
          expect(join.fadeFrames).toBeLessThanOrEqual(wanted);
          expect(join.fadeFrames * 2).toBeLessThanOrEqual(shorter);
          const trackIsOverAt =
            join.fadeFrames > 0 ? join.atFrame + join.fadeFrames : Math.min(join.atFrame, endFrame);
          expect(trackIsOverAt).toBe(endFrame);
          expect(join.fadeFrames > 0 || join.atFrame === Math.max(endFrame, earliest)).toBe(true);
        },
      ),
    );
  });
});

describe('the clock', () => {
  it('leads back to where it came from', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (contextFrame, trackFrame, at) => {
        const anchor = { contextFrame, trackFrame };
        expect(trackFrameAt(anchor, contextFrameOf(anchor, at))).toBe(at);
      }),
    );
  });

  it('does not call a track dry because its first block is short', () => {
    expect(dryBelowFrames(2400, rateHz)).toBe(1200);
    expect(dryBelowFrames(rateHz * 5, rateHz)).toBe(9600);
  });
});

it('two fades together keep the power that one track has', () => {
  ARRIVING.forEach((gain, index) => {
    expect(gain ** 2 + (LEAVING[index] ?? 9) ** 2).toBeCloseTo(1, 6);
  });
});
