import { BRUSH_TAP, RIM } from '../instruments/drums.ts';
import { ACCORDION } from '../instruments/keys.ts';
import { MUSIC_BOX } from '../instruments/mallets.ts';
import { NYLON_GUITAR, UPRIGHT_BASS } from '../instruments/plucked.ts';
import { bassLine, broken, comped } from '../score/accompaniment.ts';
import { groove } from '../score/groove.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import type { Part } from '../score/note.ts';
import { arch, shaped, within } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { CHAMBER } from '../synth/reverb.ts';

export interface MusetteScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly key: Key;
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  /** Who has the tune; the other one decorates. */
  readonly lead: 'accordion' | 'music box';
  readonly introBars: number;
}

/** A waltz for accordion, music box, guitar and double bass, with clockwork for a drummer. */
export function musette(score: MusetteScore): Piece {
  const chords = progression(score.chart, 3);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - 3;
  const moving = chords.filter((span) => span.beat < restBeat);
  const swell = arch(0.7, 0.65);
  const enter = score.introBars * 3;
  const song = within(
    melody({
      motif: motif(score.motif),
      variations: score.variations,
      key: score.key,
      chords,
      fromBeat: enter,
      centre: score.lead === 'accordion' ? 74 : 84,
      velocity: 0.75,
      articulation: score.lead === 'accordion' ? 0.94 : 1.5,
      random: createRandom(seedFrom(score.name)),
    }),
    0,
    endBeat - 0.5,
  );
  const clockwork = broken(
    moving,
    { low: 79, high: 98, voices: 3 },
    { order: [0, 2, 1, 2], stepBeats: 0.5, beats: 1, velocity: 0.5 },
  );
  const all = { stepsPerBeat: 2, fromBeat: 0, toBeat: restBeat };
  const chordsOnTwoAndThree = groove('..x.x.', { ...all, beats: 0.45 });
  const parts: Part[] = [
    {
      name: 'bass',
      instrument: UPRIGHT_BASS,
      notes: bassLine(chords, 33, [
        ...groove('X..... ......', { ...all, pitch: 0, beats: 1.2 }),
        ...groove('...... x.....', { ...all, pitch: 7, beats: 1.2 }),
        { beat: restBeat, beats: 3, pitch: 0, velocity: 0.7 },
      ]),
      loudnessLufs: -22.5,
      reverb: 0.1,
    },
    {
      name: 'guitar',
      instrument: NYLON_GUITAR,
      notes: shaped(comped(moving, { low: 55, high: 72, voices: 3 }, chordsOnTwoAndThree), endBeat, swell),
      loudnessLufs: -25,
      pan: 0.4,
      reverb: 0.15,
      looseness: 0.012,
    },
    {
      name: 'ticking',
      instrument: RIM,
      notes: groove('-.o.o.', { ...all, fromBeat: enter }),
      loudnessLufs: -38,
      pan: -0.5,
      reverb: 0.15,
    },
    {
      name: 'brush',
      instrument: BRUSH_TAP,
      notes: groove('..-.-.', { ...all, fromBeat: enter }),
      loudnessLufs: -36,
      pan: 0.2,
      reverb: 0.12,
    },
  ];
  if (score.lead === 'accordion') {
    parts.push(
      {
        name: 'accordion',
        instrument: ACCORDION,
        notes: shaped(song, endBeat, swell),
        loudnessLufs: -18,
        pan: -0.15,
        reverb: 0.22,
        looseness: 0.01,
      },
      {
        name: 'music box',
        instrument: MUSIC_BOX,
        notes: within(clockwork, enter + (restBeat - enter) / 2, restBeat),
        loudnessLufs: -27,
        spread: 0.4,
        pan: -0.6,
        reverb: 0.3,
      },
    );
  } else {
    const breath = comped(
      moving,
      { low: 60, high: 76, voices: 3 },
      groove('x.....', { ...all, fromBeat: enter + 12, beats: 2.8 }),
    );
    parts.push(
      {
        name: 'music box',
        instrument: MUSIC_BOX,
        notes: shaped(song, endBeat, swell),
        loudnessLufs: -19,
        spread: 0.5,
        pan: -0.7,
        reverb: 0.3,
      },
      {
        name: 'accordion',
        instrument: ACCORDION,
        notes: breath.map((note) => ({ ...note, velocity: 0.4 })),
        loudnessLufs: -26,
        pan: -0.2,
        reverb: 0.25,
      },
    );
  }
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 1.6,
    parts,
    room: { ...CHAMBER, decaySeconds: 1.3 },
    loudnessLufs: -15,
    fadeOutSeconds: 1.8,
  };
}
