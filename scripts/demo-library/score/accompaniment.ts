import type { ChordSpan } from './harmony.ts';
import type { Note } from './note.ts';
import type { VoicingRange } from './voicing.ts';
import { atOrAbove, nearestTone, voiceLead } from './voicing.ts';

/** Block chords, one for each chord of the chart, held for `hold` of its length. */
export function held(
  chords: readonly ChordSpan[],
  range: VoicingRange,
  { velocity, hold = 0.98 }: { readonly velocity: number; readonly hold?: number },
): readonly Note[] {
  const voicings = voiceLead(
    chords.map((span) => span.chord),
    range,
  );
  return chords.flatMap((span, index) =>
    (voicings[index] ?? []).map((pitch) => ({ beat: span.beat, beats: span.beats * hold, pitch, velocity })),
  );
}

/** Chords struck in a rhythm: `hits` gives the places of the strokes, the voicing follows the chart. */
export function comped(
  chords: readonly ChordSpan[],
  range: VoicingRange,
  hits: readonly Note[],
): readonly Note[] {
  const voicings = voiceLead(
    chords.map((span) => span.chord),
    range,
  );
  return hits.flatMap((hit) => {
    const index = chords.findLastIndex((span) => span.beat <= hit.beat + 1e-6);
    return (voicings[index] ?? []).map((pitch) => ({ ...hit, pitch }));
  });
}

/**
 * Broken chords: `order` indexes the voices from the bottom, one index a step, `-1` rests; past the top it
 * goes on an octave higher.
 */
export function broken(
  chords: readonly ChordSpan[],
  range: VoicingRange,
  pattern: {
    readonly order: readonly number[];
    readonly stepBeats: number;
    readonly beats: number;
    readonly velocity: number;
  },
): readonly Note[] {
  const voicings = voiceLead(
    chords.map((span) => span.chord),
    range,
  );
  const notes: Note[] = [];
  chords.forEach((span, index) => {
    const voicing = voicings[index] ?? [];
    const first = Math.round(span.beat / pattern.stepBeats);
    for (let step = 0; step < Math.round(span.beats / pattern.stepBeats); step++) {
      const voice = pattern.order[(first + step) % pattern.order.length] ?? -1;
      const pitch = voicing[voice % voicing.length];
      if (voice < 0 || pitch === undefined) continue;
      notes.push({
        beat: span.beat + step * pattern.stepBeats,
        beats: pattern.beats,
        pitch: pitch + 12 * Math.floor(voice / voicing.length),
        velocity: pattern.velocity * (step === 0 ? 1.12 : 0.94 + 0.06 * (step % 2)),
      });
    }
  });
  return notes;
}

/** Walking bass: roots on the change, chord tones between, and a step into the next chord. */
export function walking(chords: readonly ChordSpan[], low: number, velocity: number): readonly Note[] {
  const notes: Note[] = [];
  let last = low + 7;
  chords.forEach((span, index) => {
    const target = nearRegister(span.chord.bass, last, low);
    const following = chords[index + 1]?.chord.bass ?? span.chord.bass;
    const steps = Math.max(1, Math.round(span.beats));
    for (let step = 0; step < steps; step++) {
      const climb = (index + step) % 2 ? 4 : 8;
      const inner = nearestTone(span.chord, target + (step === 1 ? climb : step === 2 ? 7 : 4));
      const goal = nearRegister(following, last, low);
      const leading = goal + (goal > last ? -1 : 1);
      const pitch = step === 0 ? target : step === steps - 1 && steps > 1 ? leading : inner;
      notes.push({ beat: span.beat + step, beats: 0.92, pitch, velocity: velocity * (step % 2 ? 0.9 : 1) });
      last = pitch;
    }
  });
  return notes;
}

function nearRegister(tone: number, near: number, low: number): number {
  const lowest = atOrAbove(tone, low);
  return Math.abs(lowest + 12 - near) < Math.abs(lowest - near) && lowest + 12 <= low + 19
    ? lowest + 12
    : lowest;
}

/** Bass in a rhythm: each stroke of `hits` plays the root (pitch 0) or so many semitones above it. */
export function bassLine(chords: readonly ChordSpan[], low: number, hits: readonly Note[]): readonly Note[] {
  return hits.map((hit) => {
    const span = chords.findLast((candidate) => candidate.beat <= hit.beat + 1e-6) ?? chords[0];
    return { ...hit, pitch: atOrAbove(span?.chord.bass ?? 0, low) + hit.pitch };
  });
}
