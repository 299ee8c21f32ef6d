import { nativeImage, type NativeImage } from 'electron';
import { drawGlyph, type GlyphName } from '../../system/glyphs.ts';

const SCALES = [1, 1.5, 2, 3];

/** A sign as the system wants it: so many points wide, sharp on every screen. */
export const glyphImage = (name: GlyphName, sizePoints: number, ink: 'white' | 'black'): NativeImage => {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of SCALES) {
    const sizePx = Math.round(sizePoints * scaleFactor);
    image.addRepresentation({ scaleFactor, buffer: drawGlyph(name, sizePx, ink) });
  }
  return image;
};
