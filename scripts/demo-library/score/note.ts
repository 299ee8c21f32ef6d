import type { Effect, Instrument } from '../synth/sound.ts';

/** A written note: times in beats from the start of the piece, pitch as MIDI number, velocity 0…1. */
export interface Note {
  readonly beat: number;
  readonly beats: number;
  readonly pitch: number;
  readonly velocity: number;
}

/** What one player does, and where it stands in the mix. */
export interface Part {
  readonly name: string;
  readonly instrument: Instrument;
  readonly notes: readonly Note[];
  /** The loudness of this part alone, in LUFS: balance is set by what is heard, not by faders. */
  readonly loudnessLufs: number;
  /** -1 left … 1 right. */
  readonly pan?: number;
  /** Pan by pitch as on a keyboard: 1 spreads four octaves from side to side. */
  readonly spread?: number;
  /** Sends, 0…1. */
  readonly reverb?: number;
  readonly echo?: number;
  /** How far a player may be off the beat, in seconds. */
  readonly looseness?: number;
  /** On the part alone, in this order. */
  readonly effects?: readonly Effect[];
}

export function shift(notes: readonly Note[], beats: number): readonly Note[] {
  return notes.map((note) => ({ ...note, beat: note.beat + beats }));
}

/** Notes that start within [from, to). */
export function within(notes: readonly Note[], from: number, to: number): readonly Note[] {
  return notes.filter((note) => note.beat >= from - 1e-6 && note.beat < to - 1e-6);
}

/** Louder or softer over time: `curve` gets the place between 0 (start) and 1 (`endBeat`). */
export function shaped(
  notes: readonly Note[],
  endBeat: number,
  curve: (place: number) => number,
): readonly Note[] {
  return notes.map((note) => ({
    ...note,
    velocity: Math.max(0.05, Math.min(1, note.velocity * curve(note.beat / endBeat))),
  }));
}

/** Slow swell to the middle or wherever `peak` says, and back. */
export function arch(low: number, peak = 0.6): (place: number) => number {
  return (place) => {
    const position = place < peak ? place / peak : (1 - place) / (1 - peak);
    return low + (1 - low) * Math.sin((Math.PI / 2) * Math.max(0, Math.min(1, position)));
  };
}
