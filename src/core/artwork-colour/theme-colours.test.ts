import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_COLOURS, type ThemeColours, type ThemeName } from './neutral-colours.ts';
import { contrastOf, hueDistance, inkOfHex } from './oklch.ts';
import { minimumContrast, SURFACES, themeColours } from './theme-colours.ts';

const THEMES = Object.keys(NEUTRAL_COLOURS) as ThemeName[];
const READ = ['text', 'text2', 'text3', 'accent'] as const;
/** Edges and the waveform are not text: 3 to 1 on what they lie on. */
const SHAPES = ['control', 'wave'] as const;

const ink = fc.record({
  lightness: fc.double({ min: 0.03, max: 0.97, noNaN: true }),
  chroma: fc.double({ min: 0.03, max: 0.37, noNaN: true }),
  hue: fc.double({ min: 0, max: 360, noNaN: true }),
});
const palette = fc.record({ ground: ink, spark: ink });

/** The worst channel, 0 to 255, by which two colours differ. */
function difference(one: string, other: string): number {
  const channels = (hex: string): readonly number[] =>
    [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  const others = channels(other);
  return Math.max(...channels(one).map((value, index) => Math.abs(value - (others[index] ?? 0))));
}

/** The colours that are more than a trace away from the expected, as `accent: #fa9e61`. */
const farFrom = (expected: Partial<ThemeColours>, colours: ThemeColours): readonly string[] =>
  Object.entries(expected).flatMap(([token, hex]) => {
    const own = colours[token as keyof ThemeColours];
    return difference(own, hex) <= 5 ? [] : [`${token}: ${own}`];
  });

/** Every pair of a theme's colours that cannot be told apart well enough, as `text on page: 4.1`. */
function tooClose(colours: ThemeColours, theme: ThemeName): readonly string[] {
  const read = minimumContrast(theme);
  const pairs = [
    ...READ.flatMap((token) => SURFACES.map((surface) => [token, surface, read] as const)),
    ...(['text', 'text2', 'accent'] as const).map((token) => [token, 'accentWash', 4.5] as const),
    ...SHAPES.flatMap((token) => (['base', 'page'] as const).map((surface) => [token, surface, 3] as const)),
    ['onAccent', 'accent', 4.5] as const,
    ['onAccent', 'accentHover', 4.5] as const,
    ['text', 'field', read] as const,
  ];
  return pairs.flatMap(([token, surface, needed]) => {
    const contrast = contrastOf(colours[token], colours[surface]);
    return contrast >= needed ? [] : [`${token} on ${surface}: ${contrast.toFixed(2)}`];
  });
}

describe('the colours of the window', () => {
  it.each(THEMES)('can be read on every surface, whatever the cover: %s', (theme) => {
    fc.assert(
      fc.property(palette, (cover) => {
        expect(tooClose(themeColours({ kind: 'palette', palette: cover }, theme), theme)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each(THEMES)('keep the hue of the spark in the accent: %s', (theme) => {
    fc.assert(
      fc.property(palette, (cover) => {
        const accent = inkOfHex(themeColours({ kind: 'palette', palette: cover }, theme).accent);
        // An accent that had to go up to almost white or down to almost black says little of its hue.
        fc.pre(accent.chroma > 0.04);
        expect(hueDistance(accent.hue, cover.spark.hue)).toBeLessThan(6);
      }),
    );
  });

  it('are the look’s own for the two covers it works out', () => {
    const flussabwaerts: Partial<ThemeColours> = {
      base: '#0a1314',
      page: '#111a1b',
      raise: '#182222',
      menu: '#1d2727',
      press: '#273132',
      line2: '#394344',
      control: '#727f7f',
      text: '#eaf0f0',
      text3: '#959fa0',
      wave: '#677677',
      accent: '#f3a26c',
      onAccent: '#160d07',
      accentHover: '#feb484',
      accentWash: '#2f241d',
      field: '#042a2d',
      field2: '#021a1c',
    };
    const lowWaterMark: Partial<ThemeColours> = {
      base: '#efeae8',
      page: '#fbf9f9',
      raise: '#ffffff',
      press: '#eae2e0',
      line2: '#cac2c0',
      control: '#827876',
      text: '#1d1615',
      text3: '#665c5a',
      wave: '#8d817e',
      accent: '#b0402b',
      onAccent: '#ffffff',
      accentHover: '#9c2d18',
      accentWash: '#f8e5e0',
      field: '#ffe0d9',
      field2: '#fdf0ed',
    };
    // The inks that paletteOf finds in those covers.
    const dark = themeColours(
      {
        kind: 'palette',
        palette: {
          ground: { lightness: 0.36, chroma: 0.053, hue: 202 },
          spark: { lightness: 0.79, chroma: 0.119, hue: 54 },
        },
      },
      'dark',
    );
    const red = { lightness: 0.59, chroma: 0.181, hue: 33 };
    const light = themeColours({ kind: 'palette', palette: { ground: red, spark: red } }, 'light');
    expect(farFrom(flussabwaerts, dark)).toEqual([]);
    expect(farFrom(lowWaterMark, light)).toEqual([]);
  });

  it('are copper on neutral ground without artwork', () => {
    for (const theme of THEMES) expect(themeColours({ kind: 'none' }, theme)).toBe(NEUTRAL_COLOURS[theme]);
  });

  it.each(THEMES)('make the text the accent of a grey cover, and leave the surfaces alone: %s', (theme) => {
    const colours = themeColours({ kind: 'grey' }, theme);
    expect(colours.accent).toBe(NEUTRAL_COLOURS[theme].text);
    for (const surface of SURFACES) expect(colours[surface]).toBe(NEUTRAL_COLOURS[theme][surface]);
    expect(contrastOf(colours.onAccent, colours.accent)).toBeGreaterThanOrEqual(4.5);
  });

  it('never tint a surface in high contrast', () => {
    const loud = { lightness: 0.6, chroma: 0.2, hue: 140 };
    for (const theme of ['highContrastDark', 'highContrastLight'] as const) {
      const colours = themeColours({ kind: 'palette', palette: { ground: loud, spark: loud } }, theme);
      const { accent: _accent, onAccent: _on, accentHover: _hover, ...rest } = NEUTRAL_COLOURS[theme];
      expect(colours).toMatchObject(rest);
    }
  });
});
