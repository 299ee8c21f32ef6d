import type { Note } from './note.ts';

const ACCENTS: Readonly<Record<string, number>> = { X: 1, x: 0.72, o: 0.5, '-': 0.3 };

export interface GrooveGrid {
  readonly stepsPerBeat: number;
  readonly fromBeat: number;
  readonly toBeat: number;
  /** MIDI pitch, for drums that have one. */
  readonly pitch?: number;
  /** How long each stroke is held, in beats; matters to brushes. */
  readonly beats?: number;
}

/**
 * Reads a drum pattern and repeats it from `fromBeat` to `toBeat`. One character a step: `X` accent, `x`
 * normal, `o` soft, `-` ghost, `.` rest; blanks only help the eye.
 */
export function groove(pattern: string, grid: GrooveGrid): readonly Note[] {
  const steps = pattern.replaceAll(/\s/g, '');
  const notes: Note[] = [];
  const total = Math.round((grid.toBeat - grid.fromBeat) * grid.stepsPerBeat);
  for (let step = 0; step < total; step++) {
    const velocity = ACCENTS[steps.charAt(step % steps.length)];
    if (velocity === undefined) continue;
    const beat = grid.fromBeat + step / grid.stepsPerBeat;
    notes.push({ beat, beats: grid.beats ?? 0.25, pitch: grid.pitch ?? 60, velocity });
  }
  return notes;
}

/** Delays every second half of a beat: 0 is straight, 1 a full triplet. */
export function swung(notes: readonly Note[], amount: number, unitBeats = 0.5): readonly Note[] {
  return notes.map((note) => {
    const within = (note.beat / (2 * unitBeats)) % 1;
    if (Math.abs(within - 0.5) > 0.13) return note;
    return { ...note, beat: note.beat + (amount * unitBeats) / 3 };
  });
}
