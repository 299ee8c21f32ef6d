import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { ARTWORK_SIZES } from '../../contract/catalog-http.ts';
import type { Artwork } from '../../contract/catalog-http.ts';
import { PALETTE_SAMPLE_PIXELS, paletteOf } from '../../core/artwork-colour/palette.ts';
import { artworkKey } from '../segments/keys.ts';
import { hashBytes } from './hash-file.ts';
import { StoreError } from '../store/object-store.ts';
import type { Uploader } from './uploader.ts';

const WEBP_QUALITY = 82;
const LARGEST_PICTURE_PIXELS = 100_000_000;

/** Publishes pictures, each distinct one once. */
export interface ArtworkPublisher {
  /** Gives why when the picture cannot be decoded; rejects only when the store fails. */
  publish(picture: Uint8Array): Promise<Artwork | BrokenPicture>;
}

export interface BrokenPicture {
  readonly failure: string;
}

/**
 * @param known artwork of the previous catalog: its objects are there, nothing of it is decoded again.
 */
export function createArtworkPublisher(
  uploader: Uploader,
  known: ReadonlyMap<string, Artwork>,
): ArtworkPublisher {
  // Holds identifiers and palettes only, never pixels: a large library has tens of thousands of covers.
  const published = new Map<string, Promise<Artwork | BrokenPicture>>();
  return {
    publish: async (picture) => {
      const id = hashBytes(picture);
      const before = known.get(id);
      if (before !== undefined) return before;
      const running = published.get(id) ?? publishPicture(uploader, id, picture);
      published.set(id, running);
      return running;
    },
  };
}

async function publishPicture(
  uploader: Uploader,
  id: string,
  picture: Uint8Array,
): Promise<Artwork | BrokenPicture> {
  try {
    return await encodePicture(uploader, id, picture);
  } catch (error) {
    // The store's failures end the run; everything else is the picture's.
    if (error instanceof StoreError) throw error;
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

async function encodePicture(uploader: Uploader, id: string, picture: Uint8Array): Promise<Artwork> {
  const options = { failOn: 'error', limitInputPixels: LARGEST_PICTURE_PIXELS } as const;
  const upright = sharp(picture, options).autoOrient();
  const { width, height } = await sharp(picture, options).metadata();
  const shortSide = Math.min(width, height);
  const square = (pixels: number): Sharp =>
    upright.clone().resize({ width: pixels, height: pixels, fit: 'cover', position: 'centre' });

  const rgba = await square(PALETTE_SAMPLE_PIXELS).toColourspace('srgb').ensureAlpha().raw().toBuffer();
  const palette = paletteOf(rgba, PALETTE_SAMPLE_PIXELS, PALETTE_SAMPLE_PIXELS);
  for (const size of ARTWORK_SIZES) {
    await uploader.ensure(artworkKey(id, size), 'image/webp', () =>
      // A small picture is never blown up: all sizes above its own hold it as it is.
      square(Math.min(size, shortSide)).webp({ quality: WEBP_QUALITY }).toBuffer(),
    );
  }
  return { id, palette };
}
