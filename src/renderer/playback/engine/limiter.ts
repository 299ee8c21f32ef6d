import { lengthOf, type Planes } from './resampler.ts';
import type { LimiterState } from './seam.ts';
import { PEAK_REACH, raiseTruePeaks } from './true-peak.ts';

/** A peak is seen so long before it is heard. */
const LOOK_AHEAD_S = 0.005;
/** Time constant: slow enough that a bass note is not bent, quick enough that what follows a peak is soon as loud as it was. */
const RELEASE_S = 0.12;
/** What is taken away is counted in whole steps: sums of them are exact, so that nothing at all is taken where nothing has to be. */
const STEPS = 2 ** 24;

const AT_REST: LimiterState = { held: 0, recent: [], smoothed: [] };

export const isAtRest = (state: LimiterState | null): boolean => state === null || state.recent.length === 0;

/** One behind the other. */
const join = (one: Planes, other: Planes): Planes =>
  (one.length === 0 ? other : one).map((_, channel) => {
    const before = one[channel] ?? new Float32Array(lengthOf(one));
    const after = other[channel] ?? new Float32Array(lengthOf(other));
    const joined = new Float32Array(before.length + after.length);
    joined.set(before);
    joined.set(after, before.length);
    return joined;
  });

/** So many frames of what is behind a track are of use to its limiter. */
export const limiterReach = (rateHz: number): number => Math.round(LOOK_AHEAD_S * rateHz) + PEAK_REACH;

export interface Limiter {
  /** What can be said with the samples known so far. */
  push(planes: Planes): Planes;
  /** The rest. `behind` follows at once, at the same scale; nothing is taken as silence. */
  finish(behind: Planes | null): Planes;
  /** Valid after `finish`. */
  state(): LimiterState;
}

/** The exact sum of the last `length` values. */
const createSum = (length: number, before: readonly number[]) => {
  const values = new Float64Array(length);
  values.set(before.slice(-length), Math.max(0, length - before.length));
  let sum = values.reduce((total, value) => total + value, 0);
  let at = 0;
  return {
    add: (value: number): number => {
      sum += value - values[at]!;
      values[at] = value;
      at = at + 1 === length ? 0 : at + 1;
      return sum;
    },
    total: (): number => sum,
    fill: (value: number): void => {
      values.fill(value);
      sum = length * value;
    },
    values: (): readonly number[] => [...values.subarray(at), ...values.subarray(0, at)],
  };
};

/** The largest of the last `length` values: only those that may yet be it are kept, the largest first. */
const createMaximum = (length: number) => {
  const values = new Float64Array(length);
  const expiries = new Float64Array(length);
  let first = 0;
  let count = 0;
  let at = 0;
  return (value: number): number => {
    at += 1;
    if (count > 0 && expiries[first]! < at) {
      first = (first + 1) % length;
      count -= 1;
    }
    while (count > 0 && values[(first + count - 1) % length]! <= value) count -= 1;
    if (value > 0) {
      const last = (first + count) % length;
      values[last] = value;
      expiries[last] = at + length - 1;
      count += 1;
    }
    return count > 0 ? values[first]! : 0;
  };
};

/**
 * Holds true peaks under a level, all channels alike. A peak is known before it is heard, so the level goes down smoothly and is down
 * when the peak comes; after it, it comes back slowly. What stays under the level leaves as it came, to the bit. Gives as many frames
 * as it is given.
 */
export const createLimiter = (options: {
  readonly rateHz: number;
  readonly channels: number;
  /** Linear; null: nothing is held, but what a limiter of the track before was doing comes to its end. */
  readonly limitAt: number | null;
  /** Null where nothing was heard before, or nothing that was to fit: the first frames are at once as low as they must be. */
  readonly before: LimiterState | null;
  /** The samples before the first, at the same scale. */
  readonly context: Planes | null;
}): Limiter => {
  const { rateHz, channels } = options;
  const limitAt = options.limitAt ?? Number.POSITIVE_INFINITY;
  const lookAhead = Math.round(LOOK_AHEAD_S * rateHz);
  const release = Math.exp(-1 / (RELEASE_S * rateHz));
  // Together they are as long as the look-ahead: what they make of a fall is down in time.
  const shortLength = Math.floor(lookAhead / 2) + 1;
  const longLength = lookAhead + 2 - shortLength;
  const largest = createMaximum(lookAhead + 1);
  const recent = createSum(shortLength, options.before?.recent ?? []);
  const smoothed = createSum(longLength, options.before?.smoothed ?? []);
  const scale = 1 / (STEPS * shortLength * longLength);
  let held = options.before?.held ?? 0;
  let isFresh = options.before === null;

  /** What is taken of the frame `lookAhead` before the one of which this much must be taken. */
  const take = (needed: number): number => {
    held = Math.max(largest(needed), Math.floor(held * release));
    if (isFresh) {
      isFresh = false;
      recent.fill(held);
      smoothed.fill(held * shortLength);
    }
    return smoothed.add(recent.add(held)) * scale;
  };

  const silence = (length: number): Planes =>
    Array.from({ length: channels }, () => new Float32Array(length));
  /** `PEAK_REACH` samples that are looked at already, and those of which the neighbours are not all known. */
  let looked = silence(PEAK_REACH);
  if (options.context !== null)
    looked = join(looked, options.context).map((plane) => plane.slice(-PEAK_REACH));
  let waiting: Planes = silence(0);
  /** Frames that nothing was given for yet: the first ones only fill the look-ahead. */
  let owed = lookAhead;

  /** How much of each frame must be taken; of those whose neighbours on both sides are known. */
  const needs = (planes: Planes): Float32Array => {
    looked = join(looked, planes);
    const count = Math.max(0, lengthOf(looked) - 2 * PEAK_REACH);
    const peaks = new Float32Array(count);
    if (limitAt !== Number.POSITIVE_INFINITY) {
      for (const plane of looked) raiseTruePeaks(plane, PEAK_REACH, PEAK_REACH + count, limitAt, peaks);
    }
    looked = looked.map((plane) => plane.slice(count));
    return peaks.map((peak) => (peak > limitAt ? Math.ceil((1 - limitAt / peak) * STEPS) : 0));
  };

  const advance = (needed: Float32Array): Planes => {
    const count = Math.max(0, needed.length - owed);
    const result = waiting.map((plane) => plane.slice(0, count));
    needed.forEach((need, index) => {
      if (index < owed) {
        largest(need);
        return;
      }
      const taken = take(need);
      if (taken === 0) return;
      for (const plane of result) plane[index - owed] = plane[index - owed]! * (1 - taken);
    });
    owed = Math.max(0, owed - needed.length);
    waiting = waiting.map((plane) => plane.slice(count));
    return result;
  };

  return {
    push: (planes) => {
      waiting = join(waiting, planes);
      return advance(needs(planes));
    },
    finish: (behind) => {
      const rest = lengthOf(waiting);
      const known = behind === null ? [] : behind.map((plane) => plane.subarray(0, lookAhead + PEAK_REACH));
      const after = join(known, silence(lookAhead + PEAK_REACH - lengthOf(known)));
      return advance(needs(after)).map((plane) => plane.slice(0, rest));
    },
    state: () => {
      if (held === 0 && recent.total() === 0 && smoothed.total() === 0) return AT_REST;
      return { held, recent: recent.values(), smoothed: smoothed.values() };
    },
  };
};
