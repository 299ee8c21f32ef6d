import { SAMPLE_RATE } from './sound.ts';

/** One decaying sine wave of a struck or plucked body. */
export interface Mode {
  readonly frequencyHz: number;
  readonly gain: number;
  /** Time to fall by 60 dB. */
  readonly decaySeconds: number;
}

/**
 * Sums decaying sine waves, each a two-pole resonator: one multiplication pair a sample, so hundreds of
 * modes cost little. Modes beyond 0.45 of the sample rate are left out. Every mode starts in sine phase,
 * from zero, so a note never begins with a step.
 */
export function sumModes(modes: readonly Mode[], length: number): Float32Array {
  const sum = new Float32Array(length);
  for (const { frequencyHz, gain, decaySeconds } of modes) {
    if (frequencyHz > SAMPLE_RATE * 0.45) continue;
    const omega = (2 * Math.PI * frequencyHz) / SAMPLE_RATE;
    const radius = 10 ** (-3 / (decaySeconds * SAMPLE_RATE));
    const first = 2 * radius * Math.cos(omega);
    const second = -radius * radius;
    let before = 0;
    let current = gain * radius * Math.sin(omega);
    const end = Math.min(length, Math.round(decaySeconds * 1.4 * SAMPLE_RATE));
    for (let index = 1; index < end; index++) {
      sum[index] = (sum[index] ?? 0) + current;
      const following = first * current + second * before;
      before = current;
      current = following;
    }
  }
  return sum;
}

/** Lets a ringing sound be stopped: after `heldSeconds` it falls away within about `seconds`. */
export function damp(samples: Float32Array, heldSeconds: number, seconds: number): Float32Array {
  const from = Math.round(heldSeconds * SAMPLE_RATE);
  const keep = 10 ** (-3 / (seconds * SAMPLE_RATE));
  let level = 1;
  return samples.map((value, index) => {
    if (index >= from) level *= keep;
    return value * level;
  });
}
