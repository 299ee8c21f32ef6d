import type { Planes } from './resampler.ts';

/** Samples beside the place at which one track ends and the next begins. */
export interface SeamSamples {
  readonly rateHz: number;
  readonly planes: Planes;
}

/** What a limiter was doing when its track ended; in its own units. */
export interface LimiterState {
  readonly held: number;
  readonly recent: readonly number[];
  readonly smoothed: readonly number[];
}

/** What a track hands to the one that touches its end, so that filter and limiter run on over the seam. */
export interface SeamTail extends SeamSamples {
  /** How far behind the seam the device's next frame lies, in frames: 0 ≤ offset < 1. */
  readonly offset: number;
  /** The level that peaks are held under, in the scale of the samples; null where nothing is held. */
  readonly limitAt: number | null;
  /** Null when it is at rest. */
  readonly limiter: LimiterState | null;
}

/** The first samples of the track that touches the end of another. */
export interface SeamHead extends SeamSamples {
  readonly limitAt: number | null;
}

/** On each side of what is asked for. */
const POINTS = 4;

const lengthOf = (samples: SeamSamples | null): number => samples?.planes[0]?.length ?? 0;

/** A track of one channel sounds in both. */
const planeOf = (samples: SeamSamples | null, channel: number): Float32Array | undefined =>
  samples?.planes[channel] ?? samples?.planes[0];

/**
 * The signal around a seam at another rate: `count` frames, the first of them `first` frames of `toHz` behind the seam (before it where
 * negative). A polynomial through the nearest samples of both sides (Lagrange): good enough for what only the outer taps of a filter
 * see. Silence where neither side has anything.
 */
export const aroundSeam = (
  left: SeamSamples | null,
  right: SeamSamples | null,
  wanted: {
    readonly toHz: number;
    readonly channels: number;
    readonly first: number;
    readonly count: number;
  },
): Planes => {
  const leftLength = lengthOf(left);
  const known = leftLength + lengthOf(right);
  const leftHz = left?.rateHz ?? 1;
  const rightHz = right?.rateHz ?? 1;
  const timeOf = (point: number): number =>
    point < leftLength ? (point - leftLength) / leftHz : (point - leftLength) / rightHz;
  const valueOf = (channel: number, point: number): number =>
    (point < leftLength ? planeOf(left, channel)?.[point] : planeOf(right, channel)?.[point - leftLength]) ??
    0;

  const result = Array.from({ length: wanted.channels }, () => new Float32Array(wanted.count));
  for (let index = 0; index < wanted.count; index += 1) {
    const time = (wanted.first + index) / wanted.toHz;
    // A rounding error must not take the sample before for the nearest.
    const below =
      time < -1e-9
        ? leftLength + Math.floor(time * leftHz + 1e-6)
        : leftLength + Math.floor(time * rightHz + 1e-6);
    if (below < 0 || below >= known) continue;
    const from = Math.max(0, Math.min(below - POINTS + 1, known - 2 * POINTS));
    const until = Math.min(known, from + 2 * POINTS);
    for (let point = from; point < until; point += 1) {
      let weight = 1;
      for (let other = from; other < until; other += 1) {
        if (other !== point) weight *= (time - timeOf(other)) / (timeOf(point) - timeOf(other));
      }
      for (let channel = 0; channel < wanted.channels; channel += 1) {
        const plane = result[channel];
        if (plane !== undefined) plane[index] = (plane[index] ?? 0) + weight * valueOf(channel, point);
      }
    }
  }
  return result;
};

/** The last `count` samples of what came so far. */
export const lastOf = (before: Planes, planes: Planes, count: number): Planes =>
  planes.map((plane, channel) => {
    if (plane.length >= count) return plane.slice(-count);
    const earlier = before[channel];
    if (earlier === undefined) return plane.slice();
    const kept = earlier.subarray(Math.max(0, earlier.length + plane.length - count));
    const joined = new Float32Array(kept.length + plane.length);
    joined.set(kept);
    joined.set(plane, kept.length);
    return joined;
  });
