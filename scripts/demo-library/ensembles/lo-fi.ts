import { CLOSED_HAT, DUSTY_KICK, DUSTY_SNARE, RIM, SHAKER } from '../instruments/drums.ts';
import { ELECTRIC_PIANO } from '../instruments/keys.ts';
import { KALIMBA } from '../instruments/mallets.ts';
import { NYLON_GUITAR } from '../instruments/plucked.ts';
import { SUB_BASS } from '../instruments/synthesisers.ts';
import { bassLine, comped } from '../score/accompaniment.ts';
import { groove, swung } from '../score/groove.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import type { Note, Part } from '../score/note.ts';
import { within } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { autoPan, filtered, saturate, tapeWow, vinyl } from '../synth/effects.ts';
import { lowPass } from '../synth/filters.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { CLUB } from '../synth/reverb.ts';

export interface LoFiBeat {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly key: Key;
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  /** Who plays the little tune over the loop. */
  readonly lead: 'kalimba' | 'guitar' | 'keys';
  /** Eight steps a bar of the chords. */
  readonly chords: string;
  readonly kick: string;
  readonly bass: string;
}

const LEADS = { kalimba: KALIMBA, guitar: NYLON_GUITAR, keys: ELECTRIC_PIANO };

/** Electric piano, a drummer who drags, a tape machine that has seen better days. */
export function loFi(beat: LoFiBeat): Piece {
  const chords = progression(beat.chart, 4);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - 4;
  const drag = (notes: readonly Note[]): readonly Note[] => swung(notes, 0.62, 0.25);
  const grid = { stepsPerBeat: 4, fromBeat: 8, toBeat: restBeat };
  const song = melody({
    motif: motif(beat.motif),
    variations: beat.variations,
    key: beat.key,
    chords,
    fromBeat: 8,
    centre: beat.lead === 'guitar' ? 71 : 76,
    velocity: 0.6,
    random: createRandom(seedFrom(beat.name)),
  });
  const strokes = groove(beat.chords, { stepsPerBeat: 2, fromBeat: 0, toBeat: restBeat, beats: 2.2 });
  const last = [{ beat: restBeat, beats: 4, pitch: 0, velocity: 0.5 }];
  const drums: readonly Part[] = [
    {
      name: 'kick',
      instrument: DUSTY_KICK,
      notes: drag(groove(beat.kick, grid)),
      loudnessLufs: -20.5,
      looseness: 0.006,
    },
    {
      name: 'snare',
      instrument: DUSTY_SNARE,
      notes: drag(groove('.... X... .... X.-.', grid)).map((note) => ({ ...note, beat: note.beat + 0.03 })),
      loudnessLufs: -23,
      reverb: 0.14,
    },
    {
      name: 'hat',
      instrument: CLOSED_HAT,
      notes: drag(groove('x.o. x.oo x.o. x-o.', grid)),
      loudnessLufs: -33,
      pan: 0.25,
      looseness: 0.008,
    },
    {
      name: 'shaker',
      instrument: SHAKER,
      notes: drag(groove('-o-o', { ...grid, fromBeat: 16 })),
      loudnessLufs: -37,
      pan: -0.35,
      looseness: 0.008,
    },
    {
      name: 'rim',
      instrument: RIM,
      notes: drag(groove('.... .... ..o. .... .... ...- .... .o..', { ...grid, fromBeat: 16 })),
      loudnessLufs: -37,
      pan: -0.2,
      reverb: 0.3,
    },
  ];
  return {
    name: beat.name,
    beatsPerMinute: beat.beatsPerMinute,
    endBeat,
    tailSeconds: 1.2,
    parts: [
      ...drums,
      {
        name: 'keys',
        instrument: ELECTRIC_PIANO,
        notes: comped(chords, { low: 52, high: 74, voices: 4, rootless: true }, [...strokes, ...last]).map(
          (note) => ({ ...note, velocity: note.velocity * 0.7 }),
        ),
        loudnessLufs: -20.5,
        reverb: 0.16,
        looseness: 0.014,
        effects: [autoPan(2.1, 0.28)],
      },
      {
        name: 'bass',
        instrument: SUB_BASS,
        notes: bassLine(chords, 31, [...drag(groove(beat.bass, { ...grid, pitch: 0, beats: 0.8 })), ...last]),
        loudnessLufs: -23,
      },
      {
        name: 'lead',
        instrument: LEADS[beat.lead],
        notes: within(song, 0, restBeat + 2),
        loudnessLufs: -21.5,
        pan: -0.2,
        reverb: 0.25,
        echo: 0.22,
        looseness: 0.018,
      },
    ],
    room: CLUB,
    echo: {
      leftSeconds: 45 / beat.beatsPerMinute,
      rightSeconds: 45 / beat.beatsPerMinute,
      feedback: 0.35,
      lowHz: 400,
      highHz: 2600,
    },
    finish: [
      saturate(1.5),
      tapeWow(1),
      filtered(() => lowPass(6800)),
      vinyl(seedFrom(`${beat.name} / dust`), 0.035),
    ],
    loudnessLufs: -14.5,
    fadeInSeconds: 0.3,
    fadeOutSeconds: 1.6,
  };
}
