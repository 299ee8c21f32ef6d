import { ARTWORK_SIZES, type Artwork, type ArtworkSize } from '../../contract/catalog-http.ts';
import { artworkUrl, trackUrl } from '../../contract/track-url.ts';
import { shell } from './host-client.ts';

/** The smallest published size that is sharp at this many CSS pixels on this screen, else the largest. */
export function artworkSizeFor(
  cssPixels: number,
  pixelRatio: number = window.devicePixelRatio || 1,
): ArtworkSize {
  const needed = cssPixels * pixelRatio;
  // A tenth too small cannot be seen, and saves a picture of four times the size.
  return ARTWORK_SIZES.find((size) => size * 1.1 >= needed) ?? 1024;
}

/** The address of a cover shown `cssPixels` wide; null when there is none. */
export function coverUrl(artwork: Artwork | null, cssPixels: number): string | null {
  return artwork === null ? null : artworkUrl(shell(), artwork.id, artworkSizeFor(cssPixels));
}

/** What a media element plays. */
export const trackAddress = (trackId: string): string => trackUrl(shell(), trackId);
