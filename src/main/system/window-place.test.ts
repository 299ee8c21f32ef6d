import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOnScreen, type Rectangle, type WindowPlace } from './window-place.ts';

const SIZES = { usual: { width: 1440, height: 900 }, minimum: { width: 720, height: 520 } };
const LAPTOP: Rectangle = { x: 0, y: 25, width: 1440, height: 875 };
const DESK: Rectangle = { x: 1440, y: -200, width: 2560, height: 1400 };
const at = (x: number, y: number, width = 1000, height = 700): WindowPlace => ({
  bounds: { x, y, width, height },
  isMaximised: false,
});

describe('where a window opens', () => {
  it('is the middle of the first screen the first time, as large as it fits', () => {
    expect(placeOnScreen(null, [DESK, LAPTOP], SIZES).bounds).toEqual({
      x: 2000,
      y: 50,
      width: 1440,
      height: 900,
    });
    expect(placeOnScreen(null, [LAPTOP], SIZES).bounds).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  });

  it.each([
    ['on the first screen', at(100, 100)],
    ['on the second', at(2000, -150)],
    ['across both', at(1000, 100)],
    ['half off the side, because somebody put it there', at(-700, 100)],
    ['off the bottom, with its top within reach', at(100, 800)],
    ['maximised', { ...at(100, 100), isMaximised: true }],
  ])('is where it was: %s', (_where, place) => {
    expect(placeOnScreen(place, [LAPTOP, DESK], SIZES)).toEqual(place);
  });

  it.each([
    ['its screen is gone', at(2500, 100), at(440, 100)],
    ['its top is above the screen', at(100, -300), at(100, 25)],
    ['only a sliver is left', at(1400, 100), at(440, 100)],
    ['it is far away', at(-90_000, 90_000), at(0, 200)],
  ])('is the nearest screen when %s', (_why, place, expected) => {
    expect(placeOnScreen(place, [LAPTOP], SIZES)).toEqual(expected);
  });

  it('is no smaller than a window may be, nor larger than a screen', () => {
    expect(placeOnScreen(at(0, 25, 10, 10), [LAPTOP], SIZES).bounds).toMatchObject(SIZES.minimum);
    expect(placeOnScreen(at(9000, 0, 5000, 5000), [LAPTOP], SIZES).bounds).toEqual(LAPTOP);
  });

  it('can always be seen and taken hold of, and is the same when it is asked again', () => {
    const screen = fc.record({
      x: fc.integer({ min: -6000, max: 6000 }),
      y: fc.integer({ min: -6000, max: 6000 }),
      width: fc.integer({ min: 800, max: 6000 }),
      height: fc.integer({ min: 600, max: 4000 }),
    });
    const place = fc.record({
      bounds: fc.record({
        x: fc.integer({ min: -20_000, max: 20_000 }),
        y: fc.integer({ min: -20_000, max: 20_000 }),
        width: fc.integer({ min: 1, max: 9000 }),
        height: fc.integer({ min: 1, max: 9000 }),
      }),
      isMaximised: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.option(place), fc.array(screen, { minLength: 1, maxLength: 4 }), (saved, screens) => {
        const placed = placeOnScreen(saved, screens, SIZES);
        const { x, y, width } = placed.bounds;
        const grips = screens.map((area) => {
          const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
          return seen >= 120 && y >= area.y && y + 44 <= area.y + area.height;
        });
        expect(grips).toContain(true);
        expect(placeOnScreen(placed, screens, SIZES)).toEqual(placed);
      }),
    );
  });
});
