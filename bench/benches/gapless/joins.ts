/** What a recording did at the places where one track gave way to the next. */
import type { Recording } from '../../../tests/browser/sound-recorder.ts';
import { CHANNELS, signalAt, type Channel } from './signal.ts';

export interface Join {
  /** Samples of the recording that are too many (or, below 0, too few), to fractions of one; NaN where the signal was not found. */
  readonly inserted: number;
  /** The largest difference between two samples in a row near the join that is not in the uncut signal, of full scale. */
  readonly stepBeyond: number;
  /** Samples inserted between the join before and this one: a stall, or a place where the music jumped. */
  readonly insertedBefore: number;
}

/** How far the next track may be from where it belongs and still be found: near by first, which is quick. */
const SEARCHED_SECONDS = [0.01, 0.5] as const;
const OPENING_SEARCHED_SECONDS = [1] as const;
const FITTED_SECONDS = 0.2;
/** Past what an encoder does at an edge, and past any gap that is found. */
const FROM_EDGE_SECONDS = 0.6;
const NEAR_FRAMES = 512;
/** Other places of the signal resemble one up to 0.95 or so; the place itself is beyond this even at 96 kbit/s. */
const SMALLEST_CORRELATION = 0.98;
const NEWTON_STEPS = 12;

interface Fit {
  /** Frames from where the signal's second 0 would be. */
  readonly delay: number;
  readonly gain: Readonly<Record<Channel, number>>;
}

/** Every so many frames are compared: the signal stays far below what that can tell apart. */
const STRIDE = 4;

const expectedFrom = (channel: Channel, firstFrame: number, frames: number, rateHz: number): Float64Array =>
  Float64Array.from({ length: Math.ceil(frames / STRIDE) }, (_, index) =>
    signalAt(channel, (firstFrame + index * STRIDE) / rateHz),
  );

/** Sum of the products of what is expected and what was heard from `start` on; `power` of what was heard. */
const correlate = (expected: Float64Array, heard: Float32Array, start: number) => {
  let product = 0;
  let power = 0;
  for (let index = 0, at = start; index < expected.length; index += 1, at += STRIDE) {
    const sample = heard[at]!;
    product += expected[index]! * sample;
    power += sample * sample;
  }
  return { product, power };
};

const powerOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** The whole delay between `least` and `most` at which a stretch of the signal stands in the recording. */
const findDelay = (
  { left, right, rateHz }: Recording,
  firstFrame: number,
  frames: number,
  [least, most]: readonly [number, number],
): number | null => {
  const onLeft = expectedFrom('left', firstFrame, frames, rateHz);
  const onRight = expectedFrom('right', firstFrame, frames, rateHz);
  const expectedPower = powerOf(onLeft) + powerOf(onRight);
  const from = Math.max(least, -firstFrame);
  const until = Math.min(most, left.length - frames - firstFrame);
  let best = { delay: 0, correlation: 0 };
  for (let delay = from; delay <= until; delay += 1) {
    const one = correlate(onLeft, left, firstFrame + delay);
    const other = correlate(onRight, right, firstFrame + delay);
    const correlation =
      (one.product + other.product) / Math.sqrt((one.power + other.power) * expectedPower + 1e-12);
    if (correlation > best.correlation) best = { delay, correlation };
  }
  return best.correlation < SMALLEST_CORRELATION ? null : best.delay;
};

/** Gauss and Newton's way to the least squares of delay and gains. */
const refine = (
  { left, right, rateHz }: Recording,
  firstFrame: number,
  frames: number,
  wholeDelay: number,
): Fit => {
  const heard = { left, right };
  const gain = { left: 1, right: 1 };
  let offset = 0;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    let slopePower = 0;
    let slopeError = 0;
    for (const channel of CHANNELS) {
      let product = 0;
      let power = 0;
      const model = new Float64Array(frames);
      for (let index = 0; index < frames; index += 1) {
        const expected = signalAt(channel, (firstFrame + index - offset) / rateHz);
        model[index] = expected;
        product += expected * (heard[channel][firstFrame + wholeDelay + index] ?? 0);
        power += expected * expected;
      }
      gain[channel] = product / power;
      for (let index = 1; index < frames - 1; index += 1) {
        // Later by one frame is the value of one frame before.
        const slope = (gain[channel] * ((model[index - 1] ?? 0) - (model[index + 1] ?? 0))) / 2;
        const error =
          (heard[channel][firstFrame + wholeDelay + index] ?? 0) - gain[channel] * (model[index] ?? 0);
        slopePower += slope * slope;
        slopeError += slope * error;
      }
    }
    const change = slopeError / slopePower;
    offset += change;
    if (Math.abs(change) < 1e-5) break;
  }
  return { delay: wholeDelay + offset, gain };
};

const fit = (
  recording: Recording,
  fromSeconds: number,
  around: number,
  searchedSeconds: readonly number[] = SEARCHED_SECONDS,
): Fit | null => {
  const firstFrame = Math.round(fromSeconds * recording.rateHz);
  const frames = Math.round(FITTED_SECONDS * recording.rateHz);
  const middle = Math.round(around);
  for (const seconds of searchedSeconds) {
    const radius = Math.round(seconds * recording.rateHz);
    const whole = findDelay(recording, firstFrame, frames, [middle - radius, middle + radius]);
    if (whole !== null) return refine(recording, firstFrame, frames, whole);
  }
  return null;
};

const largestStepBeyond = ({ left, right, rateHz }: Recording, atSeconds: number, before: Fit): number => {
  const heard = { left, right };
  const middle = Math.round(atSeconds * rateHz + before.delay);
  let largest = 0;
  for (const channel of CHANNELS) {
    const expected = (frame: number): number =>
      before.gain[channel] * signalAt(channel, (frame - before.delay) / rateHz);
    for (let frame = middle - NEAR_FRAMES; frame < middle + NEAR_FRAMES; frame += 1) {
      const step = (heard[channel][frame] ?? 0) - (heard[channel][frame - 1] ?? 0);
      largest = Math.max(largest, Math.abs(step - (expected(frame) - expected(frame - 1))));
    }
  }
  return largest;
};

/** @param joinsAt seconds of the signal at which one track ends and the next begins. */
export const judgeJoins = (recording: Recording, joinsAt: readonly number[]): readonly Join[] => {
  const lost: Join = { inserted: Number.NaN, stepBeyond: Number.NaN, insertedBefore: Number.NaN };
  const edge = FROM_EDGE_SECONDS + FITTED_SECONDS;
  const first = joinsAt[0] ?? 0;
  const opening = fit(recording, first / 2, 0, OPENING_SEARCHED_SECONDS);
  let around = opening?.delay ?? 0;
  return joinsAt.map((at) => {
    const before = fit(recording, at - edge, around);
    const after = fit(recording, at + FROM_EDGE_SECONDS, before?.delay ?? around);
    if (before === null || after === null) return lost;
    const insertedBefore = before.delay - around;
    around = after.delay;
    return {
      inserted: after.delay - before.delay,
      insertedBefore,
      stepBeyond: largestStepBeyond(recording, at, before),
    };
  });
};
