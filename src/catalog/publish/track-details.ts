import { trackDetailsSchema, type TrackDetails } from '../../contract/catalog-http.ts';
import { detailsKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { hashBytes } from './hash-file.ts';
import { readSeekPoints } from './read-seek-points.ts';
import type { Uploader } from './uploader.ts';

export type Seeking = TrackDetails['seeking'];

/** Where the frames of a published file lie; undefined where nobody need know. */
export const readSeeking = async (
  file: { readonly path: string; readonly bytes: number; readonly sha256: string },
  signal: AbortSignal,
): Promise<Seeking> => {
  const points = await readSeekPoints(file.path, file.bytes, signal);
  return points === null ? undefined : { sha256: file.sha256, points };
};

/** Gives the key of what is said of a track, null when nothing is. */
export const publishDetails = async (details: TrackDetails, uploader: Uploader): Promise<string | null> => {
  const { waveform, lyrics, seeking } = details;
  if (waveform === null && lyrics === null && seeking === undefined) return null;
  const bytes = Buffer.from(JSON.stringify({ waveform, lyrics, seeking }));
  const key = detailsKey(hashBytes(bytes));
  await uploader.ensure(key, 'application/json', () => Promise.resolve(bytes));
  return key;
};

/** What was said of a track when it was published; null where that is not in the store, or is damaged. */
export type ReadDetails = (key: string) => Promise<TrackDetails | null>;

export const createDetailsReader =
  (store: Pick<ObjectStore, 'getBytes'>): ReadDetails =>
  async (key) => {
    const bytes = await store.getBytes(key);
    if (bytes === null) return null;
    try {
      return trackDetailsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      // It is made anew from what is still known.
      return null;
    }
  };
