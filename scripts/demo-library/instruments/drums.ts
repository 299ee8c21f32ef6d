import { bandPass, chain, highPass, lowPass } from '../synth/filters.ts';
import { sumModes } from '../synth/modal.ts';
import { createPulse, createSine } from '../synth/oscillators.ts';
import type { Instrument } from '../synth/sound.ts';
import { generate, mono, samplesIn } from '../synth/sound.ts';

export interface KickCharacter {
  readonly pitchHz: number;
  readonly sweepHz: number;
  readonly decaySeconds: number;
  readonly click: number;
}

function kick(character: KickCharacter): Instrument {
  return ({ velocity, random }) => {
    const body = createSine();
    const tick = lowPass(3200);
    return mono(
      generate(samplesIn(character.decaySeconds * 1.5), (time) => {
        const pitch = character.pitchHz + character.sweepHz * Math.exp(-time * 42);
        const level = Math.exp((-5 * time) / character.decaySeconds) * Math.min(1, time / 0.0015);
        const click = tick(random.noise()) * Math.exp(-time * 260) * character.click;
        const ending = Math.min(1, (character.decaySeconds * 1.5 - time) / 0.01);
        return (Math.tanh(1.4 * body(pitch)) * level + click) * velocity * ending;
      }),
    );
  };
}

export const CLUB_KICK = kick({ pitchHz: 46, sweepHz: 150, decaySeconds: 0.42, click: 0.12 });
export const POP_KICK = kick({ pitchHz: 52, sweepHz: 190, decaySeconds: 0.3, click: 0.3 });
export const DUSTY_KICK = kick({ pitchHz: 56, sweepHz: 90, decaySeconds: 0.24, click: 0.08 });
export const FEATHERED_KICK = kick({ pitchHz: 58, sweepHz: 40, decaySeconds: 0.2, click: 0.02 });

export interface SnareCharacter {
  readonly toneHz: number;
  readonly noiseHz: number;
  readonly decaySeconds: number;
  readonly toneGain: number;
}

function snare(character: SnareCharacter): Instrument {
  return ({ velocity, random }) => {
    const low = createSine();
    const high = createSine();
    const wires = chain(highPass(700), bandPass(character.noiseHz, 0.6));
    return mono(
      generate(samplesIn(character.decaySeconds * 1.6), (time) => {
        const head =
          low(character.toneHz * (1 + 0.4 * Math.exp(-time * 60))) + 0.5 * high(character.toneHz * 1.62);
        const noise = wires(random.noise()) * Math.exp((-5 * time) / character.decaySeconds);
        const start = Math.min(1, time / 0.001);
        return (head * Math.exp(-time * 24) * character.toneGain + noise * 1.3) * start * velocity ** 1.3;
      }),
    );
  };
}

export const POP_SNARE = snare({ toneHz: 188, noiseHz: 3600, decaySeconds: 0.24, toneGain: 0.5 });
export const DUSTY_SNARE = snare({ toneHz: 205, noiseHz: 2300, decaySeconds: 0.17, toneGain: 0.4 });
export const BRUSH_TAP = snare({ toneHz: 215, noiseHz: 4200, decaySeconds: 0.13, toneGain: 0.12 });

/** Wire brush drawn round the head: noise that swells and dies within the time it is held. */
export const BRUSH_SWEEP: Instrument = ({ seconds, velocity, random }) => {
  const wires = chain(highPass(1200), bandPass(3800, 0.5), lowPass(8000));
  return mono(
    generate(samplesIn(seconds), (time) => {
      const stroke = Math.sin(Math.PI * Math.min(1, time / seconds)) ** 1.5;
      return wires(random.noise()) * stroke * velocity;
    }),
  );
};

/** Six square waves that share no harmonics, as in the drum machines of 1980, over a little noise. */
function hat(decaySeconds: number): Instrument {
  return ({ velocity, random }) => {
    const squares = [317, 465, 543, 811, 1123, 1487].map((frequency) => ({
      frequency: frequency * 3.1,
      square: createPulse(random.next(), 0.5),
    }));
    const metal = chain(highPass(6500), highPass(5500));
    return mono(
      generate(samplesIn(decaySeconds * 1.5), (time) => {
        let sum = 0;
        for (const { frequency, square } of squares) sum += square(frequency);
        const level = Math.exp((-5 * time) / decaySeconds) * Math.min(1, time / 0.0008);
        return metal(sum * 0.12 + random.noise() * 0.5) * level * velocity ** 1.4;
      }),
    );
  };
}

export const CLOSED_HAT = hat(0.06);
export const OPEN_HAT = hat(0.34);

/** A dark ride cymbal: many inharmonic modes, a stick, a wash. */
export const RIDE: Instrument = ({ velocity, random }) => {
  const length = samplesIn(1.6);
  const modes = Array.from({ length: 34 }, (_, order) => ({
    frequencyHz: 380 * 1.098 ** order * random.between(0.97, 1.03),
    gain: 0.03 + 0.05 * Math.exp(-(((order - 20) / 9) ** 2)),
    decaySeconds: random.between(0.5, 1.7),
  }));
  const metal = sumModes(modes, length);
  const wash = chain(highPass(4500), lowPass(10_500));
  return mono(
    generate(length, (time, index) => {
      const stick = wash(random.noise()) * (0.55 * Math.exp(-time * 90) + 0.1 * Math.exp(-time * 4));
      const ending = Math.min(1, (1.6 - time) / 0.2);
      return ((metal[index] ?? 0) + stick) * ending * velocity ** 1.3 * Math.min(1, time / 0.001);
    }),
  );
};

export const RIM: Instrument = ({ velocity, random }) => {
  const modes = [
    { frequencyHz: 1720, gain: 0.7, decaySeconds: 0.06 },
    { frequencyHz: 2480, gain: 0.4, decaySeconds: 0.04 },
    { frequencyHz: 510, gain: 0.5, decaySeconds: 0.05 },
  ];
  const wood = sumModes(modes, samplesIn(0.12));
  return mono(wood.map((value) => value * velocity * random.between(0.95, 1.05)));
};

/** Three quick bursts and a tail: several hands that nearly agree. */
export const CLAP: Instrument = ({ velocity, random }) => {
  const hands = chain(highPass(600), bandPass(1400, 0.8));
  return mono(
    generate(samplesIn(0.3), (time) => {
      const burst = time < 0.03 ? Math.exp(-(time % 0.01) * 300) : Math.exp(-(time - 0.03) * 22);
      return hands(random.noise()) * burst * velocity * 1.6;
    }),
  );
};

export const SHAKER: Instrument = ({ velocity, random }) => {
  const beads = chain(highPass(3800), bandPass(6400, 0.8));
  return mono(
    generate(samplesIn(0.1), (time) => {
      const swing = Math.sin(Math.PI * Math.min(1, time / 0.09)) ** 2;
      return beads(random.noise()) * swing * velocity;
    }),
  );
};

/** A hand drum: tuned by the note it is given. */
export const HAND_DRUM: Instrument = ({ frequencyHz, velocity, random }) => {
  const length = samplesIn(0.5);
  const modes = [1, 1.59, 2.14, 2.65].map((ratio, order) => ({
    frequencyHz: frequencyHz * ratio,
    gain: 0.8 / (1 + 1.6 * order),
    decaySeconds: 0.42 / (1 + order),
  }));
  const skin = sumModes(modes, length);
  const slap = lowPass(2400);
  return mono(
    generate(length, (time, index) => {
      const hand = slap(random.noise()) * Math.exp(-time * 160) * 0.5 * velocity;
      return ((skin[index] ?? 0) * Math.min(1, time / 0.002) + hand) * velocity;
    }),
  );
};
