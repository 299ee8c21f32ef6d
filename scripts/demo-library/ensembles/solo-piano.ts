import { FELT_PIANO } from '../instruments/piano.ts';
import { broken } from '../score/accompaniment.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import { arch, shaped, within } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { atOrAbove } from '../score/voicing.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { CHAMBER } from '../synth/reverb.ts';

export interface PianoScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly beatsPerBar: number;
  readonly key: Key;
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  readonly figure: readonly number[];
  readonly introBars: number;
}

/** One upright piano, felt between hammers and strings, close microphones. */
export function soloPiano(score: PianoScore): Piece {
  const chords = progression(score.chart, score.beatsPerBar);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - score.beatsPerBar;
  const swell = arch(0.62, 0.6);
  const song = melody({
    motif: motif(score.motif),
    variations: score.variations,
    key: score.key,
    chords,
    fromBeat: score.introBars * score.beatsPerBar,
    centre: 74,
    velocity: 0.62,
    articulation: 1.1,
    random: createRandom(seedFrom(score.name)),
  });
  const left = broken(
    chords.filter((span) => span.beat < restBeat),
    { low: 50, high: 70, voices: 3 },
    { order: score.figure, stepBeats: 0.5, beats: 1.6, velocity: 0.42 },
  );
  const roots = chords.map((span) => ({
    beat: span.beat,
    beats: span.beats,
    pitch: atOrAbove(span.chord.bass, 36),
    velocity: 0.45,
  }));
  const player = { instrument: FELT_PIANO, spread: 0.45, reverb: 0.22, looseness: 0.022 };
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 2,
    parts: [
      { ...player, name: 'left hand', notes: shaped(left, endBeat, swell), loudnessLufs: -25 },
      { ...player, name: 'bass', notes: shaped(roots, endBeat, swell), loudnessLufs: -26 },
      {
        ...player,
        name: 'right hand',
        notes: shaped(within(song, 0, endBeat - 1), endBeat, swell),
        loudnessLufs: -19,
      },
    ],
    room: CHAMBER,
    loudnessLufs: -18,
    fadeOutSeconds: 2.4,
  };
}
