/** What can be told from a recording by its samples. */
import type { Recording } from './sound-recorder.ts';

/** Below −60 dBFS. */
const SILENT = 0.001;

/** Milliseconds. A sine crosses zero too, but for less than a twentieth of one. */
export const longestSilenceMs = ({ left, right, rateHz }: Recording): number => {
  let longest = 0;
  let silent = 0;
  for (let frame = 0; frame < left.length; frame += 1) {
    const isSilent = Math.abs(left[frame] ?? 0) < SILENT && Math.abs(right[frame] ?? 0) < SILENT;
    silent = isSilent ? silent + 1 : 0;
    longest = Math.max(longest, silent);
  }
  return (longest / rateHz) * 1000;
};

/** Amplitude of one frequency in each stretch of `stretchMs`, one after the other (Goertzel; a Hann window keeps others out). */
export const amplitudesOf = (
  { left, rateHz }: Recording,
  frequencyHz: number,
  stretchMs: number,
): readonly number[] => {
  const frames = Math.round((stretchMs / 1000) * rateHz);
  const step = (2 * Math.PI * frequencyHz) / rateHz;
  return Array.from({ length: Math.floor(left.length / frames) }, (_, stretch) => {
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < frames; index += 1) {
      const windowed = (left[stretch * frames + index] ?? 0) * (1 - Math.cos((2 * Math.PI * index) / frames));
      real += windowed * Math.cos(step * index);
      imaginary += windowed * Math.sin(step * index);
    }
    return (2 * Math.hypot(real, imaginary)) / frames;
  });
};

/** The largest difference between two samples in a row; a click is one that the music does not have. */
export const largestStep = ({ left }: Recording): number => {
  let largest = 0;
  for (let frame = 1; frame < left.length; frame += 1) {
    largest = Math.max(largest, Math.abs((left[frame] ?? 0) - (left[frame - 1] ?? 0)));
  }
  return largest;
};

/** What sounds between silences (exact zeros for 10 ms and more), without them. */
export const soundingStretches = ({ left, rateHz }: Recording): readonly Float32Array[] => {
  const shortestSilence = 0.01 * rateHz;
  const stretches: Float32Array[] = [];
  let from = 0;
  let end = 0;
  for (let frame = 0; frame < left.length; frame += 1) {
    if (left[frame] === 0) continue;
    if (frame - end > shortestSilence) {
      if (end > from) stretches.push(left.slice(from, end));
      from = frame;
    }
    end = frame + 1;
  }
  if (end > from) stretches.push(left.slice(from, end));
  return stretches;
};

/** Phase of a tone at the first sample of what lies between two frames, in turns. */
export const phaseOf = (
  plane: Float32Array,
  [from, to]: readonly [number, number],
  turnsPerFrame: number,
): number => {
  let real = 0;
  let imaginary = 0;
  for (let frame = from; frame < to; frame += 1) {
    const window = 1 - Math.cos((2 * Math.PI * (frame - from)) / (to - from));
    const angle = 2 * Math.PI * turnsPerFrame * (frame - from);
    real += window * (plane[frame] ?? 0) * Math.cos(angle);
    imaginary -= window * (plane[frame] ?? 0) * Math.sin(angle);
  }
  return Math.atan2(imaginary, real) / (2 * Math.PI);
};
