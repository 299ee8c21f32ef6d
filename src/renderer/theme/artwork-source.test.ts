import { describe, expect, it } from 'vitest';
import type { ColourSource } from '../../core/artwork-colour/theme-colours.ts';
import { chooseSource, looksDifferent } from './artwork-source.ts';

const inks = (hue: number) => {
  const ink = { lightness: 0.6, chroma: 0.1, hue };
  return { ground: ink, spark: ink };
};
const artwork = (hue: number) => ({ id: String(hue).padStart(64, '0'), palette: inks(hue) });
const palette = (hue: number): ColourSource => ({ kind: 'palette', palette: inks(hue) });

describe('where the colours come from', () => {
  it('is the page’s own artwork before what plays', () => {
    expect(chooseSource({ kind: 'artwork', artwork: artwork(20) }, artwork(200))).toEqual(palette(20));
  });

  it('is what plays on a page without artwork, and copper when nothing plays', () => {
    expect(chooseSource({ kind: 'none' }, artwork(200))).toEqual(palette(200));
    expect(chooseSource({ kind: 'none' }, null)).toEqual({ kind: 'none' });
  });

  it('stays as it is while a page does not know its artwork yet', () => {
    expect(chooseSource({ kind: 'waiting' }, artwork(200))).toBeNull();
  });

  it('is the text colour for a cover without colour', () => {
    const grey = { id: 'f'.repeat(64), palette: null };
    expect(chooseSource({ kind: 'artwork', artwork: grey }, null)).toEqual({ kind: 'grey' });
  });
});

describe('a change of colours', () => {
  it('is not worth it for less than 8 degrees, also across the end of the circle', () => {
    expect(looksDifferent(palette(356), palette(3))).toBe(false);
    expect(looksDifferent(palette(356), palette(4))).toBe(true);
  });

  it('is seen between a cover, a grey one and none', () => {
    expect(looksDifferent(palette(10), { kind: 'grey' })).toBe(true);
    expect(looksDifferent({ kind: 'none' }, { kind: 'grey' })).toBe(true);
    expect(looksDifferent({ kind: 'none' }, { kind: 'none' })).toBe(false);
  });
});
