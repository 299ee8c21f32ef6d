/** What the very files sound like that the window was given, decoded and joined by ffmpeg: what an encoder did is not the app's doing. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Recording } from '../../measuring/sound-recorder.ts';

const LARGEST_PCM_BYTES = 256 * 2 ** 20;

/** @param tracks each with its length in samples at its own rate, so that what a decoder gives beyond it is cut off. */
export const joinedByFfmpeg = async (
  tracks: readonly { readonly bytes: Uint8Array; readonly lengthSamples: number }[],
  rateHz: number,
): Promise<Recording> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-reference-'));
  try {
    const inputs: string[] = [];
    for (const [index, { bytes }] of tracks.entries()) {
      const path = join(folder, String(index));
      await writeFile(path, bytes);
      inputs.push('-i', path);
    }
    const parts = tracks.map(
      ({ lengthSamples }, index) =>
        `[${index}:a]atrim=end_sample=${lengthSamples},asetpts=PTS-STARTPTS,aresample=${rateHz}:filter_size=64[t${index}]`,
    );
    const names = tracks.map((_, index) => `[t${index}]`).join('');
    const { stdout } = await promisify(execFile)(
      'ffmpeg',
      [
        ['-hide_banner', '-loglevel', 'error', ...inputs, '-filter_complex'],
        [`${parts.join(';')};${names}concat=n=${tracks.length}:v=0:a=1[out]`],
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
