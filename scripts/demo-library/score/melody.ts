import type { Random } from '../synth/random.ts';
import type { ChordSpan } from './harmony.ts';
import { chordAt } from './harmony.ts';
import type { Note } from './note.ts';
import type { Key } from './pitch.ts';
import { degree, nearestDegree } from './pitch.ts';
import { nearestTone } from './voicing.ts';

/** One note of a motif: scale steps from where the phrase starts, or a rest. */
export interface MotifNote {
  readonly step: number | 'rest';
  readonly beats: number;
}

/**
 * What may happen to a motif. `answer` comes to rest on a chord tone and stays there; `higher` and `lower`
 * move it by a third; `thinned` leaves out every other note; `turned` is the inversion.
 */
export type Variation =
  'plain' | 'higher' | 'lower' | 'turned' | 'backwards' | 'thinned' | 'answer' | 'silent';

/** Reads `0:1 2:.5 4:.5 r:1` as steps with their lengths in beats. */
export function motif(text: string): readonly MotifNote[] {
  return text
    .trim()
    .split(/\s+/)
    .map((token) => {
      const [step = '', beats = ''] = token.split(':');
      return { step: step === 'r' ? ('rest' as const) : Number(step), beats: Number(beats) };
    });
}

function vary(notes: readonly MotifNote[], variation: Variation): readonly MotifNote[] {
  const moved = (change: (step: number) => number): readonly MotifNote[] =>
    notes.map((note) => (note.step === 'rest' ? note : { ...note, step: change(note.step) }));
  switch (variation) {
    case 'plain':
    case 'answer':
      return notes;
    case 'higher':
      return moved((step) => step + 2);
    case 'lower':
      return moved((step) => step - 2);
    case 'turned':
      return moved((step) => -step);
    case 'backwards':
      return notes.toReversed();
    case 'thinned':
      return notes.map((note, index) => (index % 2 ? { ...note, step: 'rest' as const } : note));
    case 'silent':
      return notes.map((note) => ({ ...note, step: 'rest' as const }));
  }
}

export interface MelodyPlan {
  readonly motif: readonly MotifNote[];
  readonly variations: readonly Variation[];
  readonly key: Key;
  readonly chords: readonly ChordSpan[];
  readonly fromBeat: number;
  /** Where the phrases lie: each starts at the chord tone nearest to this pitch. */
  readonly centre: number;
  readonly velocity: number;
  /** Length of a sounded note as part of the written one: above 1 is legato. */
  readonly articulation?: number;
  readonly random: Random;
}

/**
 * A melody from one motif: each variation in turn, moved so that it starts on a tone of the chord of its
 * bar, with notes on the beat drawn to chord tones and passing notes left in the scale.
 */
export function melody(plan: MelodyPlan): readonly Note[] {
  const result: Note[] = [];
  let beat = plan.fromBeat;
  for (const variation of plan.variations) {
    const start = nearestTone(chordAt(plan.chords, beat), plan.centre);
    const anchor = nearestDegree(plan.key, start);
    const varied = vary(plan.motif, variation);
    const lastSounding = varied.findLastIndex((note) => note.step !== 'rest');
    varied.forEach((note, index) => {
      if (note.step !== 'rest') {
        const chord = chordAt(plan.chords, beat);
        const written = degree(plan.key, anchor + note.step);
        const settles = variation === 'answer' && index === lastSounding;
        const strong = Math.abs(beat - Math.round(beat)) < 1e-6 && note.beats >= 0.5;
        const drawn = nearestTone(chord, written);
        const pitch = settles || (strong && Math.abs(drawn - written) <= 2) ? drawn : written;
        const accent = strong ? 1 : 0.86;
        result.push({
          beat,
          beats: note.beats * (plan.articulation ?? 0.95),
          pitch,
          velocity: plan.velocity * accent * plan.random.between(0.92, 1.06),
        });
      }
      beat += note.beats;
    });
  }
  return result;
}
