/** The signal cut into tracks at odd samples, once in every format that is published. */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { signalAsPcm } from './signal.ts';

export interface SourceFormat {
  readonly name: string;
  readonly extension: string;
  readonly rateHz: number;
  readonly options: readonly string[];
}

const format = (
  name: string,
  extension: string,
  rateHz: number,
  ...options: readonly string[]
): SourceFormat => ({ name, extension, rateHz, options });

export const MP3_KILOBITS = 192;

export const FORMATS = {
  flac: format('flac', 'flac', 44_100, '-c:a', 'flac'),
  mp3: format('mp3', 'mp3', 44_100, '-c:a', 'libmp3lame', '-b:a', `${MP3_KILOBITS}k`),
  m4a: format('m4a', 'm4a', 44_100, '-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart'),
  ogg: format('ogg vorbis', 'ogg', 44_100, '-c:a', 'libvorbis', '-q:a', '6'),
  opus: format('opus', 'opus', 48_000, '-c:a', 'libopus', '-b:a', '160k'),
  wav: format('wav', 'wav', 44_100, '-c:a', 'pcm_s16le'),
  'flac 48': format('flac 48 kHz', 'flac', 48_000, '-c:a', 'flac'),
} as const;

export interface CutTrack {
  readonly format: SourceFormat;
  readonly lengthSamples: number;
}

export interface CutAlbum {
  readonly title: string;
  readonly tracks: readonly CutTrack[];
  /** Seconds of the uncut signal at which one track ends and the next begins. */
  readonly joinsAt: readonly number[];
  readonly seconds: number;
  /** Played as it came and in all smaller qualities, not only as it came. */
  readonly inEveryQuality: boolean;
}

/** Smaller qualities are encoded at this rate, to the nearest sample. */
export const ENCODED_RATE_HZ = 48_000;

/**
 * In 44.1 kHz samples, odd all; elsewhere the nearest odd number. Where less than a few hundred samples are left of the last frame
 * (203,911 leaves 40), ffmpeg 5.1 states too long a length in an mp3: no fault of a player. The first track is longer than an
 * engine decodes ahead.
 */
const CUTS = [401_237, 203_311, 150_001] as const;

const samplesOf = (cut: number, rateHz: number): number => {
  const nearest = Math.round((cut * rateHz) / 44_100);
  return nearest % 2 === 1 ? nearest : nearest + 1;
};

const album = (title: string, formats: readonly SourceFormat[], inEveryQuality: boolean): CutAlbum => {
  let seconds = 0;
  const joinsAt: number[] = [];
  const tracks = formats.map((source, index) => {
    if (index > 0) joinsAt.push(seconds);
    const lengthSamples = samplesOf(CUTS[index] ?? 0, source.rateHz);
    seconds += lengthSamples / source.rateHz;
    return { format: source, lengthSamples };
  });
  return { title, tracks, joinsAt, seconds, inEveryQuality };
};

/** How long a track is in the smaller qualities. */
export const encodedSamplesOf = ({ format, lengthSamples }: CutTrack): number =>
  Math.round((lengthSamples * ENCODED_RATE_HZ) / format.rateHz);

/** By how many seconds a track is longer there than it was, since it ends with a whole sample. */
export const roundedBySeconds = (track: CutTrack): number =>
  encodedSamplesOf(track) / ENCODED_RATE_HZ - track.lengthSamples / track.format.rateHz;

const pure = (source: SourceFormat, inEveryQuality = false): CutAlbum =>
  album(`Cut ${source.name}`, [source, source, source], inEveryQuality);

/**
 * What is asked about most stands first. Smaller qualities are encoded from samples: whatever these came out of, once they are cut
 * right it is the same. Of lossless, mp3, mixed and of two rates they are played, or all of it would take a quarter of an hour.
 */
export const CUT_ALBUMS: readonly CutAlbum[] = [
  pure(FORMATS.flac, true),
  pure(FORMATS.mp3, true),
  pure(FORMATS.m4a),
  pure(FORMATS.ogg),
  pure(FORMATS.opus),
  pure(FORMATS.wav),
  album('Cut mixed', [FORMATS.flac, FORMATS.mp3, FORMATS.m4a], true),
  album('Cut two rates', [FORMATS.flac, FORMATS['flac 48'], FORMATS.flac], true),
];

export const encode = async (
  pcm: Buffer,
  path: string,
  { rateHz, options }: SourceFormat,
  tags: { readonly artist: string; readonly album: string; readonly title: string; readonly number: number },
): Promise<void> => {
  const raw = `${path}.pcm`;
  await writeFile(raw, pcm);
  await promisify(execFile)(
    'ffmpeg',
    [
      [
        '-hide_banner',
        '-loglevel',
        'error',
        '-y',
        '-f',
        's16le',
        '-ac',
        '2',
        '-ar',
        String(rateHz),
        '-i',
        raw,
      ],
      ['-metadata', `artist=${tags.artist}`, '-metadata', `album=${tags.album}`],
      ['-metadata', `title=${tags.title}`, '-metadata', `track=${tags.number}`, ...options, path],
    ].flat(),
  );
  await rm(raw);
};

/** As `Artist/Album/01 - Title.ext`, tagged as well where the format can hold that. */
export const writeCutAlbum = async (libraryFolder: string, cut: CutAlbum): Promise<void> => {
  const folder = join(libraryFolder, 'Bench', cut.title);
  await mkdir(folder, { recursive: true });
  for (const [index, { format: source, lengthSamples }] of cut.tracks.entries()) {
    const startSeconds = index === 0 ? 0 : (cut.joinsAt[index - 1] ?? 0);
    const title = `${cut.title} ${index + 1}`;
    await encode(
      signalAsPcm(startSeconds * source.rateHz, lengthSamples, source.rateHz),
      join(folder, `0${index + 1} - ${title}.${source.extension}`),
      source,
      { artist: 'Bench', album: cut.title, title, number: index + 1 },
    );
  }
};
