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

/** Modified Bessel function of the first kind, order 0 (Abramowitz and Stegun 9.6.12). */
const besselI0 = (x: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
};

interface Kernel {
  readonly half: number;
  readonly phases: number;
  /** `phases` rows of `2 * half` weights. */
  readonly weights: Float32Array;
}

const kernels = new Map<string, Kernel>();

const kernelFor = (fromHz: number, toHz: number, phases: number): Kernel => {
  const key = `${fromHz}>${toHz}`;
  const known = kernels.get(key);
  if (known !== undefined) return known;
  const scale = Math.min(1, toHz / fromHz) * CUTOFF;
  const half = Math.ceil(HALF_TAPS / Math.min(1, toHz / fromHz));
  const weights = new Float32Array(phases * 2 * half);
  const norm = besselI0(KAISER_BETA);
  for (let phase = 0; phase < phases; phase += 1) {
    const row = phase * 2 * half;
    let sum = 0;
    for (let tap = 0; tap < 2 * half; tap += 1) {
      const distance = tap - (half - 1) - phase / phases;
      const edge = Math.min(1, Math.abs(distance) / half);
      const window = besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge)) / norm;
      const angle = Math.PI * distance * scale;
      const weight = (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle) * window;
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

/** How many frames at `toHz` begin within `samples` at `fromHz`, when the first of them lies at sample `offset`. */
export const framesWithin = (samples: number, fromHz: number, toHz: number, offset = 0): number => {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  // In whole steps of 1 / up samples: a rounding error here would be a sample too many.
  return Math.max(0, Math.ceil((samples * up - Math.round(offset * up)) / (fromHz / divisor)));
};

/** What a track hands to the one that follows it without a gap, so that the filter runs on over the join. */
export interface ResamplerTail {
  readonly fromHz: number;
  /** The last samples before the join. */
  readonly samples: Planes;
  /** Where the first frame behind the join lies, in samples of the follower: 0 ≤ offset < from / to. */
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
  /** Valid after `finish`. */
  tail(): ResamplerTail;
  /** Samples of a follower that `finish` can make use of. */
  readonly reach: number;
}

const lengthOf = (planes: Planes): number => planes[0]?.length ?? 0;

/**
 * Windowed sinc at a rational rate, in whole output frames, without delay: output frame n is the signal at sample
 * n · from / to (J. O. Smith, "Digital Audio Resampling"). A Web Audio node left to do it interpolates linearly.
 */
export const createResampler = (options: {
  readonly fromHz: number;
  readonly toHz: number;
  readonly channels: number;
  readonly before: ResamplerTail | null;
}): Resampler => {
  const { fromHz, toHz, channels } = options;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const isExact = up <= MOST_PHASES;
  const { half, phases, weights } = kernelFor(fromHz, toHz, isExact ? up : MOST_PHASES);
  const isJoined =
    options.before !== null && options.before.fromHz === fromHz && options.before.samples.length === channels;
  const before = isJoined ? options.before : null;

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
  /** Of frame 0, in `1 / up` samples. */
  const firstPosition = Math.round((before?.offset ?? 0) * up);

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
    for (let index = 0; index < count; index += 1) {
      const position = firstPosition + (made + index) * down;
      const sample = Math.floor(position / up);
      const within = position - sample * up;
      const phase = isExact ? within : Math.min(phases - 1, Math.round((within / up) * phases));
      const row = phase * 2 * half;
      const start = sample - half + 1 - heldFrom;
      for (let channel = 0; channel < channels; channel += 1) {
        const plane = held[channel];
        const target = result[channel];
        if (plane === undefined || target === undefined) continue;
        let sum = 0;
        for (let tap = 0; tap < 2 * half; tap += 1) {
          sum += (plane[start + tap] ?? 0) * (weights[row + tap] ?? 0);
        }
        target[index] = sum;
      }
    }
    made += count;
    const needed = Math.floor((firstPosition + made * down) / up) - half + 1;
    const drop = Math.min(held[0]?.length ?? 0, Math.max(0, needed - heldFrom));
    held = held.map((plane) => plane.slice(drop));
    heldFrom += drop;
    return result;
  };

  const framesBefore = (samples: number): number => framesWithin(samples, fromHz, toHz, before?.offset ?? 0);

  let lastSamples: Planes = held.map((plane) => plane.slice());

  return {
    reach: half,
    push: (planes) => {
      const count = lengthOf(planes);
      append(planes, count);
      pushed += count;
      lastSamples = held.map((plane) => plane.slice(-half));
      // A frame at position p reaches up to sample floor(p) + half.
      return make(framesBefore(pushed - half));
    },
    finish: (right) => {
      const total = framesBefore(pushed);
      lastSamples = held.map((plane) => plane.slice(-half));
      const usable = right !== null && right.length === channels ? right : [];
      const count = Math.min(half, lengthOf(usable));
      append(usable, count);
      append([], half - count);
      return make(total);
    },
    tail: () => ({
      fromHz,
      samples: lastSamples,
      offset: (firstPosition + framesBefore(pushed) * down) / up - pushed,
    }),
  };
};
