import type { ArtworkSize } from '../../contract/catalog-http.ts';

export interface PictureAddress {
  readonly id: string;
  readonly size: number;
}

/** What is kept of a picture that belongs to music kept offline: lists, tiles and the page of an album. */
export const PINNED_SIZES: readonly ArtworkSize[] = [96, 256, 512];
const ALL_SIZES: readonly ArtworkSize[] = [96, 256, 512, 1024];

export const pictureName = ({ id, size }: PictureAddress): string => `${id}-${size}.webp`;

/** The id in a file's name; other names have none. */
export const artworkIdOf = (name: string): string => name.slice(0, name.indexOf('-'));

/** Which other sizes may stand in, best first: the next larger ones, then the largest of the smaller. */
export const standIns = (size: number): readonly ArtworkSize[] => [
  ...ALL_SIZES.filter((other) => other > size),
  ...ALL_SIZES.filter((other) => other < size).reverse(),
];

/**
 * A WebP file says in its first bytes how long it is (RIFF header, RFC 9649 section 2.3). Over HTTP/2 an answer that was cut off
 * may look like one that ended.
 */
export const isCutShort = (content: Uint8Array): boolean => {
  const { byteLength } = content;
  if (byteLength < 12) return byteLength === 0;
  const view = new DataView(content.buffer, content.byteOffset, byteLength);
  return view.getUint32(0) === 0x52494646 && view.getUint32(4, true) + 8 > byteLength;
};
