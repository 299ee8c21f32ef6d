/** What ffmpeg's `ebur128` measures of a stretch of a recording (EBU R128, true peak oversampled). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Recording } from '../../../tests/browser/sound-recorder.ts';

export interface MeasuredStretch {
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
}

const figureOf = (summary: string, pattern: RegExp): number =>
  Number(pattern.exec(summary)?.[1] ?? Number.NaN);

export const measureStretch = async (
  { left, right, rateHz }: Recording,
  fromFrame: number,
  frames: number,
): Promise<MeasuredStretch> => {
  const pcm = new Float32Array(frames * 2);
  for (let frame = 0; frame < frames; frame += 1) {
    pcm[frame * 2] = left[fromFrame + frame] ?? 0;
    pcm[frame * 2 + 1] = right[fromFrame + frame] ?? 0;
  }
  const child = spawn(
    'ffmpeg',
    [
      ['-hide_banner', '-nostats', '-f', 'f32le', '-ac', '2', '-ar', String(rateHz), '-i', '-'],
      ['-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'],
    ].flat(),
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  // When it ends before it has read all, its words say why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(Buffer.from(pcm.buffer));
  await once(child, 'close');
  const at = said.lastIndexOf('Summary:');
  if (at < 0) throw new Error(`ffmpeg did not measure: ${said.trim()}`);
  const summary = said.slice(at);
  return {
    integratedLufs: figureOf(summary, /I:\s+(-?[\d.]+|-inf) LUFS/),
    truePeakDbtp: figureOf(summary, /Peak:\s+(-?[\d.]+|-inf) dBFS/),
  };
};
