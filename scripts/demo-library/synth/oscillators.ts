import { SAMPLE_RATE } from './sound.ts';

/** Rounds the corner of a falling or rising edge over two samples (polyBLEP; Välimäki, Pekonen, Nam 2012). */
function edge(phase: number, step: number): number {
  if (phase < step) {
    const position = phase / step;
    return position + position - position * position - 1;
  }
  if (phase > 1 - step) {
    const position = (phase - 1) / step;
    return position * position + position + position + 1;
  }
  return 0;
}

/** Saw wave without audible aliasing; the frequency may change every sample. */
export function createSaw(startPhase: number): (frequencyHz: number) => number {
  let phase = startPhase % 1;
  return (frequencyHz) => {
    const step = frequencyHz / SAMPLE_RATE;
    const value = 2 * phase - 1 - edge(phase, step);
    phase += step;
    if (phase >= 1) phase -= 1;
    return value;
  };
}

/** Pulse wave; `width` 0.5 is a square. */
export function createPulse(startPhase: number, width: number): (frequencyHz: number) => number {
  let phase = startPhase % 1;
  return (frequencyHz) => {
    const step = frequencyHz / SAMPLE_RATE;
    const value = (phase < width ? 1 : -1) + edge(phase, step) - edge((phase - width + 1) % 1, step);
    phase += step;
    if (phase >= 1) phase -= 1;
    return value - (2 * width - 1);
  };
}

/** Sine whose frequency may change every sample. */
export function createSine(startPhase = 0): (frequencyHz: number) => number {
  let phase = startPhase % 1;
  return (frequencyHz) => {
    const value = Math.sin(2 * Math.PI * phase);
    phase += frequencyHz / SAMPLE_RATE;
    if (phase >= 1) phase -= 1;
    return value;
  };
}
