/** What the very files sound like that the window was given, decoded and joined by ffmpeg: what an encoder did is not the app's doing. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Recording } from '../../../tests/browser/sound-recorder.ts';

const LARGEST_PCM_BYTES = 256 * 2 ** 20;

export interface TrackFile {
  readonly bytes: Uint8Array;
  readonly rateHz: number;
  /** At its own rate: what a decoder gives beyond it is cut off. */
  readonly lengthSamples: number;
}

/** Of one rate all, they are joined before they are brought to another; else each by itself, to a whole sample. */
export const joinedByFfmpeg = async (tracks: readonly TrackFile[], rateHz: number): Promise<Recording> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-reference-'));
  try {
    const inputs: string[] = [];
    for (const [index, { bytes }] of tracks.entries()) {
      const path = join(folder, String(index));
      await writeFile(path, bytes);
      inputs.push('-i', path);
    }
    const resampled = `aresample=${rateHz}:filter_size=64`;
    const areAlike = tracks.every((track) => track.rateHz === tracks[0]?.rateHz);
    const parts = tracks.map(({ lengthSamples }, index) => {
      const steps = [`atrim=end_sample=${lengthSamples}`, 'asetpts=PTS-STARTPTS'];
      return `[${index}:a]${[...steps, ...(areAlike ? [] : [resampled])].join(',')}[t${index}]`;
    });
    const names = tracks.map((_, index) => `[t${index}]`).join('');
    const whole = areAlike ? `,${resampled}` : '';
    const { stdout } = await promisify(execFile)(
      'ffmpeg',
      [
        ['-hide_banner', '-loglevel', 'error', ...inputs, '-filter_complex'],
        [`${parts.join(';')};${names}concat=n=${tracks.length}:v=0:a=1${whole}[out]`],
        ['-map', '[out]', '-ac', '2', '-f', 'f32le', '-'],
      ].flat(),
      { encoding: 'buffer', maxBuffer: LARGEST_PCM_BYTES },
    );
    const frames = Math.floor(stdout.length / 8);
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame += 1) {
      left[frame] = stdout.readFloatLE(frame * 8);
      right[frame] = stdout.readFloatLE(frame * 8 + 4);
    }
    return { rateHz, left, right, lostFrames: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
