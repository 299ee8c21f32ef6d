/** Pieces of tracks that anybody may hear: always the same piece of a track, cut from its smallest file, never encoded anew. */
import { previewStartMs } from '../../core/share/preview-place.ts';
import { trackDetailsSchema } from '../../contract/catalog-http.ts';
import { createRecent } from '../api/recent.ts';
import type { CatalogIndex } from '../index/catalog-index.ts';
import type { CatalogReader } from '../index/catalog-reader.ts';
import type { PlayableMedia } from '../index/media-codec.ts';
import { StoreError, type ByteRange, type ObjectStore } from '../store/object-store.ts';
import { pieceFile, pieceOf, readFragmentedHead } from './mp4-piece.ts';

export interface Preview {
  readonly file: Buffer;
  readonly contentType: string;
  /** Strong. */
  readonly etag: string;
}

export interface Previews {
  /** Whether there is a file to cut it from. */
  has(reader: CatalogReader, trackId: string): boolean;
  /** Null when there is none of that track. */
  of(trackId: string): Promise<Preview | null>;
}

/** A megabyte each at most: half an hour at five seconds a fragment has an index of some 4 kB. */
const MOST_KEPT = 40;
const KEPT_MS = 1_800_000;
const HEAD_BYTES = 32_768;
/** Half a minute of 96 kbit/s is 360 kB. */
const MOST_BYTES = 4 * 1024 ** 2;

const isCuttable = ({ quality, contentType }: PlayableMedia): boolean =>
  quality === 'low' && contentType === 'audio/mp4';

export const createPreviews = (store: ObjectStore, index: CatalogIndex, seconds: number): Previews => {
  const kept = createRecent<Preview>(MOST_KEPT);
  /** Who asks while it is being cut waits for the same. */
  const underWay = new Map<string, Promise<Preview | null>>();

  const bytesOf = async (key: string, range: ByteRange): Promise<Uint8Array> => {
    const found = await store.get(key, { range });
    if (found === null)
      throw new StoreError('corrupt', `${key} is missing`, 'Publish again, or restore what is missing.');
    const pieces: Buffer[] = [];
    for await (const piece of found.body) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  };

  const waveformOf = async (detailsKey: string | null): Promise<readonly number[] | null> => {
    const bytes = detailsKey === null ? null : await store.getBytes(detailsKey);
    return bytes === null
      ? null
      : trackDetailsSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).waveform;
  };

  const cut = async (
    media: PlayableMedia,
    durationMs: number,
    detailsKey: string | null,
  ): Promise<Preview | null> => {
    const head = readFragmentedHead(
      await bytesOf(media.key, { first: 0, last: Math.min(HEAD_BYTES, media.bytes) - 1 }),
    );
    if (head === null) return null;
    const startMs = previewStartMs(durationMs, seconds * 1000, await waveformOf(detailsKey));
    const piece = pieceOf(head, startMs, seconds * 1000);
    if (piece === null || piece.range.last - piece.range.first >= MOST_BYTES) return null;
    const file = pieceFile(piece, await bytesOf(media.key, piece.range));
    if (file === null) return null;
    const { first, last } = piece.range;
    return {
      file,
      contentType: media.contentType,
      etag: `"${media.sha256.slice(0, 24)}-${first}-${last}"`,
    };
  };

  return {
    has: (reader, trackId) => reader.media(trackId)?.some(isCuttable) ?? false,
    of: async (trackId) => {
      const found = index.read((reader) => ({
        media: reader.media(trackId)?.find(isCuttable),
        track: reader.track(trackId),
        detailsKey: reader.detailsKey(trackId) ?? null,
      }));
      if (found.media === undefined || found.track === null) return null;
      const { media, track, detailsKey } = found;
      const known = kept.get(media.sha256);
      if (known !== undefined) return known;
      const cutting = underWay.get(media.sha256) ?? cut(media, track.durationMs, detailsKey);
      underWay.set(media.sha256, cutting);
      try {
        const preview = await cutting;
        if (preview !== null) kept.set(media.sha256, preview, KEPT_MS);
        return preview;
      } finally {
        underWay.delete(media.sha256);
      }
    },
  };
};
