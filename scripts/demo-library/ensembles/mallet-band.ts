import { CLAP, HAND_DRUM, POP_KICK, SHAKER } from '../instruments/drums.ts';
import { KALIMBA, MARIMBA } from '../instruments/mallets.ts';
import { MUTED_STRINGS } from '../instruments/plucked.ts';
import { SYNTH_BASS } from '../instruments/synthesisers.ts';
import { bassLine, broken } from '../score/accompaniment.ts';
import { groove } from '../score/groove.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import { arch, shaped, within } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { CHAMBER } from '../synth/reverb.ts';

export interface MalletScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly key: Key;
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  /** Two marimbas against each other, see `broken`. */
  readonly figures: readonly [readonly number[], readonly number[]];
}

/** Marimbas in three against four, kalimba on top, hand drums, a round bass. */
export function malletBand(score: MalletScore): Piece {
  const chords = progression(score.chart, 4);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - 4;
  const moving = chords.filter((span) => span.beat < restBeat);
  const [first, second] = score.figures;
  const swell = arch(0.65, 0.7);
  const range = { low: 55, high: 76, voices: 3 };
  const song = melody({
    motif: motif(score.motif),
    variations: score.variations,
    key: score.key,
    chords,
    fromBeat: 8,
    centre: 79,
    velocity: 0.7,
    random: createRandom(seedFrom(score.name)),
  });
  const grid = { stepsPerBeat: 4, fromBeat: 8, toBeat: restBeat };
  const ending = bassLine(chords, 33, [{ beat: restBeat, beats: 2, pitch: 0, velocity: 0.8 }]);
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 1.2,
    parts: [
      {
        name: 'first marimba',
        instrument: MARIMBA,
        notes: shaped(
          broken(moving, range, { order: first, stepBeats: 0.25, beats: 0.25, velocity: 0.65 }),
          endBeat,
          swell,
        ),
        loudnessLufs: -21,
        pan: -0.5,
        reverb: 0.18,
        looseness: 0.005,
      },
      {
        name: 'second marimba',
        instrument: MARIMBA,
        notes: within(
          broken(
            moving,
            { ...range, low: 67, high: 86 },
            { order: second, stepBeats: 0.25, beats: 0.25, velocity: 0.6 },
          ),
          4,
          restBeat,
        ),
        loudnessLufs: -23,
        pan: 0.5,
        reverb: 0.18,
        looseness: 0.005,
      },
      {
        name: 'kalimba',
        instrument: KALIMBA,
        notes: within(song, 0, restBeat + 2),
        loudnessLufs: -20,
        pan: 0.1,
        reverb: 0.24,
        echo: 0.18,
        looseness: 0.01,
      },
      {
        name: 'guitar',
        instrument: MUTED_STRINGS,
        notes: within(
          broken(moving, range, {
            order: [-1, -1, 2, -1, -1, 1, -1, 0],
            stepBeats: 0.25,
            beats: 0.2,
            velocity: 0.7,
          }),
          16,
          restBeat,
        ),
        loudnessLufs: -27,
        pan: 0.75,
        reverb: 0.15,
      },
      {
        name: 'bass',
        instrument: SYNTH_BASS,
        notes: [
          ...bassLine(chords, 33, groove('x..x ..o. x... ..x.', { ...grid, pitch: 0, beats: 0.4 })),
          ...ending,
        ],
        loudnessLufs: -22.5,
      },
      {
        name: 'high drum',
        instrument: HAND_DRUM,
        notes: groove('..x. .x.o ..x. x.o-', { ...grid, pitch: 57 }),
        loudnessLufs: -25,
        pan: -0.3,
        reverb: 0.16,
        looseness: 0.006,
      },
      {
        name: 'low drum',
        instrument: HAND_DRUM,
        notes: groove('x... ..o. ...x ....', { ...grid, pitch: 43 }),
        loudnessLufs: -24,
        pan: 0.25,
        reverb: 0.14,
        looseness: 0.006,
      },
      {
        name: 'kick',
        instrument: POP_KICK,
        notes: groove('x... x... x... x...', { ...grid, fromBeat: 16 }),
        loudnessLufs: -24,
      },
      {
        name: 'shaker',
        instrument: SHAKER,
        notes: groove('o-x-', { ...grid, fromBeat: 4 }),
        loudnessLufs: -33,
        pan: -0.6,
        looseness: 0.004,
      },
      {
        name: 'clap',
        instrument: CLAP,
        notes: groove('.... ..x. .... x...', { ...grid, fromBeat: 24 }),
        loudnessLufs: -30,
        pan: 0.4,
        reverb: 0.25,
      },
    ],
    room: CHAMBER,
    echo: {
      leftSeconds: 45 / score.beatsPerMinute,
      rightSeconds: 30 / score.beatsPerMinute,
      feedback: 0.35,
      lowHz: 400,
      highHz: 4500,
    },
    loudnessLufs: -13.5,
    fadeOutSeconds: 1.4,
  };
}
