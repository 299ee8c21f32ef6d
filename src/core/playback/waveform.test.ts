import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsIn, resamplePeaks } from './waveform.ts';

const peaksArbitrary = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 800 });

describe('resampling peaks', () => {
  it('keeps them as they are when there are as many bars', () => {
    expect(resamplePeaks([0, 51, 255], 3)).toEqual([0, 0.2, 1]);
  });

  it('takes the highest of each stretch', () => {
    expect(resamplePeaks([0, 255, 0, 0, 51, 0], 3)).toEqual([1, 0, 0.2]);
  });

  it('goes evenly from one peak to the next when there are more bars', () => {
    expect(resamplePeaks([0, 255], 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(resamplePeaks([255], 3)).toEqual([1, 1, 1]);
  });

  it('gives as many bars as asked for, from 0 to 1, and never loses the highest peak', () => {
    fc.assert(
      fc.property(peaksArbitrary, fc.integer({ min: 1, max: 1000 }), (peaks, count) => {
        const bars = resamplePeaks(peaks, count);
        expect(bars).toHaveLength(count);
        expect(bars.every((bar) => bar >= 0 && bar <= 1)).toBe(true);
        const isKept = count > peaks.length || Math.max(...bars) === Math.min(1, Math.max(...peaks));
        expect(isKept).toBe(true);
      }),
    );
  });

  it('shows a quiet recording as high as a loud one, and silence as silence', () => {
    expect(resamplePeaks([0, 8, 16], 3)).toEqual([0, 0.5, 1]);
    expect(resamplePeaks([0, 0], 2)).toEqual([0, 0]);
  });

  it('gives nothing for nothing', () => {
    expect(resamplePeaks([], 10)).toEqual([]);
    expect(resamplePeaks([1], 0)).toEqual([]);
  });
});

it('fits bars of 2 with gaps of 1', () => {
  expect(barsIn(300, 2, 1)).toBe(100);
  expect(barsIn(2, 2, 1)).toBe(1);
  expect(barsIn(0, 2, 1)).toBe(0);
});
