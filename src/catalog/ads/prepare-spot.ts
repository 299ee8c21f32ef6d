import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LARGEST_AD_BYTES } from '../../contract/ads-http.ts';
import type { Artwork } from '../../contract/catalog-http.ts';
import { genresNamed } from '../index/genre-id.ts';
import type { ArtworkPublisher } from '../publish/artwork.ts';
import type { Ffmpeg } from '../publish/ffmpeg.ts';
import { hashFile } from '../publish/hash-file.ts';
import { idFrom } from '../publish/ids.ts';
import { measureAudio } from '../publish/measure-audio.ts';
import { UnreadableFile, reasonOf, systemErrorCode } from '../publish/publish-error.ts';
import { readAudioFile, type AudioFile } from '../publish/read-audio-file.ts';
import type { Uploader } from '../publish/uploader.ts';
import { audioKey } from '../segments/keys.ts';
import type { SpotRecord } from './ad-records.ts';
import type { SpotEntry } from './ads-file.ts';
import { gainDbFor, levelAudio } from './level-audio.ts';

export interface SpotContext {
  readonly folder: string;
  readonly uploader: Uploader;
  readonly artwork: ArtworkPublisher;
  /** Null where there is none: audio is then taken as it is. */
  readonly ffmpeg: Ffmpeg | null;
  readonly scratchFolder: string;
  /** The spot that was made of the same audio before. */
  readonly known: (sourceSha256: string) => SpotRecord | null;
  readonly signal: AbortSignal;
}

const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;
/** A minute as studios deliver it, with room to spare. */
const LARGEST_SOURCE_BYTES = 64 * 1024 ** 2;

const SMALL_BITRATE_BPS = 160_000;
const RIGHT_WITHIN_DB = 0.5;

/** Something is wrong with one field of a spot. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
  readonly field: 'audio' | 'picture';

  constructor(field: FieldProblem['field'], reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.field = field;
  }
}

/** What the file system or the decoder says, as what is wrong with the field. Everything else is not the operator's fault. */
const inField = async <Value>(
  field: FieldProblem['field'],
  path: string,
  work: () => Promise<Value>,
): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT')
      throw new FieldProblem(field, `there is no file ${path}`, { cause: error });
    if (error instanceof UnreadableFile || systemErrorCode(error) !== null)
      throw new FieldProblem(field, `${path}: ${reasonOf(error)}`, { cause: error });
    throw error;
  }
};

type SpotAudio = Pick<SpotRecord, 'media' | 'durationMs' | 'loudness' | 'levelled'>;

interface Source {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const asItIs = async (
  source: Source,
  audio: AudioFile,
  { uploader, signal }: SpotContext,
): Promise<SpotAudio> => {
  const { publication, durationMs } = audio;
  if (publication.as !== 'original' || publication.codec === 'pcm')
    throw new UnreadableFile('without ffmpeg only mp3, m4a, aac, ogg, opus and flac can be taken');
  if (source.bytes > LARGEST_AD_BYTES)
    throw new UnreadableFile('it is larger than 8 MB, and making it smaller needs ffmpeg');
  const key = audioKey(source.sha256, publication.extension);
  const { contentType } = publication;
  await uploader.ensureFile(key, contentType, source.path, source.bytes, async () => {
    if ((await hashFile(source.path, source.bytes, signal)) !== source.sha256)
      throw new UnreadableFile('it changed while it was read');
  });
  const media = { key, sha256: source.sha256, bytes: source.bytes, contentType };
  return { media, durationMs, loudness: null, levelled: false };
};

const isSmall = ({ publication, format }: AudioFile): boolean =>
  publication.as === 'original' &&
  ['opus', 'aac'].includes(publication.codec) &&
  format.bitrateBps <= SMALL_BITRATE_BPS;

const publishAudio = async (source: Source, context: SpotContext): Promise<SpotAudio> => {
  const { uploader, ffmpeg, scratchFolder, signal } = context;
  const audio = await readAudioFile(source.path, source.bytes);
  const seconds = audio.durationMs / 1000;
  if (audio.durationMs < SHORTEST_MS || audio.durationMs > LONGEST_MS)
    throw new UnreadableFile(`it is ${seconds.toFixed(1)} s long, and an ad is 1 to 60 s`);
  if (ffmpeg === null) return asItIs(source, audio, context);
  const { loudness: measured } = await measureAudio(ffmpeg, source.path, signal);
  if (measured === null) throw new UnreadableFile('it is silent');
  // Encoded once more it would only lose.
  if (isSmall(audio) && Math.abs(gainDbFor(measured)) <= RIGHT_WITHIN_DB)
    return { ...(await asItIs(source, audio, context)), loudness: measured, levelled: true };
  const loud = { ...source, loudness: measured };
  await using levelled = await levelAudio(ffmpeg, loud, scratchFolder, signal);
  const { sha256, bytes, contentType, extension, durationMs, loudness } = levelled;
  const key = audioKey(sha256, extension);
  await uploader.ensureFile(key, contentType, levelled.path, bytes);
  return { media: { key, sha256, bytes, contentType }, durationMs, loudness, levelled: true };
};

const publishPicture = async (path: string, { folder, artwork }: SpotContext): Promise<Artwork> => {
  const published = await artwork.publish(await readFile(join(folder, path)));
  if ('failure' in published) throw new UnreadableFile(published.failure);
  return published;
};

/**
 * Puts what a spot needs into the store and gives its record. The same audio is the same spot, whatever else was changed of it,
 * and is not encoded twice.
 *
 * @throws FieldProblem for what the operator can mend; a StoreError when the store fails.
 */
export const prepareSpot = async (entry: SpotEntry, context: SpotContext): Promise<SpotRecord> => {
  const path = join(context.folder, entry.audio);
  const { sourceSha256, audio } = await inField('audio', entry.audio, async () => {
    const { size: bytes } = await stat(path);
    if (bytes > LARGEST_SOURCE_BYTES) throw new UnreadableFile('it is larger than 64 MB');
    const sha256 = await hashFile(path, bytes, context.signal);
    const known = context.known(sha256);
    const isDone = known !== null && (known.levelled || context.ffmpeg === null);
    return {
      sourceSha256: sha256,
      audio: isDone ? known : await publishAudio({ path, bytes, sha256 }, context),
    };
  });
  const { picture } = entry;
  const artwork =
    picture === null ? null : await inField('picture', picture, () => publishPicture(picture, context));
  const { sender, title, link, weight, from, until } = entry;
  return {
    id: idFrom('ad', sourceSha256),
    sender,
    title,
    durationMs: audio.durationMs,
    artwork,
    link,
    weight,
    from,
    until,
    avoidGenres: genresNamed(entry.avoidGenres),
    media: audio.media,
    loudness: audio.loudness,
    levelled: audio.levelled,
    sourceSha256,
    hasEnded: false,
  };
};
