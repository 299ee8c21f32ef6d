/** Listeners' own pictures for playlists: artwork like any other, under an id that nobody else's upload can have. */
import { createHash } from 'node:crypto';
import { ARTWORK_SIZES } from '../../contract/catalog-http.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { imageKey, imageOwnerKey, imagesFolder, userKeyOf } from './library-keys.ts';

export interface Images {
  /** Null: it is no picture, or none that is taken. */
  take(userId: string, bytes: Uint8Array): Promise<string | null>;
  /** Whether it was uploaded by a listener, and is still there. */
  has(imageId: string): Promise<boolean>;
  removeAll(userId: string): Promise<void>;
}

const FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);
const MOST_PIXELS = 50_000_000;
const WEBP_QUALITY = 82;
const MARK = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
const DECODING = { failOn: 'error', limitInputPixels: MOST_PIXELS } as const;

/** Null where it cannot be decoded. */
const encoded = async (bytes: Uint8Array): Promise<ReadonlyMap<number, Buffer> | null> => {
  // Only when it is needed: a service that takes no picture does without.
  const { default: sharp } = await import('sharp');
  try {
    const { width, height, format } = await sharp(bytes, DECODING).metadata();
    if (format === undefined || !FORMATS.has(format)) return null;
    const upright = sharp(bytes, DECODING).autoOrient();
    const sizes = new Map<number, Buffer>();
    // The smallest last: what has it has all.
    for (const size of ARTWORK_SIZES.toReversed()) {
      const pixels = Math.min(size, width, height);
      sizes.set(
        size,
        await upright
          .clone()
          .resize({ width: pixels, height: pixels, fit: 'cover', position: 'centre' })
          .webp({ quality: WEBP_QUALITY })
          .toBuffer(),
      );
    }
    return sizes;
  } catch (error) {
    // Whatever the decoder says of it, it is the picture's fault.
    if (error instanceof Error) return null;
    throw error;
  }
};

export const createImages = (store: ObjectStore): Images => {
  const has = async (imageId: string): Promise<boolean> =>
    (await store.head(imageKey(imageId, ARTWORK_SIZES[0]))) !== null;

  return {
    async take(userId, bytes) {
      const userKey = userKeyOf(userId);
      // The listener's own, so that removing theirs takes nobody else's away.
      const imageId = createHash('sha256').update(`${userKey}\0`).update(bytes).digest('hex');
      if (await has(imageId)) return imageId;
      const sizes = await encoded(bytes);
      if (sizes === null) return null;
      // Whose it is first: what is removed with them is found by that.
      await store.create(imageOwnerKey(userKey, imageId), new Uint8Array(), MARK);
      for (const [size, content] of sizes)
        await store.put(imageKey(imageId, size), content, { contentType: 'image/webp' });
      return imageId;
    },
    has,
    async removeAll(userId) {
      const folder = imagesFolder(userKeyOf(userId));
      for await (const { key } of store.list(folder)) {
        const imageId = key.slice(folder.length);
        await store.delete(ARTWORK_SIZES.map((size) => imageKey(imageId, size)));
        // Whose they are is gone last, or they would not be found again.
        await store.delete([key]);
      }
    },
  };
};
