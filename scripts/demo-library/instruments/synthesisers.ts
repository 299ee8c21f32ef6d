import type { EnvelopeShape } from '../synth/envelope.ts';
import { envelope } from '../synth/envelope.ts';
import { bandPass, highPass, sweptLowPass } from '../synth/filters.ts';
import { createPulse, createSaw, createSine } from '../synth/oscillators.ts';
import type { Instrument, Tone } from '../synth/sound.ts';
import { generate, mono, samplesIn } from '../synth/sound.ts';

/** A subtractive voice: detuned saws into a moving low pass. */
export interface PadCharacter {
  readonly level: EnvelopeShape;
  /** Corner of the filter when closed, and what envelope and velocity add, in Hz. */
  readonly cornerHz: number;
  readonly openHz: number;
  readonly sweep: EnvelopeShape;
  readonly resonance: number;
  readonly detuneCents: number;
  readonly voices: number;
}

/** Each side has its own oscillators, so the sound is as wide as a choir without any effect. */
function pad(character: PadCharacter): Instrument {
  return (tone) => ({ left: padSide(character, tone), right: padSide(character, tone) });
}

function padSide(character: PadCharacter, { frequencyHz, seconds, velocity, random }: Tone): Float32Array {
  const level = envelope(character.level, seconds);
  const sweep = envelope(character.sweep, seconds);
  const filter = sweptLowPass(character.resonance);
  const saws = Array.from({ length: character.voices }, () => ({
    saw: createSaw(random.next()),
    cents: random.between(-1, 1) * character.detuneCents,
    drift: random.between(0.15, 0.6),
  })).map(({ saw, cents, drift }) => ({ saw, drift, frequency: frequencyHz * 2 ** (cents / 1200) }));
  const gain = 0.4 / Math.sqrt(character.voices);
  return generate(samplesIn(seconds + character.level.release), (time) => {
    let sum = 0;
    for (const { saw, frequency, drift } of saws)
      sum += saw(frequency * (1 + 0.0008 * Math.sin(drift * time * 6)));
    const corner = character.cornerHz + character.openHz * sweep(time) * (0.4 + 0.6 * velocity);
    return filter(sum, corner) * level(time) * gain * (0.4 + 0.6 * velocity);
  });
}

const SLOW = { attack: 0.9, decay: 2, sustain: 0.8, release: 1.8 };

export const WARM_PAD = pad({
  level: SLOW,
  cornerHz: 260,
  openHz: 900,
  sweep: { attack: 1.6, decay: 3, sustain: 0.5, release: 2 },
  resonance: 0.15,
  detuneCents: 9,
  voices: 3,
});

export const GLACIER_PAD = pad({
  level: { attack: 2.2, decay: 2, sustain: 0.9, release: 3.2 },
  cornerHz: 180,
  openHz: 520,
  sweep: { attack: 4, decay: 4, sustain: 0.6, release: 3 },
  resonance: 0.1,
  detuneCents: 6,
  voices: 3,
});

export const POLY_STRINGS = pad({
  level: { attack: 0.18, decay: 1, sustain: 0.85, release: 0.5 },
  cornerHz: 700,
  openHz: 2300,
  sweep: { attack: 0.3, decay: 1.5, sustain: 0.6, release: 0.4 },
  resonance: 0.1,
  detuneCents: 12,
  voices: 3,
});

export const DUB_STAB = pad({
  level: { attack: 0.004, decay: 0.28, sustain: 0.05, release: 0.14 },
  cornerHz: 220,
  openHz: 2400,
  sweep: { attack: 0.003, decay: 0.24, sustain: 0.04, release: 0.1 },
  resonance: 0.45,
  detuneCents: 8,
  voices: 2,
});

export const SYNTH_PLUCK = pad({
  level: { attack: 0.002, decay: 0.5, sustain: 0.08, release: 0.12 },
  cornerHz: 350,
  openHz: 4200,
  sweep: { attack: 0.001, decay: 0.22, sustain: 0.03, release: 0.1 },
  resonance: 0.35,
  detuneCents: 5,
  voices: 2,
});

/** Rubber bass: a saw and a square an octave below, through a quick filter. */
export const SYNTH_BASS: Instrument = ({ frequencyHz, seconds, velocity, random }) => {
  const level = envelope({ attack: 0.003, decay: 0.5, sustain: 0.7, release: 0.05 }, seconds);
  const sweep = envelope({ attack: 0.002, decay: 0.26, sustain: 0.12, release: 0.05 }, seconds);
  const saw = createSaw(random.next());
  const under = createPulse(0.25, 0.5);
  const filter = sweptLowPass(0.3);
  return mono(
    generate(samplesIn(seconds + 0.05), (time) => {
      const raw = saw(frequencyHz) * 0.6 + under(frequencyHz) * 0.3;
      return filter(raw, 140 + 1500 * sweep(time) * velocity) * level(time) * velocity;
    }),
  );
};

/** Felt more than heard: a sine with just enough third harmonic to show on small speakers. */
export const SUB_BASS: Instrument = ({ frequencyHz, seconds, velocity }) => {
  const level = envelope({ attack: 0.012, decay: 0.6, sustain: 0.75, release: 0.09 }, seconds);
  const sine = createSine();
  return mono(
    generate(
      samplesIn(seconds + 0.09),
      (time) => Math.tanh(1.7 * sine(frequencyHz)) * level(time) * velocity * 0.7,
    ),
  );
};

const VOWELS = {
  a: [750, 1150, 2600],
  o: [430, 820, 2500],
  e: [480, 1800, 2550],
  u: [340, 640, 2300],
} as const;

export type Vowel = keyof typeof VOWELS;

/** A singing machine: glottal buzz with late vibrato through the formants of a vowel (Peterson and Barney 1952). */
export function voice(vowel: Vowel): Instrument {
  return ({ frequencyHz, seconds, velocity, random }) => {
    const level = envelope({ attack: 0.05, decay: 0.5, sustain: 0.85, release: 0.14 }, seconds);
    const throat = createSaw(random.next());
    const double = createSaw(random.next());
    const soft = sweptLowPass(0);
    const floor = highPass(140);
    const formants = VOWELS[vowel].map((frequency, order) => bandPass(frequency, 5 + 2 * order));
    const scoop = random.between(0.012, 0.025);
    return mono(
      generate(samplesIn(seconds + 0.14), (time) => {
        const vibrato =
          0.006 * Math.min(1, Math.max(0, time - 0.25) * 3) * Math.sin(2 * Math.PI * 5.3 * time);
        const pitch = frequencyHz * (1 - scoop * Math.exp(-time * 26) + vibrato);
        const buzz = soft(throat(pitch) + 0.6 * double(pitch * 1.004) + 0.05 * random.noise(), 2600);
        let sung = 0.14 * buzz;
        for (const formant of formants) sung += formant(buzz);
        return floor(sung) * level(time) * (0.3 + 0.7 * velocity);
      }),
    );
  };
}

/** A breathy reed without an owner: clarinet-like, for guests who carry a tune. */
export const CLARINET: Instrument = ({ frequencyHz, seconds, velocity, random }) => {
  const level = envelope({ attack: 0.055, decay: 0.6, sustain: 0.86, release: 0.1 }, seconds);
  const reed = createPulse(random.next(), 0.5);
  const filter = sweptLowPass(0.05);
  const breath = bandPass(1700, 0.8);
  return mono(
    generate(samplesIn(seconds + 0.1), (time) => {
      const vibrato = 1 + 0.0035 * Math.min(1, time * 1.4) * Math.sin(2 * Math.PI * 4.9 * time);
      const tone = filter(reed(frequencyHz * vibrato), 700 + 1700 * velocity * level(time));
      return (tone + 0.05 * breath(random.noise())) * level(time) * (0.35 + 0.65 * velocity);
    }),
  );
};
