import { readFile, stat } from 'node:fs/promises';
import { selectCover } from 'music-metadata';
import type { Artwork } from '../../contract/catalog-http.ts';
import type { MediaRecord, SourceRecord, TrackRecord } from '../segments/catalog-records.ts';
import { audioKey } from '../segments/keys.ts';
import type { ArtworkPublisher } from './artwork.ts';
import { convertToFlac } from './convert-to-flac.ts';
import type { EncodedMedia, Encoder } from './encoder.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { gainTagsOf } from './gain-tags.ts';
import { hashFile } from './hash-file.ts';
import type { Measurement } from './measure-audio.ts';
import type { MeasurementCache } from './measurement-cache.ts';
import { UnreadableFile, reasonOf } from './publish-error.ts';
import type { FileProblem } from './publish-error.ts';
import { readAudioFile } from './read-audio-file.ts';
import type { AudioFile } from './read-audio-file.ts';
import { readLyrics } from './read-lyrics.ts';
import { loudnessFromGain } from './replay-gain.ts';
import type { ScannedFile } from './scan-folder.ts';
import { READER_VERSION, tagFacts } from './tag-facts.ts';
import { publishDetails, readSeeking, type ReadDetails, type Seeking } from './track-details.ts';
import type { AudioFacts, TrackFacts } from './track-facts.ts';
import { StoreError } from '../store/object-store.ts';
import type { Uploader } from './uploader.ts';

export interface PreparationContext {
  readonly library: string;
  readonly uploader: Uploader;
  readonly artwork: ArtworkPublisher;
  /** For flac out of what does not play; null when there is none. */
  readonly ffmpeg: Ffmpeg | null;
  readonly measurements: MeasurementCache;
  readonly encoder: Encoder;
  /** Where temporary files may lie. */
  readonly scratchFolder: string;
  /** The catalog's track of these bytes, if it has one. */
  readonly knownByHash: (sha256: string) => TrackRecord | null;
  readonly readDetails: ReadDetails;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Called for what is wrong with a file that is published all the same. */
  readonly onWarning: (problem: FileProblem) => void;
}

/** Whether a file must be read, or is as the catalog has it. */
export function mustBeRead(
  file: ScannedFile,
  previous: TrackRecord | undefined,
  isMeasuring: boolean,
): boolean {
  if (previous === undefined || !hasSameStat(file, previous)) return true;
  const { reading } = previous.source;
  if (reading === undefined || reading === null || reading.version !== READER_VERSION) return true;
  return reading.sidecars !== file.sidecars || (isMeasuring && !reading.measured);
}

const hasSameStat = (file: ScannedFile, record: TrackRecord): boolean =>
  record.source.bytes === file.bytes && record.source.modifiedMs === file.modifiedMs;

/**
 * Reads one file and puts into the store what of it is missing there: audio, artwork, waveform and lyrics.
 *
 * @throws UnreadableFile (or a system error) when the file cannot be published; a StoreError when the store fails.
 */
export async function prepareTrack(
  file: ScannedFile,
  previous: TrackRecord | undefined,
  context: PreparationContext,
): Promise<TrackFacts> {
  const sha256 =
    previous !== undefined && hasSameStat(file, previous)
      ? previous.source.sha256
      : await hashFile(file.absolutePath, file.bytes, context.signal);
  const audio = await readAudioFile(file.absolutePath, file.bytes);
  const known = previous?.source.sha256 === sha256 ? previous : context.knownByHash(sha256);
  const tags = tagFacts(audio.metadata, file.path);
  const reused = known === null ? null : reusableAudio(known, file, audio, context);
  const facts = reused ?? (await publishContent(file, sha256, audio, known, context));
  const before = { media: facts.audio.media, encoded: known?.source.reading?.encoded };
  const { media, encoded } = await completeEncodings(file, sha256, before, context);
  const source: SourceRecord = {
    library: context.library,
    path: file.path,
    bytes: file.bytes,
    modifiedMs: file.modifiedMs,
    sha256,
    reading: {
      version: READER_VERSION,
      sidecars: file.sidecars,
      measured: reused === null ? facts.isMeasured : (known?.source.reading?.measured ?? false),
      albumKey: tags.albumKey,
      ...(encoded === undefined ? {} : { encoded }),
    },
  };
  return { source, tags, audio: { ...facts.audio, media }, plays: null };
}

/**
 * Makes of a track what it lacks. What cannot be made is missing for those who hear nothing else, and is no reason to
 * leave the track out.
 *
 * @throws StoreError when the store fails, the signal's reason when stopped.
 */
export async function completeEncodings(
  file: ScannedFile,
  sha256: string,
  before: EncodedMedia,
  context: PreparationContext,
): Promise<EncodedMedia> {
  try {
    const verify = (): Promise<void> => requireUnchanged(file);
    return await context.encoder.complete({ ...before, path: file.absolutePath, sha256, verify });
  } catch (error) {
    if (error instanceof StoreError || context.signal.aborted) throw error;
    context.onWarning({ path: file.path, reason: `it could not be encoded (${reasonOf(error)})` });
    return before;
  }
}

interface PublishedContent {
  readonly audio: AudioFacts;
  readonly isMeasured: boolean;
}

/** What was published of the same bytes with the same cover and lyrics beside them needs no second look. */
function reusableAudio(
  known: TrackRecord,
  file: ScannedFile,
  audio: AudioFile,
  { measurements }: PreparationContext,
): PublishedContent | null {
  const { reading } = known.source;
  if (reading === undefined || reading === null || reading.version !== READER_VERSION) return null;
  if (reading.sidecars !== file.sidecars || (measurements.isMeasuring && !reading.measured)) return null;
  const { durationMs, media, loudness, hasLyrics } = known;
  // A track without a picture of its own shows its album's, which may be another by now.
  const hasPicture = file.coverPath !== null || selectCover(audio.metadata.common.picture) !== null;
  const artwork = hasPicture ? known.artwork : null;
  return {
    audio: { durationMs, media, artwork, loudness, detailsKey: known.detailsKey, hasLyrics },
    isMeasured: reading.measured,
  };
}

async function publishContent(
  file: ScannedFile,
  sha256: string,
  audio: AudioFile,
  known: TrackRecord | null,
  context: PreparationContext,
): Promise<PublishedContent> {
  const wasMeasured = known?.source.reading?.measured ?? false;
  const measurement = await context.measurements.measure(sha256, file.absolutePath, wasMeasured);
  if (measurement !== null) refuseShortSound(audio, measurement);
  const { media, seeking } =
    known === null
      ? await publishMedia(file, sha256, audio, context)
      : await readAgain(file, known, audio, context);
  const artwork = await publishArtwork(file, audio, context);
  const waveform = measurement?.waveform ?? null;
  const lyrics = await readLyrics(audio.metadata, file.lyricsPath);
  const key = await publishDetails({ waveform, lyrics, seeking }, context.uploader);
  return {
    audio: {
      durationMs: audio.durationMs,
      media,
      artwork,
      // Measured silence has no loudness; only what was not measured falls back to its tags.
      loudness: measurement === null ? loudnessFromGain(gainTagsOf(audio.metadata)) : measurement.loudness,
      detailsKey: context.dryRun && known !== null ? known.detailsKey : key,
      hasLyrics: lyrics !== null,
    },
    isMeasured: measurement !== null,
  };
}

interface PublishedMedia {
  readonly media: readonly MediaRecord[];
  readonly seeking: Seeking;
}

/** The same file, as it is read today: an older version may have known less of it. */
async function readAgain(
  file: ScannedFile,
  known: TrackRecord,
  audio: AudioFile,
  context: PreparationContext,
): Promise<PublishedMedia> {
  const media = known.media.map((one) =>
    one.quality === 'original' ? mediaOf('original', one.key, one.sha256, one.bytes, audio) : one,
  );
  const original = media.find(({ quality }) => quality === 'original');
  if (original !== undefined) {
    const { sha256, bytes } = original;
    return { media, seeking: await readSeeking({ path: file.absolutePath, bytes, sha256 }, context.signal) };
  }
  // What was made of the file is in the store only, and so is what was found out about it.
  const { detailsKey } = known;
  return {
    media,
    seeking: detailsKey === null ? undefined : (await context.readDetails(detailsKey))?.seeking,
  };
}

/** Less sound than the header says: the rest is missing or damaged. */
function refuseShortSound(audio: AudioFile, measurement: Measurement): void {
  const missingMs = audio.durationMs - measurement.decodedMs;
  if (missingMs > Math.max(500, audio.durationMs * 0.02)) {
    const [present, stated] = [measurement.decodedMs, audio.durationMs].map((ms) => (ms / 1000).toFixed(1));
    throw new UnreadableFile(`it is damaged: ${present} of ${stated} seconds can be decoded`);
  }
}

async function publishMedia(
  file: ScannedFile,
  sha256: string,
  audio: AudioFile,
  context: PreparationContext,
): Promise<PublishedMedia> {
  const { publication } = audio;
  if (publication.as === 'original') {
    const key = audioKey(sha256, publication.extension);
    await context.uploader.ensureFile(key, publication.contentType, file.absolutePath, file.bytes, () =>
      requireUnchanged(file),
    );
    const { absolutePath: path, bytes } = file;
    return {
      media: [mediaOf('original', key, sha256, bytes, audio)],
      seeking: await readSeeking({ path, bytes, sha256 }, context.signal),
    };
  }
  if (context.ffmpeg === null) {
    throw new UnreadableFile(
      `${publication.because} does not play as it is, and turning it into flac needs ffmpeg, which was not found`,
    );
  }
  if (context.dryRun) {
    const media = [mediaOf('lossless', audioKey(sha256, 'flac'), sha256, file.bytes, audio)];
    return { media, seeking: undefined };
  }
  const source = { path: file.absolutePath, sha256 };
  await using flac = await convertToFlac(context.ffmpeg, source, context.scratchFolder, context.signal);
  const key = audioKey(flac.sha256, 'flac');
  await context.uploader.ensureFile(key, 'audio/flac', flac.path, flac.bytes);
  return {
    media: [mediaOf('lossless', key, flac.sha256, flac.bytes, flac.audio)],
    seeking: await readSeeking(flac, context.signal),
  };
}

function mediaOf(
  quality: MediaRecord['quality'],
  key: string,
  sha256: string,
  bytes: number,
  audio: AudioFile,
): MediaRecord {
  return {
    quality,
    key,
    sha256,
    bytes,
    format: audio.format,
    encoderDelaySamples: audio.length?.delaySamples ?? null,
    encoderPaddingSamples: audio.length?.paddingSamples ?? null,
    lengthSamples: audio.length?.lengthSamples ?? null,
  };
}

/** What was uploaded under the hash of a file must be that file: it may have been written to meanwhile. */
async function requireUnchanged(file: ScannedFile): Promise<void> {
  const now = await stat(file.absolutePath);
  if (now.size !== file.bytes || Math.floor(now.mtimeMs) !== file.modifiedMs) {
    throw new UnreadableFile('it changed while it was read; publish again when it is finished');
  }
}

/** The picture in the file, else the one in its folder. A broken one is named, and the next is tried. */
async function publishArtwork(
  file: ScannedFile,
  audio: AudioFile,
  context: PreparationContext,
): Promise<Artwork | null> {
  const embedded = selectCover(audio.metadata.common.picture)?.data ?? null;
  const sources = [
    { name: 'its embedded picture', load: (): Promise<Uint8Array | null> => Promise.resolve(embedded) },
    {
      name: 'the cover beside it',
      load: (): Promise<Uint8Array | null> =>
        file.coverPath === null ? Promise.resolve(null) : readFile(file.coverPath),
    },
  ];
  for (const source of sources) {
    const outcome = await pictureOf(source.load);
    if (outcome.picture === null && outcome.failure === null) continue;
    const published = outcome.picture === null ? outcome : await context.artwork.publish(outcome.picture);
    if (!('failure' in published)) return published;
    context.onWarning({ path: file.path, reason: `${source.name} cannot be used (${published.failure})` });
  }
  return null;
}

async function pictureOf(
  load: () => Promise<Uint8Array | null>,
): Promise<{ readonly picture: Uint8Array | null; readonly failure: string | null }> {
  try {
    return { picture: await load(), failure: null };
  } catch (error) {
    return { picture: null, failure: reasonOf(error) };
  }
}
