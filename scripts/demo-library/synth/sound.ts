import type { Random } from './random.ts';

export const SAMPLE_RATE = 44_100;

/** Two channels of the same length, samples nominally in -1…1. */
export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** One note as an instrument hears it. */
export interface Tone {
  readonly frequencyHz: number;
  /** How long the key is held; what rings on after it is the instrument's own affair. */
  readonly seconds: number;
  /** 0…1, soft to hard: brightness as much as loudness. */
  readonly velocity: number;
  readonly random: Random;
}

export type Instrument = (tone: Tone) => Stereo;

/** Changes a whole part or mix, keeping its length. */
export type Effect = (input: Stereo) => Stereo;

export function samplesIn(seconds: number): number {
  return Math.max(0, Math.round(seconds * SAMPLE_RATE));
}

export function decibels(gainDb: number): number {
  return 10 ** (gainDb / 20);
}

export function silence(length: number): Stereo {
  return { left: new Float32Array(length), right: new Float32Array(length) };
}

export function mono(samples: Float32Array): Stereo {
  return { left: samples, right: samples };
}

/** Fills a channel by asking for each sample in turn; `time` is in seconds. */
export function generate(length: number, sampleAt: (time: number, index: number) => number): Float32Array {
  const samples = new Float32Array(length);
  for (let index = 0; index < length; index++) samples[index] = sampleAt(index / SAMPLE_RATE, index);
  return samples;
}

export function scale(input: Stereo, gain: number): Stereo {
  return { left: input.left.map((value) => value * gain), right: input.right.map((value) => value * gain) };
}

/** Adds `source` to `target` from sample `offset` on; what would lie outside of the target is dropped. */
function addInto(target: Float32Array, source: Float32Array, offset: number, gain: number): void {
  const end = Math.min(source.length, target.length - offset);
  for (let index = Math.max(0, -offset); index < end; index++) {
    const position = offset + index;
    target[position] = (target[position] ?? 0) + (source[index] ?? 0) * gain;
  }
}

/** Adds a sound at a place between left (-1) and right (1), with constant power. */
export function mixInto(target: Stereo, source: Stereo, offset: number, gain: number, pan = 0): void {
  const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4;
  addInto(target.left, source.left, offset, gain * Math.cos(angle) * Math.SQRT2);
  addInto(target.right, source.right, offset, gain * Math.sin(angle) * Math.SQRT2);
}

/** Raised-cosine fades; both ends become true zero, so neither clicks. */
export function fade(input: Stereo, inSeconds: number, outSeconds: number): Stereo {
  const length = input.left.length;
  const rise = samplesIn(inSeconds);
  const fall = samplesIn(outSeconds);
  const curve = (position: number): number => 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, position));
  const shape = (value: number, index: number): number =>
    value * (rise ? curve(index / rise) : 1) * (fall ? curve((length - 1 - index) / fall) : 1);
  return { left: input.left.map(shape), right: input.right.map(shape) };
}

export function slice(input: Stereo, from: number, to: number): Stereo {
  return { left: input.left.slice(from, to), right: input.right.slice(from, to) };
}
