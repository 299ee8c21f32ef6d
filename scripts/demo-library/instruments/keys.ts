import type { EnvelopeShape } from '../synth/envelope.ts';
import { envelope } from '../synth/envelope.ts';
import { createPulse, createSaw, createSine } from '../synth/oscillators.ts';
import { bandPass, lowPass, onePole } from '../synth/filters.ts';
import type { Instrument } from '../synth/sound.ts';
import { generate, mono, samplesIn } from '../synth/sound.ts';

/**
 * Electric piano by frequency modulation (Chowning 1973): a body whose index falls with the note, and a
 * tine fourteen times higher that is gone after a few hundredths of a second.
 */
export const ELECTRIC_PIANO: Instrument = ({ frequencyHz, seconds, velocity }) => {
  const level = envelope(
    { attack: 0.003, decay: 5 * (220 / frequencyHz) ** 0.5, sustain: 0, release: 0.28 },
    seconds,
  );
  const length = samplesIn(seconds + 0.28);
  const turn = 2 * Math.PI * frequencyHz;
  const bite = 0.25 + 1.5 * velocity * velocity * Math.min(1, (500 / frequencyHz) ** 0.5);
  const tineGain = frequencyHz * 14 < 15_000 ? 0.22 * velocity * velocity : 0;
  return mono(
    generate(length, (time) => {
      const phase = turn * time;
      const body = Math.sin(phase + bite * Math.exp(-time * 2.4) * Math.sin(phase * 1.0006));
      const tine = Math.sin(phase + tineGain * Math.exp(-time * 26) * 5 * Math.sin(phase * 14));
      return level(time) * velocity * (0.72 * body + 0.28 * tine);
    }),
  );
};

/** Drawbars or stops: partials by their ratio to the written pitch. */
export interface OrganCharacter {
  readonly stops: readonly (readonly [ratio: number, gain: number])[];
  readonly speech: EnvelopeShape;
  /** Wind heard before the pipe speaks, 0…1. */
  readonly chiff: number;
}

function organ(character: OrganCharacter): Instrument {
  return ({ frequencyHz, seconds, velocity, random }) => {
    const level = envelope(character.speech, seconds);
    const length = samplesIn(seconds + character.speech.release);
    const pipes = character.stops
      .filter(([ratio]) => frequencyHz * ratio < 12_000)
      .map(([ratio, gain]) => ({
        ratio: ratio * random.between(0.9992, 1.0008),
        gain,
        sine: createSine(random.next()),
        drift: random.between(3.5, 6),
      }));
    const wind = bandPass(Math.min(9000, frequencyHz * 2.5), 3);
    return mono(
      generate(length, (time) => {
        let sum = 0;
        for (const { ratio, gain, sine, drift } of pipes) {
          sum += gain * sine(frequencyHz * ratio * (1 + 0.0006 * Math.sin(drift * time)));
        }
        const breath = wind(random.noise()) * character.chiff * (0.03 + Math.exp(-time * 28));
        return (sum * 0.3 + breath) * level(time) * (0.5 + 0.5 * velocity);
      }),
    );
  };
}

export const PIPE_ORGAN = organ({
  stops: [
    [0.5, 0.5],
    [1, 1],
    [2, 0.55],
    [3, 0.22],
    [4, 0.3],
    [6, 0.08],
    [8, 0.12],
  ],
  speech: { attack: 0.07, decay: 0, sustain: 1, release: 0.22 },
  chiff: 0.5,
});

export const FLUTE_STOP = organ({
  stops: [
    [1, 1],
    [2, 0.16],
    [3, 0.1],
    [5, 0.02],
  ],
  speech: { attack: 0.035, decay: 0, sustain: 1, release: 0.12 },
  chiff: 0.9,
});

/** Three reeds, two of them a little off: the sound of a musette accordion. */
export const ACCORDION: Instrument = ({ frequencyHz, seconds, velocity, random }) => {
  const level = envelope({ attack: 0.045, decay: 0.4, sustain: 0.82, release: 0.09 }, seconds);
  const length = samplesIn(seconds + 0.09);
  const beat = 1 + 2.4 / Math.max(220, frequencyHz);
  const reeds = [1, beat, 1 / beat].map((ratio) => ({ ratio, reed: createPulse(random.next(), 0.28) }));
  const low = createSaw(random.next());
  const box = lowPass(1500 + 2600 * velocity);
  const nose = bandPass(1150, 1.4);
  const smooth = onePole(5200);
  return mono(
    generate(length, (time) => {
      let sum = 0;
      for (const { ratio, reed } of reeds) sum += reed(frequencyHz * ratio);
      const raw = sum * 0.3 + low(frequencyHz) * 0.12;
      return smooth(box(raw) + 0.5 * nose(raw)) * level(time) * (0.4 + 0.6 * velocity) * 0.5;
    }),
  );
};
