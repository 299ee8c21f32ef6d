import { mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaRecord } from '../segments/catalog-records.ts';
import { audioKey } from '../segments/keys.ts';
import type { Encoding } from './encodings.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { OPUS_FRAME_SAMPLES, readFragmentedLength } from './fragmented-length.ts';
import { hashFile } from './hash-file.ts';
import { unsaidDelaySamples } from '../segments/unsaid-delay.ts';
import { UnreadableFile } from './publish-error.ts';

/** Opus takes no other rate of music. */
const ENCODED_RATE_HZ = 48_000;
/** The smaller qualities are stereo at most: more channels are mixed down. */
const MOST_CHANNELS = 2;

/** One file that ffmpeg made. */
export interface EncodedFile {
  readonly path: string;
  readonly encoding: Encoding;
  readonly media: MediaRecord;
}

/** All that was made of one track. It lies in a folder that goes away with `dispose`. */
export interface EncodedFiles extends AsyncDisposable {
  readonly files: readonly EncodedFile[];
  /** That ffmpeg took. */
  readonly seconds: number;
}

/**
 * How long a track is at the rate it is encoded smaller at: its samples times the rates' ratio, to the nearest whole one. Null
 * when nobody knows how long it is; it is then as long as it decodes.
 */
export function encodedLength(came: MediaRecord): number | null {
  if (came.lengthSamples === null) return null;
  const heard = Math.max(0, came.lengthSamples - unsaidDelaySamples(came));
  return Math.round((heard * ENCODED_RATE_HZ) / came.format.sampleRateHz);
}

/**
 * Encodes the first audio stream of a file in one ffmpeg process that decodes it once. The same input gives the same bytes,
 * so that an interrupted run finds what it uploaded.
 *
 * @param came what of the file was published: its length is held to, whatever the decoder adds at the end.
 * @throws UnreadableFile when ffmpeg cannot decode it, or much of it is missing.
 */
export async function encodeAudio(
  ffmpeg: Ffmpeg,
  source: { readonly path: string; readonly came: MediaRecord },
  encodings: readonly Encoding[],
  scratchFolder: string,
  signal: AbortSignal,
): Promise<EncodedFiles> {
  await mkdir(scratchFolder, { recursive: true });
  const folder = await mkdtemp(join(scratchFolder, 'encoding-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const outputs = encodings.map((encoding) => ({
      encoding,
      path: join(folder, `${encoding.settings}.${encoding.extension}`),
    }));
    const length = encodedLength(source.came);
    const smaller = outputs.filter(({ encoding }) => !encoding.lossless);
    const { seconds } = await ffmpeg.run(
      [
        '-i', source.path, ...(smaller.length === 0 ? [] : ['-filter_complex', filters(unsaidDelaySamples(source.came), length, smaller.length)]),
        ...outputs.flatMap(({ encoding, path }) => [
          '-map', encoding.lossless ? '0:a:0' : `[out${smaller.findIndex((one) => one.path === path)}]`, '-map_metadata', '-1', '-map_chapters', '-1',
          '-fflags', '+bitexact', '-flags:a', '+bitexact', ...encoding.options, path,
        ]),
      ], // prettier-ignore
      { signal },
    );
    const files: EncodedFile[] = [];
    for (const { encoding, path } of outputs) {
      const media = await mediaOf(path, encoding, source.came, signal);
      const expected = encoding.lossless ? source.came.lengthSamples : length;
      if (expected !== null && media.lengthSamples !== null)
        refuseShort(media.lengthSamples, expected, media.format.sampleRateHz);
      files.push({ path, encoding, media });
    }
    return { files, seconds, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Decoded sound → 48 kHz, two channels at most, exactly so long → one pad for each output. */
function filters(unsaid: number, length: number | null, outputs: number): string {
  // A resampler ends a sample early or late. What is missing beyond a frame is missing indeed, and is not made up.
  const exactly = length === null ? [] : [`apad=pad_len=${OPUS_FRAME_SAMPLES}`, `atrim=end_sample=${length}`];
  const steps = [
    // ffmpeg drops what the file says; at the rate it came with.
    ...(unsaid === 0 ? [] : [`atrim=start_sample=${unsaid}`, 'asetpts=PTS-STARTPTS']),
    `aresample=${ENCODED_RATE_HZ}`,
    'aformat=channel_layouts=mono|stereo',
    ...exactly,
    `asplit=${outputs}`,
  ];
  return `[0:a:0]${steps.join(',')}${Array.from({ length: outputs }, (_, index) => `[out${index}]`).join('')}`;
}

function refuseShort(samples: number, expected: number, rateHz: number): void {
  if (expected - samples <= Math.max(rateHz / 2, expected * 0.02)) return;
  const [present, stated] = [samples, expected].map((count) => (count / rateHz).toFixed(1));
  throw new UnreadableFile(`it is damaged: ${present} of ${stated} seconds can be decoded`);
}

async function mediaOf(
  path: string,
  encoding: Encoding,
  came: MediaRecord,
  signal: AbortSignal,
): Promise<MediaRecord> {
  const { size: bytes } = await stat(path);
  await using file = await open(path, 'r');
  const length = await readFragmentedLength(file, bytes);
  if (length === null) throw new UnreadableFile('nothing came of encoding it');
  const sha256 = await hashFile(path, bytes, signal);
  const seconds = length.lengthSamples / length.sampleRateHz;
  return {
    quality: encoding.quality,
    key: audioKey(sha256, encoding.extension),
    sha256,
    bytes,
    format: {
      codec: encoding.codec,
      contentType: encoding.contentType,
      lossless: encoding.lossless,
      sampleRateHz: length.sampleRateHz,
      channels: encoding.lossless ? came.format.channels : Math.min(MOST_CHANNELS, came.format.channels),
      bitDepth: encoding.lossless ? came.format.bitDepth : null,
      bitrateBps: seconds > 0 ? Math.round((bytes * 8) / seconds) : 0,
    },
    encoderDelaySamples: length.delaySamples,
    encoderPaddingSamples: length.paddingSamples,
    lengthSamples: length.lengthSamples,
  };
}
