import { kaiser, sinc } from './kaiser.ts';

/** Samples, one array for each channel, all of one length. */
export type Planes = readonly Float32Array[];

/** Zero crossings of the sinc on each side, at the lower of the two rates. */
const HALF_TAPS = 32;
/** Close to 1, so that nothing audible is lost; what folds back lies above 20 kHz. */
const CUTOFF = 0.96;
/** Of the Kaiser window: some −90 dB beside the pass band. */
const KAISER_BETA = 9;
/** Rates without a small common measure: the nearest of so many places between two samples. */
const MOST_PHASES = 4096;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

interface Kernel {
  readonly half: number;
  readonly phases: number;
  /** `phases` rows of `2 * half` weights. */
  readonly weights: Float32Array;
}

const kernels = new Map<string, Kernel>();
/** Every join of other rates may need one of its own; those of the first ones are quickly made again. */
const MOST_KERNELS = 8;

/** @param shift of every row, in phases: 0 ≤ shift < 1. */
const kernelFor = (fromHz: number, toHz: number, phases: number, shift: number): Kernel => {
  const key = `${fromHz}>${toHz}+${shift.toFixed(6)}`;
  const known = kernels.get(key);
  if (known !== undefined) return known;
  const [oldest] = kernels.keys();
  if (kernels.size >= MOST_KERNELS && oldest !== undefined) kernels.delete(oldest);
  const scale = Math.min(1, toHz / fromHz) * CUTOFF;
  const half = resamplerReach(fromHz, toHz);
  const weights = new Float32Array(phases * 2 * half);
  for (let phase = 0; phase < phases; phase += 1) {
    const row = phase * 2 * half;
    let sum = 0;
    for (let tap = 0; tap < 2 * half; tap += 1) {
      const distance = tap - (half - 1) - (phase + shift) / phases;
      const weight = sinc(distance * scale) * kaiser(Math.min(1, Math.abs(distance) / half), KAISER_BETA);
      weights[row + tap] = weight;
      sum += weight;
    }
    // A constant stays what it is in every phase.
    for (let tap = 0; tap < 2 * half; tap += 1) weights[row + tap] = (weights[row + tap] ?? 0) / sum;
  }
  const kernel = { half, phases, weights };
  kernels.set(key, kernel);
  return kernel;
};

/** Where the first frame lies, in steps of 1 / up samples: whole ones, and what is left of one. */
const firstStepOf = (offset: number, up: number): { readonly steps: number; readonly shift: number } => {
  const exact = offset * up;
  const nearest = Math.round(exact);
  // Between tracks of one rate it is always whole, but for rounding.
  if (Math.abs(exact - nearest) < 1e-5) return { steps: nearest, shift: 0 };
  return { steps: Math.floor(exact), shift: exact - Math.floor(exact) };
};

/** How many frames at `toHz` begin within `samples` at `fromHz`, when the first of them lies at sample `offset`. */
export const framesWithin = (samples: number, fromHz: number, toHz: number, offset = 0): number => {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  // In whole steps of 1 / up samples: a rounding error here would be a sample too many.
  return Math.max(0, Math.ceil((samples * up - firstStepOf(offset, up).steps) / (fromHz / divisor)));
};

/** What lies before the first frame, where a filter runs on over a join. */
export interface ResamplerStart {
  /** The samples right before the first one of the track, at its rate. */
  readonly samples: Planes;
  /** Of the first frame, in samples of the track: 0 ≤ offset < from / to, but for rounding. */
  readonly offset: number;
}

export interface Resampler {
  /** What can be said with the samples known so far. */
  push(planes: Planes): Planes;
  /**
   * The rest. `right` are the first samples of what follows at once, at the same rate; nothing is taken as silence. As
   * many frames came in all as `framesWithin` says of all that was pushed.
   */
  finish(right: Planes | null): Planes;
  /** Where the next frame would lie, in samples behind the last one of the track. */
  offsetBehind(): number;
}

/** Samples on each side of a frame that it is made of. */
export const resamplerReach = (fromHz: number, toHz: number): number =>
  Math.ceil(HALF_TAPS / Math.min(1, toHz / fromHz));

export const lengthOf = (planes: Planes): number => planes[0]?.length ?? 0;

/**
 * Windowed sinc at a rational rate, in whole output frames, without delay: output frame n is the signal at sample
 * n · from / to (J. O. Smith, "Digital Audio Resampling"). A Web Audio node left to do it interpolates linearly.
 */
export const createResampler = (options: {
  readonly fromHz: number;
  readonly toHz: number;
  readonly channels: number;
  readonly before: ResamplerStart | null;
}): Resampler => {
  const { fromHz, toHz, channels } = options;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const isExact = up <= MOST_PHASES;
  const { before } = options;
  /** Of frame 0. */
  const first = firstStepOf(before?.offset ?? 0, up);
  const { half, phases, weights } = kernelFor(
    fromHz,
    toHz,
    isExact ? up : MOST_PHASES,
    isExact ? first.shift : 0,
  );

  /** Sample index of `held[c][0]`; samples before the track are the former track's, or silence. */
  let heldFrom = -half;
  let held: Float32Array[] = Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(half);
    const left = before?.samples[channel]?.slice(-half);
    if (left !== undefined) plane.set(left, half - left.length);
    return plane;
  });
  let pushed = 0;
  let made = 0;
  const append = (planes: Planes, count: number): void => {
    held = held.map((plane, channel) => {
      const joined = new Float32Array(plane.length + count);
      joined.set(plane);
      const more = planes[channel];
      if (more !== undefined) joined.set(more.subarray(0, count), plane.length);
      return joined;
    });
  };

  /** Frames from `made` on whose whole reach is held, up to `last` (exclusive). */
  const make = (last: number): Planes => {
    const count = Math.max(0, last - made);
    const result = Array.from({ length: channels }, () => new Float32Array(count));
    const taps = 2 * half;
    held.forEach((plane, channel) => {
      const target = result[channel];
      if (target === undefined) return;
      for (let index = 0; index < count; index += 1) {
        const position = first.steps + (made + index) * down;
        const sample = Math.floor(position / up);
        const within = position - sample * up;
        const phase = isExact ? within : Math.min(phases - 1, Math.round((within / up) * phases));
        const row = phase * taps;
        const start = sample - half + 1 - heldFrom;
        let sum = 0;
        // Every one of these lies within: a look at each of them, for each tap, is what would cost.
        for (let tap = 0; tap < taps; tap += 1) sum += plane[start + tap]! * weights[row + tap]!;
        target[index] = sum;
      }
    });
    made += count;
    const needed = Math.floor((first.steps + made * down) / up) - half + 1;
    const drop = Math.min(held[0]?.length ?? 0, Math.max(0, needed - heldFrom));
    held = held.map((plane) => plane.slice(drop));
    heldFrom += drop;
    return result;
  };

  const framesBefore = (samples: number): number => framesWithin(samples, fromHz, toHz, before?.offset ?? 0);

  return {
    push: (planes) => {
      const count = lengthOf(planes);
      append(planes, count);
      pushed += count;
      // A frame at position p reaches up to sample floor(p) + half.
      return make(framesBefore(pushed - half));
    },
    finish: (right) => {
      const total = framesBefore(pushed);
      const usable = right !== null && right.length === channels ? right : [];
      const count = Math.min(half, lengthOf(usable));
      append(usable, count);
      append([], half - count);
      return make(total);
    },
    offsetBehind: () => (first.steps + first.shift + framesBefore(pushed) * down) / up - pushed,
  };
};
