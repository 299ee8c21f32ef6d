import type { Stereo } from './sound.ts';
import { decibels, samplesIn } from './sound.ts';

const PHASES = 4;
const TAPS = 12;

/** Windowed-sinc interpolation at four points a sample, as BS.1770-4 annex 2 asks for true peaks. */
const KERNELS: readonly Float64Array[] = Array.from({ length: PHASES }, (_, phase) =>
  Float64Array.from({ length: TAPS }, (_unused, tap) => {
    const distance = tap - TAPS / 2 + 1 - phase / PHASES;
    const sinc = distance === 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
    return sinc * Math.cos((Math.PI * distance) / (TAPS + 1)) ** 2;
  }),
);

/** The highest point of the wave around each sample, between the samples included. */
function truePeaks({ left, right }: Stereo): Float32Array {
  const peaks = new Float32Array(left.length);
  for (const channel of [left, right]) {
    for (let index = 0; index < channel.length; index++) {
      let highest = peaks[index] ?? 0;
      for (const kernel of KERNELS) {
        let value = 0;
        for (let tap = 0; tap < TAPS; tap++)
          value += (kernel[tap] ?? 0) * (channel[index + tap - TAPS / 2 + 1] ?? 0);
        highest = Math.max(highest, Math.abs(value));
      }
      peaks[index] = highest;
    }
  }
  return peaks;
}

/**
 * Look-ahead limiter: no true peak above `ceilingDb` (dBTP), no corner in the gain. The gain needed is held
 * at its minimum over the look-ahead window and then averaged over it, so it arrives before the peak does.
 */
export function limit(input: Stereo, ceilingDb: number): Stereo {
  const ceiling = decibels(ceilingDb);
  const peaks = truePeaks(input);
  const window = samplesIn(0.004);
  const release = Math.exp(-1 / samplesIn(0.09));
  const held = new Float32Array(peaks.length);
  // Backwards for the look-ahead: each sample knows the strongest reduction within the window after it.
  const candidates: { index: number; gain: number }[] = [];
  for (let index = peaks.length - 1; index >= 0; index--) {
    const gain = Math.min(1, ceiling / Math.max(peaks[index] ?? 0, 1e-9));
    while (candidates.length > 0 && (candidates.at(-1)?.gain ?? 0) >= gain) candidates.pop();
    candidates.push({ index, gain });
    if ((candidates[0]?.index ?? 0) > index + window) candidates.shift();
    held[index] = candidates[0]?.gain ?? 1;
  }
  let level = 1;
  const recovering = held.map((gain) => (level = gain < level ? gain : gain + (level - gain) * release));
  const gains = new Float32Array(peaks.length);
  let sum = window * (recovering[0] ?? 1);
  recovering.forEach((gain, index) => {
    sum += gain - (recovering[Math.max(0, index - window)] ?? 1);
    gains[index] = sum / window;
  });
  return {
    left: input.left.map((value, index) => value * (gains[index] ?? 1)),
    right: input.right.map((value, index) => value * (gains[index] ?? 1)),
  };
}
