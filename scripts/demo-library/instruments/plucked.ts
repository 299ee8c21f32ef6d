import type { Filter } from '../synth/filters.ts';
import { bandPass, highPass, lowPass } from '../synth/filters.ts';
import { damp } from '../synth/modal.ts';
import type { Instrument } from '../synth/sound.ts';
import { generate, mono, SAMPLE_RATE, samplesIn } from '../synth/sound.ts';

export interface StringCharacter {
  /** Time for the fundamental of a middle C to fall by 60 dB. */
  readonly ringSeconds: number;
  /** 0 is the thumb, 1 the nail. */
  readonly brightness: number;
  /** Where the string is plucked, as a part of its length. */
  readonly position: number;
  /** Resonances of the body: frequency in Hz, gain. */
  readonly body: readonly (readonly [frequencyHz: number, gain: number])[];
  /** Time until a released string is quiet; undefined lets it ring. */
  readonly damperSeconds?: number;
  /** Something laid on the string: 0 is none, 1 rattles. */
  readonly preparation?: number;
}

/** Karplus-Strong string, extended by Jaffe and Smith (1983): tuned by linear interpolation, damped by pitch. */
function pluckedString(character: StringCharacter): Instrument {
  return ({ frequencyHz, seconds, velocity, random }) => {
    const ring = character.ringSeconds * (261 / frequencyHz) ** 0.5;
    const length = samplesIn(
      character.damperSeconds ? Math.min(ring, seconds + character.damperSeconds) : ring,
    );
    const blend = 0.5 - 0.36 * character.brightness;
    // The two-point average in the loop delays by `blend` samples itself.
    const period = SAMPLE_RATE / frequencyHz - blend;
    const whole = Math.floor(period);
    const fraction = period - whole;
    const line = pluckShape(whole + 2, character, velocity, random.noise);
    const loop = 10 ** (-3 / (ring * frequencyHz));
    let read = 0;
    let last = 0;
    const size = line.length;
    const buzz = character.preparation ?? 0;
    const samples = generate(length, (time, index) => {
      const current = line[(index + size - whole) % size] ?? 0;
      const older = line[(index + size - whole - 1) % size] ?? 0;
      read = current + (older - current) * fraction;
      const damped = (read * (1 - blend) + last * blend) * loop;
      last = read;
      line[index % size] = buzz > 0 && damped > 0.1 ? 0.1 + (damped - 0.1) * (1 - buzz) : damped;
      return read * Math.min(1, time / 0.0008);
    });
    const sounding = withBody(samples, character.body);
    return mono(character.damperSeconds ? damp(sounding, seconds, character.damperSeconds) : sounding);
  };
}

/** Noise as a finger leaves it: darker when soft, without the partials that have a node where it plucked. */
function pluckShape(
  size: number,
  character: StringCharacter,
  velocity: number,
  noise: () => number,
): Float32Array {
  const soften = lowPass(600 + (1500 + 9000 * character.brightness) * velocity * velocity);
  const burst = generate(size, () => soften(noise()));
  const mean = burst.reduce((sum, value) => sum + value, 0) / size;
  const offset = Math.max(1, Math.round(size * character.position));
  return burst.map(
    (value, index) => (value - mean - ((burst[(index + size - offset) % size] ?? 0) - mean) * 0.9) * velocity,
  );
}

function withBody(samples: Float32Array, body: StringCharacter['body']): Float32Array {
  const rumble = highPass(40);
  const resonances: (readonly [Filter, number])[] = body.map(([frequency, gain]) => [
    bandPass(frequency, 4),
    gain,
  ]);
  return samples.map((value) => {
    const string = rumble(value);
    let sum = string;
    for (const [resonance, gain] of resonances) sum += resonance(string) * gain;
    return sum;
  });
}

const GUITAR_BODY = [
  [102, 1.1],
  [204, 0.9],
  [390, 0.5],
] as const;

export const NYLON_GUITAR = pluckedString({
  ringSeconds: 3.2,
  brightness: 0.45,
  position: 0.22,
  body: GUITAR_BODY,
});
export const HARP = pluckedString({ ringSeconds: 5, brightness: 0.5, position: 0.4, body: [[190, 0.6]] });
export const PREPARED_STRINGS = pluckedString({
  ringSeconds: 1.1,
  brightness: 0.7,
  position: 0.09,
  body: [
    [310, 1.2],
    [880, 0.8],
  ],
  preparation: 0.7,
});
export const MANDOLIN = pluckedString({
  ringSeconds: 1.8,
  brightness: 0.85,
  position: 0.12,
  body: [[420, 1]],
});
export const MUTED_STRINGS = pluckedString({
  ringSeconds: 0.5,
  brightness: 0.3,
  position: 0.2,
  body: GUITAR_BODY,
});
export const UPRIGHT_BASS = pluckedString({
  ringSeconds: 2.6,
  brightness: 0.16,
  position: 0.28,
  body: [
    [72, 0.8],
    [118, 0.9],
    [230, 0.4],
  ],
  damperSeconds: 0.12,
});
