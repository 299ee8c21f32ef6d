import { bandPass } from '../synth/filters.ts';
import { damp, sumModes } from '../synth/modal.ts';
import type { Instrument } from '../synth/sound.ts';
import { generate, mono, samplesIn } from '../synth/sound.ts';

/** A bar, plate or bell: its modes relative to the fundamental. */
export interface BarCharacter {
  readonly modes: readonly (readonly [ratio: number, gain: number, decay: number])[];
  /** Time for the fundamental of a middle C to fall by 60 dB. */
  readonly ringSeconds: number;
  /** The knock of the mallet, 0…1. */
  readonly contact: number;
  readonly damperSeconds?: number;
  /** Rotating discs in the resonators, in Hz. */
  readonly tremoloHz?: number;
}

function bar(character: BarCharacter): Instrument {
  return ({ frequencyHz, seconds, velocity, random }) => {
    const ring = character.ringSeconds * (261 / frequencyHz) ** 0.45;
    const length = samplesIn(
      character.damperSeconds ? Math.min(ring, seconds + character.damperSeconds) : ring,
    );
    const modes = character.modes.map(([ratio, gain, decay], order) => ({
      frequencyHz: frequencyHz * ratio * random.between(0.999, 1.001),
      gain: gain * velocity ** (0.8 + 0.5 * order),
      decaySeconds: ring * decay,
    }));
    const ringing = sumModes(modes, length);
    const bars = character.damperSeconds ? damp(ringing, seconds, character.damperSeconds) : ringing;
    const knock = bandPass(Math.min(3000, frequencyHz * 3), 1.5);
    const tremolo = character.tremoloHz ?? 0;
    return mono(
      generate(length, (time, index) => {
        const blow =
          time < 0.03 ? knock(random.noise()) * Math.exp(-time * 220) * character.contact * velocity : 0;
        const motion = tremolo ? 0.8 + 0.2 * Math.cos(2 * Math.PI * tremolo * time) : 1;
        return ((bars[index] ?? 0) * motion + blow) * Math.min(1, time / 0.0012);
      }),
    );
  };
}

export const MARIMBA = bar({
  modes: [
    [1, 1, 1],
    [3.93, 0.24, 0.32],
    [9.6, 0.08, 0.12],
  ],
  ringSeconds: 1.5,
  contact: 0.35,
});

export const KALIMBA = bar({
  modes: [
    [1, 1, 1],
    [2.02, 0.1, 0.5],
    [5.9, 0.22, 0.14],
    [11.2, 0.07, 0.08],
  ],
  ringSeconds: 2,
  contact: 0.5,
});

export const VIBRAPHONE = bar({
  modes: [
    [1, 1, 1],
    [3.98, 0.2, 0.4],
    [10.1, 0.06, 0.15],
  ],
  ringSeconds: 5,
  contact: 0.1,
  damperSeconds: 0.6,
  tremoloHz: 4.6,
});

export const MUSIC_BOX = bar({
  modes: [
    [1, 1, 1],
    [2.76, 0.24, 0.5],
    [5.42, 0.2, 0.3],
    [8.9, 0.08, 0.2],
  ],
  ringSeconds: 3.4,
  contact: 0.25,
});

export const GLASS = bar({
  modes: [
    [1, 1, 1],
    [1.004, 0.6, 0.9],
    [2.32, 0.16, 0.5],
    [4.25, 0.09, 0.35],
    [6.63, 0.04, 0.2],
  ],
  ringSeconds: 8,
  contact: 0.03,
});
