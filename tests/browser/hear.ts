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
