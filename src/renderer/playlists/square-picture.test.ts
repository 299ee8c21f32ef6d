import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { middleSquare } from './square-picture.ts';

describe('the part of a picture that is kept', () => {
  it.each([
    [400, 300, { leftPx: 50, topPx: 0, edgePx: 300 }],
    [300, 400, { leftPx: 0, topPx: 50, edgePx: 300 }],
    [301, 300, { leftPx: 0, topPx: 0, edgePx: 300 }],
    [1, 1, { leftPx: 0, topPx: 0, edgePx: 1 }],
  ])('of %i by %i', (widthPx, heightPx, part) => {
    expect(middleSquare(widthPx, heightPx)).toEqual(part);
  });

  it('lies within it, in whole pixels, as large as it can be and in the middle', () => {
    const anyEdge = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(anyEdge, anyEdge, (widthPx, heightPx) => {
        const { leftPx, topPx, edgePx } = middleSquare(widthPx, heightPx);
        expect(edgePx).toBe(Math.min(widthPx, heightPx));
        expect(Number.isInteger(leftPx) && Number.isInteger(topPx)).toBe(true);
        expect(Math.abs(widthPx - edgePx - 2 * leftPx)).toBeLessThanOrEqual(1);
        expect(Math.abs(heightPx - edgePx - 2 * topPx)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
