import { CLAP, CLOSED_HAT, OPEN_HAT, POP_KICK, POP_SNARE } from '../instruments/drums.ts';
import type { Vowel } from '../instruments/synthesisers.ts';
import { POLY_STRINGS, SYNTH_BASS, SYNTH_PLUCK, voice } from '../instruments/synthesisers.ts';
import { bassLine, broken, held } from '../score/accompaniment.ts';
import { groove } from '../score/groove.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import type { Note, Part } from '../score/note.ts';
import { shaped } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { chorus, pump, saturate } from '../synth/effects.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { PLATE } from '../synth/reverb.ts';

export interface PopSong {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly key: Key;
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  /** Bars before the voice. */
  readonly introBars: number;
  /** Arpeggio, see `broken`. */
  readonly arpeggio: readonly number[];
  readonly bass: string;
  readonly kick: string;
  readonly centre?: number;
}

/** The vowels a line is sung on, one note after the other: a tongue of our own. */
const SYLLABLES: readonly Vowel[] = ['a', 'o', 'u', 'e', 'o', 'a', 'u'];

/** Drum machine, rubber bass, arpeggio, strings and a singing machine. */
export function synthPop(song: PopSong): Piece {
  const chords = progression(song.chart, 4);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - 4;
  const moving = chords.filter((span) => span.beat < restBeat);
  const beatSeconds = 60 / song.beatsPerMinute;
  const sung = melody({
    motif: motif(song.motif),
    variations: song.variations,
    key: song.key,
    chords,
    fromBeat: song.introBars * 4,
    centre: song.centre ?? 67,
    velocity: 0.75,
    articulation: 0.92,
    random: createRandom(seedFrom(song.name)),
  });
  const strings = held(chords, { low: 55, high: 77, voices: 4 }, { velocity: 0.6, hold: 1 });
  const arpeggio = broken(
    moving,
    { low: 60, high: 82, voices: 3 },
    { order: song.arpeggio, stepBeats: 0.25, beats: 0.3, velocity: 0.6 },
  );
  return {
    name: song.name,
    beatsPerMinute: song.beatsPerMinute,
    endBeat,
    tailSeconds: 1.4,
    parts: [
      ...drumMachine(song, restBeat),
      {
        name: 'bass',
        instrument: SYNTH_BASS,
        notes: bassLine(
          chords,
          33,
          groove(song.bass, {
            stepsPerBeat: 4,
            fromBeat: song.introBars > 2 ? 8 : 0,
            toBeat: restBeat,
            pitch: 0,
            beats: 0.23,
          }),
        ).concat(bassLine(chords, 33, [{ beat: restBeat, beats: 3, pitch: 0, velocity: 0.7 }])),
        loudnessLufs: -20.5,
      },
      {
        name: 'strings',
        instrument: POLY_STRINGS,
        notes: strings,
        loudnessLufs: -25,
        reverb: 0.3,
        effects: [chorus(0.5, 0.8), pump(beatSeconds, 0.35)],
      },
      {
        name: 'arpeggio',
        instrument: SYNTH_PLUCK,
        notes: shaped(arpeggio, endBeat, (place) => 0.7 + 0.3 * place),
        loudnessLufs: -26,
        spread: 0.8,
        reverb: 0.2,
        echo: 0.35,
      },
      ...choir(sung),
    ],
    room: PLATE,
    echo: {
      leftSeconds: beatSeconds * 0.75,
      rightSeconds: beatSeconds * 0.5,
      feedback: 0.4,
      lowHz: 400,
      highHz: 4200,
    },
    finish: [saturate(1.15)],
    loudnessLufs: -12.5,
    fadeOutSeconds: 1.8,
  };
}

/** The voice sings a vowel a note; each vowel is a part, all at one loudness, with an octave double behind. */
function choir(notes: readonly Note[]): readonly Part[] {
  const lines = [...new Set(SYLLABLES)].map((vowel) => ({
    vowel,
    notes: notes.filter((_, index) => SYLLABLES[index % SYLLABLES.length] === vowel),
  }));
  return lines
    .filter((line) => line.notes.length > 0)
    .map(({ vowel, notes: own }) => ({
      name: `voice ${vowel}`,
      instrument: voice(vowel),
      notes: own,
      loudnessLufs: -18.5,
      reverb: 0.26,
      echo: 0.2,
      looseness: 0.008,
      effects: [chorus(0.9, 0.35)],
    }));
}

function drumMachine(song: PopSong, restBeat: number): readonly Part[] {
  const from = song.introBars > 1 ? 4 : 0;
  const grid = { stepsPerBeat: 4, fromBeat: from, toBeat: restBeat };
  const last = [{ beat: restBeat, beats: 1, pitch: 60, velocity: 0.9 }];
  return [
    { name: 'kick', instrument: POP_KICK, notes: [...groove(song.kick, grid), ...last], loudnessLufs: -19.5 },
    {
      name: 'snare',
      instrument: POP_SNARE,
      notes: groove('.... X... .... X..-', grid),
      loudnessLufs: -23,
      reverb: 0.24,
    },
    {
      name: 'clap',
      instrument: CLAP,
      notes: groove('.... x...', { ...grid, fromBeat: from + 16 }),
      loudnessLufs: -28,
      reverb: 0.3,
    },
    { name: 'hat', instrument: CLOSED_HAT, notes: groove('x-o-', grid), loudnessLufs: -31, pan: 0.25 },
    {
      name: 'open hat',
      instrument: OPEN_HAT,
      notes: groove('.... .... .... ..x.', grid),
      loudnessLufs: -33,
      pan: 0.25,
    },
  ];
}
