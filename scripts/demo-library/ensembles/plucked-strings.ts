import { bassLine, broken, held } from '../score/accompaniment.ts';
import { groove } from '../score/groove.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import type { Part } from '../score/note.ts';
import { arch, shaped, shift, within } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { HARP, MANDOLIN, NYLON_GUITAR, PREPARED_STRINGS, UPRIGHT_BASS } from '../instruments/plucked.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { CHAMBER } from '../synth/reverb.ts';

export interface ChamberScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly beatsPerBar: number;
  readonly key: Key;
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  /** Order of the broken chords, see `broken`. */
  readonly figure: readonly number[];
  readonly figureBeats: number;
  /** The second voice follows the first after so many beats: a canon. */
  readonly canonBeats?: number;
  /** Steps of the strings with things laid on them. */
  readonly prepared?: string;
}

/** Mandolin, guitar, harp, prepared strings and double bass in one room. */
export function pluckedStrings(score: ChamberScore): Piece {
  const chords = progression(score.chart, score.beatsPerBar);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - score.beatsPerBar;
  const moving = chords.filter((span) => span.beat < restBeat);
  const swell = arch(0.6, 0.7);
  const song = melody({
    motif: motif(score.motif),
    variations: score.variations,
    key: score.key,
    chords,
    fromBeat: score.beatsPerBar,
    centre: 76,
    velocity: 0.72,
    random: createRandom(seedFrom(score.name)),
  });
  const follower = shift(song, score.canonBeats ?? 0).map((note) => ({
    ...note,
    pitch: note.pitch - 12,
    velocity: note.velocity * 0.85,
  }));
  const parts: Part[] = [
    {
      name: 'mandolin',
      instrument: MANDOLIN,
      notes: shaped(within(song, 0, restBeat + 0.1), endBeat, swell),
      loudnessLufs: -20,
      pan: -0.4,
      reverb: 0.24,
      looseness: 0.01,
    },
    {
      name: 'guitar',
      instrument: NYLON_GUITAR,
      notes: shaped(
        broken(
          moving,
          { low: 52, high: 72, voices: 4 },
          { order: score.figure, stepBeats: score.figureBeats, beats: 1, velocity: 0.62 },
        ),
        endBeat,
        swell,
      ),
      loudnessLufs: -22,
      pan: 0.35,
      reverb: 0.2,
      looseness: 0.008,
    },
    {
      name: 'harp',
      instrument: HARP,
      notes: rolled(held(chords, { low: 48, high: 79, voices: 4 }, { velocity: 0.5 })),
      loudnessLufs: -26,
      spread: 0.7,
      reverb: 0.3,
    },
    {
      name: 'bass',
      instrument: UPRIGHT_BASS,
      notes: bassLine(
        chords,
        33,
        chords.map((span) => ({ beat: span.beat, beats: span.beats * 0.9, pitch: 0, velocity: 0.6 })),
      ),
      loudnessLufs: -25,
      pan: 0.1,
      reverb: 0.12,
    },
  ];
  if (score.canonBeats) {
    parts.push({
      name: 'second voice',
      instrument: NYLON_GUITAR,
      notes: shaped(within(follower, 0, restBeat), endBeat, swell),
      loudnessLufs: -22,
      pan: 0.1,
      reverb: 0.22,
      looseness: 0.01,
    });
  }
  if (score.prepared) {
    const strokes = groove(score.prepared, {
      stepsPerBeat: 2,
      fromBeat: score.beatsPerBar,
      toBeat: restBeat,
      pitch: 0,
      beats: 0.4,
    });
    parts.push({
      name: 'prepared',
      instrument: PREPARED_STRINGS,
      notes: bassLine(chords, 57, strokes),
      loudnessLufs: -26,
      pan: -0.65,
      reverb: 0.28,
      looseness: 0.006,
    });
  }
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 2,
    parts,
    room: CHAMBER,
    loudnessLufs: -17,
    fadeOutSeconds: 2.4,
  };
}

/** Chords from the bottom up, a finger after the other. */
function rolled<Rolled extends { readonly beat: number; readonly pitch: number }>(
  notes: readonly Rolled[],
): readonly Rolled[] {
  return notes.map((note) => {
    const below = notes.filter((other) => other.beat === note.beat && other.pitch < note.pitch).length;
    return { ...note, beat: note.beat + below * 0.07 };
  });
}
