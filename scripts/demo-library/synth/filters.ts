import { SAMPLE_RATE } from './sound.ts';

/** One sample in, one sample out; keeps its state between calls. */
export type Filter = (input: number) => number;

interface Coefficients {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Second-order section, transposed direct form II. */
export function biquad({ b0, b1, b2, a1, a2 }: Coefficients): Filter {
  let first = 0;
  let second = 0;
  return (input) => {
    const output = b0 * input + first;
    first = b1 * input - a1 * output + second;
    second = b2 * input - a2 * output;
    return output;
  };
}

/** The filter shapes of the Audio EQ Cookbook (Robert Bristow-Johnson, W3C note). */
function cookbook(frequencyHz: number, quality: number): { cosine: number; alpha: number } {
  const omega = (2 * Math.PI * Math.min(frequencyHz, SAMPLE_RATE * 0.45)) / SAMPLE_RATE;
  return { cosine: Math.cos(omega), alpha: Math.sin(omega) / (2 * quality) };
}

export function lowPass(frequencyHz: number, quality = Math.SQRT1_2): Filter {
  const { cosine, alpha } = cookbook(frequencyHz, quality);
  const scale = 1 / (1 + alpha);
  const side = ((1 - cosine) / 2) * scale;
  return biquad({ b0: side, b1: 2 * side, b2: side, a1: -2 * cosine * scale, a2: (1 - alpha) * scale });
}

export function highPass(frequencyHz: number, quality = Math.SQRT1_2): Filter {
  const { cosine, alpha } = cookbook(frequencyHz, quality);
  const scale = 1 / (1 + alpha);
  const side = ((1 + cosine) / 2) * scale;
  return biquad({ b0: side, b1: -2 * side, b2: side, a1: -2 * cosine * scale, a2: (1 - alpha) * scale });
}

/** Peak gain 1 at the centre. */
export function bandPass(frequencyHz: number, quality: number): Filter {
  const { cosine, alpha } = cookbook(frequencyHz, quality);
  const scale = 1 / (1 + alpha);
  return biquad({
    b0: alpha * scale,
    b1: 0,
    b2: -alpha * scale,
    a1: -2 * cosine * scale,
    a2: (1 - alpha) * scale,
  });
}

/** First-order smoothing: `frequencyHz` is the corner. */
export function onePole(frequencyHz: number): Filter {
  const keep = Math.exp((-2 * Math.PI * frequencyHz) / SAMPLE_RATE);
  let state = 0;
  return (input) => (state = input + (state - input) * keep);
}

/**
 * Low pass whose corner may move every sample without zipper noise: the trapezoidal state-variable
 * filter of Andrew Simper (Cytomic, "Solving the continuous SVF equations", 2013).
 */
export function sweptLowPass(resonance: number): (input: number, frequencyHz: number) => number {
  const damping = 2 - 1.9 * resonance;
  let first = 0;
  let second = 0;
  return (input, frequencyHz) => {
    const corner = Math.tan((Math.PI * Math.min(frequencyHz, SAMPLE_RATE * 0.45)) / SAMPLE_RATE);
    const scale = 1 / (1 + corner * (corner + damping));
    const difference = input - second;
    const band = scale * (first + corner * difference);
    const low = second + corner * band;
    first = 2 * band - first;
    second = 2 * low - second;
    return low;
  };
}

/** One after the other. */
export function chain(...filters: readonly Filter[]): Filter {
  return (input) => {
    let value = input;
    for (const filter of filters) value = filter(value);
    return value;
  };
}
