/** Which sizes of a picture are published: cards say how large theirs is, and must not say more than is true. */
import { ARTWORK_SIZES } from '../../contract/catalog-http.ts';
import { createRecent } from '../api/recent.ts';
import { imageKey } from '../library/library-keys.ts';
import { artworkKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';

export interface Pictures {
  /** The largest published width up to `most` pixels; null when there is no such picture. */
  sizeOf(artworkId: string, most: number): Promise<number | null>;
}

const MOST_KEPT = 20_000;
const KEPT_MS = 1_800_000;
const MISSING_KEPT_MS = 30_000;

export const createPictures = (store: ObjectStore): Pictures => {
  const sizes = createRecent<number | null>(MOST_KEPT);
  const look = async (artworkId: string, most: number): Promise<number | null> => {
    // The catalog's, or what a listener gave a playlist.
    for (const keyOf of [artworkKey, imageKey])
      for (const size of ARTWORK_SIZES.toReversed())
        if (size <= most && (await store.head(keyOf(artworkId, size))) !== null) return size;
    return null;
  };
  return {
    sizeOf: async (artworkId, most) => {
      const known = sizes.get(`${artworkId}-${most}`);
      if (known !== undefined) return known;
      const size = await look(artworkId, most);
      sizes.set(`${artworkId}-${most}`, size, size === null ? MISSING_KEPT_MS : KEPT_MS);
      return size;
    },
  };
};
