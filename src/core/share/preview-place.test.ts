import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewStartMs } from './preview-place.ts';

describe('where a preview begins', () => {
  it('is where it is loudest for that long', () => {
    const waveform = Array.from({ length: 200 }, (_, at) => (at >= 120 && at < 150 ? 240 : 60));
    expect(previewStartMs(200_000, 30_000, waveform)).toBe(120_000);
  });

  it('is past the introduction of what is not known', () => {
    expect(previewStartMs(200_000, 30_000, null)).toBe(60_000);
  });

  it('leaves room for the whole of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7_200_000 }),
        fc.integer({ min: 5000, max: 90_000 }),
        fc.option(fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 800 })),
        (durationMs, lengthMs, waveform) => {
          const startMs = previewStartMs(durationMs, lengthMs, waveform);
          expect(startMs).toBeGreaterThanOrEqual(0);
          expect(startMs).toBeLessThanOrEqual(Math.max(0, durationMs - lengthMs));
        },
      ),
    );
  });
});
