import { z } from 'zod';
import { QUALITIES, type Quality } from '../../core/entitlement/entitlement.ts';
import { mediaSchema } from '../segments/catalog-records.ts';
import type { MediaRecord, TrackRecord } from '../segments/catalog-records.ts';
import { audioKey, encodingKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { encodeAudio } from './encode-audio.ts';
import type { EncodedFile } from './encode-audio.ts';
import { ENCODINGS, encodingsOf, settingsOf } from './encodings.ts';
import type { Encoding } from './encodings.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { Uploader } from './uploader.ts';

/** The objects of a track, and by which settings (`source.reading.encoded`) all but the first were made. */
export interface EncodedMedia {
  readonly media: readonly MediaRecord[];
  readonly encoded: string | undefined;
}

export interface EncodingSource extends EncodedMedia {
  readonly path: string;
  /** Of the file. */
  readonly sha256: string;
  /** Rejects when the file is not any more what the hash says. */
  readonly verify: () => Promise<void>;
}

export interface EncodingTotals {
  /** Files that ffmpeg encoded, each into all that it lacked; in a dry run those that it would. */
  readonly tracks: number;
  /** Of what came of it. */
  readonly bytes: number;
  /** Of all processes together. */
  readonly seconds: number;
}

/** Makes the smaller qualities, once for each distinct content, also across runs and machines. */
export interface Encoder {
  /** What ffmpeg was built without, so that nothing can be made; null when it can, or there is none. */
  readonly missingEncoder: string | null;
  /** Whether something is to be made of a track: never where nothing can be. */
  lacks(track: EncodedMedia): boolean;
  /**
   * The objects with what was lacking among them, in the store by then. As it was, where nothing can be made.
   *
   * @throws UnreadableFile when the file cannot be decoded, or changed; StoreError when the store fails.
   */
  complete(source: EncodingSource): Promise<EncodedMedia>;
  readonly totals: EncodingTotals;
}

export interface EncoderOptions {
  /** Null when nothing is to be encoded. */
  readonly ffmpeg: Ffmpeg | null;
  readonly store: ObjectStore;
  readonly uploader: Uploader;
  readonly scratchFolder: string;
  /** Which qualities to make; default: all of them. */
  readonly qualities?: readonly Quality[] | undefined;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** What an encoding came to; kept in the store at once, not with the catalog, since making it takes longer than all else. */
const keptSchema = z.object({ media: mediaSchema });

/** The objects of a record of the catalog. */
export const encodedMediaOf = ({ media, source }: TrackRecord): EncodedMedia => ({
  media,
  encoded: source.reading?.encoded,
});

export function createEncoder(options: EncoderOptions): Encoder {
  const { ffmpeg, store, uploader, scratchFolder, signal, qualities = QUALITIES } = options;
  const running = new Map<string, Promise<readonly MediaRecord[]>>();
  let totals: EncodingTotals = { tracks: 0, bytes: 0, seconds: 0 };
  const unable =
    ENCODINGS.filter(({ quality }) => qualities.includes(quality)).find(
      ({ encoder }) => ffmpeg?.encoders.has(encoder) !== true,
    )?.encoder ?? null;
  const wantedOf = (came: MediaRecord, encoded: string | undefined): readonly Encoding[] =>
    encodingsOf(came, qualities, encoded);
  const lacks = ({ media: [came], encoded }: EncodedMedia): boolean =>
    unable === null && came !== undefined && settingsOf(wantedOf(came, encoded)) !== (encoded ?? '');

  const kept = async (sha256: string, { settings }: Encoding): Promise<MediaRecord | null> => {
    const bytes = await store.getBytes(encodingKey(sha256, settings));
    const media = bytes === null ? null : parseKept(bytes);
    if (media === null) return null;
    const object = await store.head(media.key);
    return object?.bytes === media.bytes ? media : null;
  };

  /** Encodes a track into these and puts all of it into the store. */
  const encode = async (
    encoder: Ffmpeg,
    source: EncodingSource,
    came: MediaRecord,
    encodings: readonly Encoding[],
  ): Promise<readonly EncodedFile[]> => {
    const input = { path: source.path, came };
    await using made = await encodeAudio(encoder, input, encodings, scratchFolder, signal);
    // An encoding is found by the file's hash ever after, so it must be of that file.
    await source.verify();
    for (const { path, encoding, media } of made.files) {
      await uploader.ensureFile(media.key, media.format.contentType, path, media.bytes);
      const note = Buffer.from(JSON.stringify({ media } satisfies z.infer<typeof keptSchema>));
      // A note that is there does not hold: it names what is lost, or cannot be read.
      await uploader.replace(encodingKey(source.sha256, encoding.settings), 'application/json', note);
    }
    totals = {
      tracks: totals.tracks + 1,
      bytes: totals.bytes + made.files.reduce((sum, { media }) => sum + media.bytes, 0),
      seconds: totals.seconds + made.seconds,
    };
    return made.files;
  };

  const make = async (source: EncodingSource, came: MediaRecord): Promise<readonly MediaRecord[]> => {
    const wanted = wantedOf(came, source.encoded);
    const found = await Promise.all(wanted.map((encoding) => kept(source.sha256, encoding)));
    const missing = wanted.filter((_, index) => found[index] === null);
    if (missing.length === 0 || ffmpeg === null) return found.filter((one) => one !== null);
    if (options.dryRun) {
      totals = { ...totals, tracks: totals.tracks + 1 };
      return wanted.map((encoding, index) => found[index] ?? foreseen(came, source.sha256, encoding));
    }
    const made = await encode(ffmpeg, source, came, missing);
    return wanted.flatMap(
      (encoding, index) => found[index] ?? made.find((file) => file.encoding === encoding)?.media ?? [],
    );
  };

  return {
    missingEncoder: ffmpeg === null ? null : unable,
    lacks,
    complete: async (source) => {
      const [came] = source.media;
      if (came === undefined || !lacks(source)) return { media: source.media, encoded: source.encoded };
      const work = running.get(source.sha256) ?? make(source, came);
      running.set(source.sha256, work);
      try {
        return { media: [came, ...(await work)], encoded: settingsOf(wantedOf(came, source.encoded)) };
      } finally {
        running.delete(source.sha256);
      }
    },
    get totals() {
      return totals;
    },
  };
}

/** What a dry run says of an encoding that it does not make. */
const foreseen = (came: MediaRecord, sha256: string, encoding: Encoding): MediaRecord => ({
  ...came,
  quality: encoding.quality,
  key: audioKey(sha256, encoding.extension),
  bytes: 0,
});

/** Null for what another version wrote: it is encoded again. */
function parseKept(bytes: Uint8Array): MediaRecord | null {
  try {
    return keptSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).media;
  } catch {
    return null;
  }
}
