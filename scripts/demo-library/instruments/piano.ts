import { bandPass, lowPass } from '../synth/filters.ts';
import type { Mode } from '../synth/modal.ts';
import { damp, sumModes } from '../synth/modal.ts';
import type { Instrument } from '../synth/sound.ts';
import { generate, mono, samplesIn } from '../synth/sound.ts';

export interface PianoCharacter {
  /** 0 is felt between hammer and string, 1 an open concert grand. */
  readonly brightness: number;
  /** How much of the hammer and the key bed is heard, 0…1. */
  readonly hammer: number;
  /** Time until a damper has stopped the string. */
  readonly damperSeconds: number;
}

/**
 * A piano by its modes: stiff strings (partials stretched by the inharmonicity B), the hammer at an
 * eighth of the string (which leaves out each eighth partial), and two decays a partial, quick while the
 * strings move together, slow when they do not (Weinreich 1977).
 */
function piano(character: PianoCharacter): Instrument {
  return ({ frequencyHz, seconds, velocity, random }) => {
    const inharmonicity = 0.00022 * (frequencyHz / 261) ** 1.1;
    const ringSeconds = Math.min(14, 9 * (220 / frequencyHz) ** 0.62);
    const length = samplesIn(Math.min(seconds + character.damperSeconds * 1.2, ringSeconds));
    const darkness = 3.4 - 1.5 * character.brightness - 1.2 * velocity * (0.4 + character.brightness);
    const modes: Mode[] = [];
    for (let partial = 1; partial <= 26; partial++) {
      const frequency = partial * frequencyHz * Math.sqrt(1 + inharmonicity * partial * partial);
      if (frequency > 9000) break;
      const hammerPlace = Math.abs(Math.sin((Math.PI * partial) / 7.6)) + 0.06;
      const gain = hammerPlace * partial ** -Math.max(0.7, darkness) * random.between(0.85, 1.15);
      const decay = ringSeconds / (1 + 0.28 * (partial - 1));
      modes.push(
        {
          frequencyHz: frequency * (1 - random.between(0.0002, 0.0005)),
          gain: gain * 0.7,
          decaySeconds: decay * 0.3,
        },
        {
          frequencyHz: frequency * (1 + random.between(0.0002, 0.0005)),
          gain: gain * 0.4,
          decaySeconds: decay,
        },
      );
    }
    const strings = damp(sumModes(modes, length), seconds, character.damperSeconds);
    const knock = bandPass(170 + frequencyHz * 0.25, 1.2);
    const felt = lowPass(1600 + 2400 * character.brightness);
    const knockGain = character.hammer * (0.25 + 0.75 * velocity);
    const loudness = velocity ** 1.5;
    return mono(
      generate(length, (time, index) => {
        const blow = time < 0.07 ? knock(random.noise()) * Math.exp(-time * 70) * knockGain : 0;
        const start = Math.min(1, time / (0.004 - 0.0025 * velocity));
        return felt((strings[index] ?? 0) * start + blow) * loudness;
      }),
    );
  };
}

export const FELT_PIANO = piano({ brightness: 0.12, hammer: 0.5, damperSeconds: 0.5 });
export const GRAND_PIANO = piano({ brightness: 0.5, hammer: 0.22, damperSeconds: 0.25 });
