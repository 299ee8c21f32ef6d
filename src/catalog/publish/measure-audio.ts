import { z } from 'zod';
import { loudnessSchema, trackDetailsSchema } from '../../contract/catalog-http.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { UnreadableFile } from './publish-error.ts';

/** What listening to a file once finds out. */
export const measurementSchema = z.object({
  /** Null for silence, which has no loudness. */
  loudness: loudnessSchema.nullable(),
  waveform: trackDetailsSchema.shape.waveform.unwrap(),
  /** How long it really plays. */
  decodedMs: z.int().nonnegative(),
});
export type Measurement = Readonly<z.infer<typeof measurementSchema>>;

const PEAK_RATE_HZ = 8000;
const MOST_PEAKS = 800;
/** Peaks are first taken over 10 ms each: 100 bytes a second, whatever the length. */
const BLOCK_SAMPLES = 80;
/** BS.1770's absolute gate: below it there is only silence. */
const SILENCE_LUFS = -70;

/**
 * EBU R128 loudness with true peak, and waveform peaks, in one ffmpeg process that decodes the file once.
 *
 * @throws UnreadableFile when it does not decode.
 */
export async function measureAudio(ffmpeg: Ffmpeg, path: string, signal: AbortSignal): Promise<Measurement> {
  const peaks = createPeakMeter();
  const { log } = await ffmpeg.run(
    [
      '-i', path,
      '-filter_complex',
      '[0:a:0]asplit=2[whole][peaks];' +
        // At log level verbose its ten lines a second do not reach us; the summary does.
        '[whole]ebur128=peak=true:framelog=verbose[measured];' +
        `[peaks]aresample=${PEAK_RATE_HZ},aformat=sample_fmts=s16:channel_layouts=mono[samples]`,
      '-map', '[measured]', '-f', 'null', '-',
      '-map', '[samples]', '-f', 's16le', 'pipe:1',
    ], // prettier-ignore
    { signal, onOutput: peaks.add },
  );
  const { waveform, samples } = peaks.finish();
  if (samples === 0) throw new UnreadableFile('it holds no sound');
  return {
    loudness: loudnessOf(log),
    waveform,
    decodedMs: Math.round((samples / PEAK_RATE_HZ) * 1000),
  };
}

/** The summary that ebur128 prints when it ends. */
export function loudnessOf(log: string): Measurement['loudness'] {
  const summary = log.slice(Math.max(0, log.lastIndexOf('Summary:')));
  const integrated = Number(/\bI:\s*(-?[\d.]+) LUFS/.exec(summary)?.[1] ?? Number.NaN);
  const peak = Number(/\bPeak:\s*(-?[\d.]+) dBFS/.exec(summary)?.[1] ?? Number.NaN);
  if (!Number.isFinite(integrated) || !Number.isFinite(peak) || integrated <= SILENCE_LUFS) return null;
  const range = Number(/\bLRA:\s*([\d.]+) LU\b/.exec(summary)?.[1] ?? Number.NaN);
  return {
    integratedLufs: integrated,
    truePeakDbtp: peak,
    ...(Number.isFinite(range) ? { rangeLu: range } : {}),
  };
}

interface PeakMeter {
  readonly add: (bytes: Buffer) => void;
  readonly finish: () => { readonly waveform: readonly number[]; readonly samples: number };
}

/** Takes 16-bit little-endian samples in pieces of any size. */
export function createPeakMeter(): PeakMeter {
  const blocks: number[] = [];
  let samples = 0;
  let highest = 0;
  let oddByte: number | null = null;

  const take = (sample: number): void => {
    highest = Math.max(highest, Math.abs(sample));
    samples += 1;
    if (samples % BLOCK_SAMPLES === 0) {
      blocks.push(highest);
      highest = 0;
    }
  };
  return {
    add: (bytes) => {
      let index = 0;
      if (oddByte !== null && bytes.length > 0) {
        take(Buffer.from([oddByte, bytes.readUInt8(0)]).readInt16LE(0));
        oddByte = null;
        index = 1;
      }
      for (; index + 2 <= bytes.length; index += 2) take(bytes.readInt16LE(index));
      if (index < bytes.length) oddByte = bytes.readUInt8(index);
    },
    finish: () => {
      if (samples % BLOCK_SAMPLES !== 0) blocks.push(highest);
      return { waveform: reduced(blocks), samples };
    },
  };
}

function reduced(blocks: readonly number[]): readonly number[] {
  const count = Math.min(MOST_PEAKS, blocks.length);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * blocks.length) / count);
    const to = Math.max(from + 1, Math.floor(((index + 1) * blocks.length) / count));
    const peak = blocks.slice(from, to).reduce((highest, value) => Math.max(highest, value), 0);
    return Math.min(255, Math.round((peak / 32_768) * 255));
  });
}
