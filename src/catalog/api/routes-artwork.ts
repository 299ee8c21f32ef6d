import { z } from 'zod';
import { ARTWORK_SIZES, catalogPaths, sha256Schema, type ArtworkSize } from '../../contract/catalog-http.ts';
import { imageKey } from '../library/library-keys.ts';
import { artworkKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { notFound } from './problems.ts';
import { createRecent } from './recent.ts';
import { answersOtherwise, type Routes } from './routes.ts';

const ADDRESS_LIFETIME_SECONDS = 3600;
/** A redirect may be followed as long as its address still lives a good while. */
const REDIRECT_LIFETIME_SECONDS = 1500;
const ADDRESS_KEPT_MS = 1_800_000;
const MISSING_KEPT_MS = 30_000;
const MOST_KEPT = 20_000;

const byIdAndSize = z.object({
  id: sha256Schema,
  size: z.coerce
    .number()
    .refine(
      (size): size is ArtworkSize => ARTWORK_SIZES.some((known) => known === size),
      'no published size',
    ),
});

/** The largest published size that is not larger than what was asked for; null when there is none. */
const publishedKey = async (
  store: ObjectStore,
  size: ArtworkSize,
  keyOf: (size: ArtworkSize) => string,
): Promise<string | null> => {
  for (const candidate of ARTWORK_SIZES.toReversed()) {
    if (candidate > size) continue;
    const key = keyOf(candidate);
    if ((await store.head(key)) !== null) return key;
  }
  return null;
};

export const installArtworkRoutes: Routes = (server, { index, store, ads, library }) => {
  const addresses = createRecent<string | null>(MOST_KEPT);

  const addressOf = async (id: string, size: ArtworkSize): Promise<string | null> => {
    const known = addresses.get(`${id}-${size}`);
    if (known !== undefined) return known;
    const isOurs = index.read((reader) => reader.hasArtwork(id)) || ads.hasArtwork(id);
    // What is not the catalog's may be a listener's own.
    const keyOf = (each: ArtworkSize): string => (isOurs ? artworkKey(id, each) : imageKey(id, each));
    const key = isOurs || (await library.images.has(id)) ? await publishedKey(store, size, keyOf) : null;
    const address = key === null ? null : (await store.signedUrl(key, ADDRESS_LIFETIME_SECONDS)).url;
    addresses.set(`${id}-${size}`, address, address === null ? MISSING_KEPT_MS : ADDRESS_KEPT_MS);
    return address;
  };

  server.get(
    catalogPaths.artwork,
    {
      config: { access: 'anyone' },
      schema: { params: byIdAndSize, ...answersOtherwise('Redirects to the image, never enlarged') },
    },
    async ({ params }, reply) => {
      const address = await addressOf(params.id, params.size);
      if (address === null) throw notFound(`There is no artwork ${params.id}.`);
      return reply
        .header('cache-control', `public, max-age=${REDIRECT_LIFETIME_SECONDS}`)
        .redirect(address, 302);
    },
  );
};
