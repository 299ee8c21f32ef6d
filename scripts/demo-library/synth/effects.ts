import type { Filter } from './filters.ts';
import { chain, highPass, lowPass } from './filters.ts';
import { createRandom } from './random.ts';
import type { Effect, Stereo } from './sound.ts';
import { generate, SAMPLE_RATE, samplesIn } from './sound.ts';

export interface Echo {
  readonly leftSeconds: number;
  readonly rightSeconds: number;
  /** Part of each repeat that is fed back. */
  readonly feedback: number;
  /** What the tape keeps of the spectrum. */
  readonly lowHz: number;
  readonly highHz: number;
}

/** Two tape echoes that feed each other; returns the repeats alone. */
export function pingPong(echo: Echo): Effect {
  return (input) => {
    const length = input.left.length;
    const left = new Float32Array(length);
    const right = new Float32Array(length);
    const leftDelay = samplesIn(echo.leftSeconds);
    const rightDelay = samplesIn(echo.rightSeconds);
    const tapeLeft = chain(highPass(echo.lowHz), lowPass(echo.highHz));
    const tapeRight = chain(highPass(echo.lowHz), lowPass(echo.highHz));
    for (let index = 0; index < length; index++) {
      const intoLeft = (input.left[index - leftDelay] ?? 0) + (right[index - leftDelay] ?? 0) * echo.feedback;
      const intoRight =
        (input.right[index - rightDelay] ?? 0) + (left[index - rightDelay] ?? 0) * echo.feedback;
      left[index] = tapeLeft(intoLeft);
      right[index] = tapeRight(intoRight);
    }
    return { left, right };
  };
}

/** Reads a channel between its samples; outside of it there is silence. */
function between(samples: Float32Array, position: number): number {
  const whole = Math.floor(position);
  const first = samples[whole] ?? 0;
  return first + ((samples[whole + 1] ?? 0) - first) * (position - whole);
}

/** Two moving delays a side, in opposite phase: width and a slow shimmer. `depth` 0…1. */
export function chorus(rateHz: number, depth: number): Effect {
  return ({ left, right }) => {
    const side = (own: Float32Array, phase: number): Float32Array =>
      generate(own.length, (time, index) => {
        const turn = 2 * Math.PI * (rateHz * time + phase);
        const first = 0.011 + 0.0035 * depth * Math.sin(turn);
        const second = 0.017 + 0.0035 * depth * Math.sin(turn * 0.73 + 2);
        const wet = between(own, index - first * SAMPLE_RATE) + between(own, index - second * SAMPLE_RATE);
        return (own[index] ?? 0) * 0.75 + wet * 0.36;
      });
    return { left: side(left, 0), right: side(right, 0.5) };
  };
}

/** Moves a sound from side to side, as the suitcase electric pianos do. */
export function autoPan(rateHz: number, depth: number): Effect {
  return ({ left, right }) => {
    const motion = (index: number, phase: number): number =>
      1 - depth * (0.5 + 0.5 * Math.sin(2 * Math.PI * ((rateHz * index) / SAMPLE_RATE) + phase));
    return {
      left: left.map((value, index) => value * motion(index, 0)),
      right: right.map((value, index) => value * motion(index, Math.PI)),
    };
  };
}

/** A machine with a bent capstan: slow wow, quick flutter. */
export function tapeWow(depth: number): Effect {
  return ({ left, right }) => {
    const transport = (own: Float32Array): Float32Array =>
      generate(own.length, (time, index) => {
        const wow =
          0.0016 * Math.sin(2 * Math.PI * 0.55 * time) + 0.00012 * Math.sin(2 * Math.PI * 6.7 * time);
        return between(own, index - (0.003 + wow * depth) * SAMPLE_RATE);
      });
    return { left: transport(left), right: transport(right) };
  };
}

/** Dust and a little hiss, as from a record that has been loved. */
export function vinyl(seed: number, level: number): Effect {
  return ({ left, right }) => {
    const random = createRandom(seed);
    const surface = chain(highPass(500), lowPass(5200));
    const crackle = generate(left.length, () => {
      const pop = random.chance(14 / SAMPLE_RATE) ? random.between(-1, 1) * random.next() ** 2 * 14 : 0;
      return surface(pop + random.noise() * 0.05) * level;
    });
    return {
      left: left.map((value, index) => value + (crackle[index] ?? 0)),
      right: right.map((value, index) => value + (crackle[index - 9] ?? 0)),
    };
  };
}

/** Soft saturation; `drive` 1 only rounds the peaks. Small signals keep their level. */
export function saturate(drive: number): Effect {
  const curve = (value: number): number => Math.tanh(value * drive) / drive;
  return ({ left, right }) => ({ left: left.map(curve), right: right.map(curve) });
}

/** The same filter on both sides, each with a state of its own. */
export function filtered(createFilter: () => Filter): Effect {
  return ({ left, right }) => {
    const onLeft = createFilter();
    const onRight = createFilter();
    return { left: left.map((value) => onLeft(value)), right: right.map((value) => onRight(value)) };
  };
}

/** Ducks a sound on every beat, as if a kick drum pressed it down. `depth` 0…1. */
export function pump(beatSeconds: number, depth: number): Effect {
  const level = (index: number): number => {
    const position = ((index / SAMPLE_RATE) % beatSeconds) / beatSeconds;
    return 1 - depth * (1 - Math.min(1, position * 1.6)) ** 2;
  };
  const side = (samples: Float32Array): Float32Array => samples.map((value, index) => value * level(index));
  return ({ left, right }: Stereo) => ({ left: side(left), right: side(right) });
}
