/** Brings the sound of an ad to where ads belong, and makes it small. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '../publish/ffmpeg.ts';
import { hashFile } from '../publish/hash-file.ts';
import { measureAudio, type Measurement } from '../publish/measure-audio.ts';
import { UnreadableFile } from '../publish/publish-error.ts';
import { readAudioFile } from '../publish/read-audio-file.ts';

/**
 * Music is played at −14 LUFS at most: an ad that is louder than what came before is a defect. Two decibels below leave room
 * for speech, which is felt to be louder than it measures.
 */
export const AD_LOUDNESS_LUFS = -16;
/** Lossy encoders overshoot; so much is left below full scale before they do. */
const HIGHEST_PEAK_DBTP = -2;

type Loudness = NonNullable<Measurement['loudness']>;

export interface LevelledAudio extends AsyncDisposable {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly extension: string;
  readonly contentType: string;
  readonly durationMs: number;
  readonly loudness: Measurement['loudness'];
}

/** Opus where this ffmpeg has it, else AAC, which every one has. */
const ENCODERS = [
  { extension: 'opus', options: ['-c:a', 'libopus', '-b:a', '128k', '-f', 'opus'] },
  { extension: 'm4a', options: ['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', '-f', 'ipod'] },
] as const;

/** Quieter or louder as a whole, never pressed: where the peaks forbid more, it stays quieter than it might be. */
export const gainDbFor = ({ integratedLufs, truePeakDbtp }: Loudness): number =>
  Math.min(AD_LOUDNESS_LUFS - integratedLufs, HIGHEST_PEAK_DBTP - truePeakDbtp);

const encode = async (
  ffmpeg: Ffmpeg,
  source: { readonly path: string; readonly gainDb: number },
  target: string,
  signal: AbortSignal,
): Promise<(typeof ENCODERS)[number]> => {
  let failure: unknown;
  for (const encoder of ENCODERS) {
    try {
      await ffmpeg.run(
        [
          '-y', '-i', source.path, '-map', '0:a:0', '-map_metadata', '-1', '-map_chapters', '-1',
          '-af', `volume=${source.gainDb.toFixed(2)}dB,aformat=channel_layouts=mono|stereo`, '-ar', '48000',
          '-fflags', '+bitexact', '-flags', '+bitexact', ...encoder.options, target,
        ], // prettier-ignore
        { signal },
      );
      return encoder;
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      failure ??= error;
    }
  }
  throw failure;
};

/**
 * Encodes the sound at 128 kbit/s and −16 LUFS into a file of the scratch folder, which goes away with `dispose`.
 *
 * @throws UnreadableFile when it cannot be decoded.
 */
export const levelAudio = async (
  ffmpeg: Ffmpeg,
  source: { readonly path: string; readonly sha256: string; readonly loudness: Loudness },
  scratchFolder: string,
  signal: AbortSignal,
): Promise<LevelledAudio> => {
  await mkdir(scratchFolder, { recursive: true });
  const path = join(scratchFolder, source.sha256);
  const dispose = (): Promise<void> => rm(path, { force: true });
  try {
    const encoder = await encode(
      ffmpeg,
      { path: source.path, gainDb: gainDbFor(source.loudness) },
      path,
      signal,
    );
    const { size: bytes } = await stat(path);
    const [sha256, audio, measured] = await Promise.all([
      hashFile(path, bytes, signal),
      readAudioFile(path, bytes),
      measureAudio(ffmpeg, path, signal),
    ]);
    const { extension } = encoder;
    return {
      path,
      bytes,
      sha256,
      extension,
      contentType: audio.format.contentType,
      durationMs: audio.durationMs,
      loudness: measured.loudness,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
};
