import { describe, expect, it } from 'vitest';
import { inkOfHex } from './oklch.ts';
import { paletteOf } from './palette.ts';

const SIDE = 128;

interface Patch {
  readonly hex: string;
  /** Share of the picture, 0 to 1. */
  readonly share: number;
}

/** A square picture in stripes of the given colours. */
function picture(patches: readonly Patch[], alpha = 255): Uint8Array {
  const rgba = new Uint8Array(SIDE * SIDE * 4);
  let pixel = 0;
  for (const { hex, share } of patches) {
    const end = Math.min(SIDE * SIDE, pixel + Math.round(share * SIDE * SIDE));
    const value = Number.parseInt(hex.slice(1), 16);
    for (; pixel < end; pixel += 1) {
      rgba.set([(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha], pixel * 4);
    }
  }
  return rgba;
}

describe('the palette of a cover', () => {
  it('takes the large dull field as ground and the small bright mark as spark', () => {
    const palette = paletteOf(
      picture([
        { hex: '#1d4b50', share: 0.9 },
        { hex: '#f3a26c', share: 0.02 },
        { hex: '#0d0d0d', share: 0.08 },
      ]),
      SIDE,
      SIDE,
    );
    expect(palette?.ground.hue).toBeCloseTo(inkOfHex('#1d4b50').hue, 0);
    expect(palette?.spark.hue).toBeCloseTo(inkOfHex('#f3a26c').hue, 0);
  });

  it('leaves out a bright mark that covers less than 0.4 %', () => {
    const palette = paletteOf(
      picture([
        { hex: '#1d4b50', share: 0.997 },
        { hex: '#ff5500', share: 0.003 },
      ]),
      SIDE,
      SIDE,
    );
    expect(palette?.spark.hue).toBeCloseTo(inkOfHex('#1d4b50').hue, 0);
  });

  it('gives both inks the one hue of a cover of one colour', () => {
    const palette = paletteOf(picture([{ hex: '#d1442b', share: 1 }]), SIDE, SIDE);
    expect(palette?.ground).toEqual(palette?.spark);
    expect(palette?.ground.hue).toBeCloseTo(inkOfHex('#d1442b').hue, 0);
  });

  it('finds no palette in a grey cover, nor in a white, black or transparent one', () => {
    const greys = ['#808080', '#ffffff', '#000000', '#8a8c8b'];
    expect(greys.map((hex) => paletteOf(picture([{ hex, share: 1 }]), SIDE, SIDE))).toEqual(
      greys.map(() => null),
    );
    expect(paletteOf(picture([{ hex: '#d1442b', share: 1 }], 0), SIDE, SIDE)).toBeNull();
  });

  it('refuses fewer bytes than the size needs', () => {
    expect(() => paletteOf(new Uint8Array(16), 4, 4)).toThrow(RangeError);
  });
});
