import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastOf, hexOf, hueDistance, inkOfHex, inkOfRgb, intoGamut, isInGamut } from './oklch.ts';

describe('OKLCH', () => {
  it.each([
    // Ottosson's reference values of the sRGB primaries.
    ['#ff0000', 0.628, 0.2577, 29.23],
    ['#00ff00', 0.8664, 0.2948, 142.5],
    ['#0000ff', 0.452, 0.3132, 264.05],
  ])('puts %s where the reference puts it', (hex, lightness, chroma, hue) => {
    const ink = inkOfHex(hex);
    expect(ink.lightness).toBeCloseTo(lightness, 2);
    expect(ink.chroma).toBeCloseTo(chroma, 2);
    expect(ink.hue).toBeCloseTo(hue, 0);
  });

  it('gives every 8-bit colour back as it came', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        const hex = `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
        expect(hexOf(inkOfRgb(red, green, blue))).toBe(hex);
      }),
    );
  });

  it('takes chroma away, and nothing else, from a colour that no screen can show', () => {
    const loud = { lightness: 0.78, chroma: 0.4, hue: 200 };
    const shown = intoGamut(loud);
    expect(isInGamut(loud)).toBe(false);
    expect(isInGamut(shown)).toBe(true);
    expect(shown).toMatchObject({ lightness: 0.78, hue: 200 });
    expect(isInGamut({ ...shown, chroma: shown.chroma + 0.002 })).toBe(false);
  });

  it('measures contrast as WCAG does', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrastOf('#ffffff', '#767676')).toBe(contrastOf('#767676', '#ffffff'));
  });

  it('measures the shorter way around the circle of hues', () => {
    expect(hueDistance(350, 10)).toBe(20);
    expect(hueDistance(10, 350)).toBe(20);
    expect(hueDistance(0, 180)).toBe(180);
  });
});
