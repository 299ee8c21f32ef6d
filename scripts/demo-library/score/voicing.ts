import type { Chord } from './harmony.ts';

export interface VoicingRange {
  readonly low: number;
  readonly high: number;
  /** How many voices; tones are doubled or, the root first, left out to fit. */
  readonly voices: number;
  /** Leave the root to the bass. */
  readonly rootless?: boolean;
}

/**
 * Puts each chord where the hand already is: of all close and open positions in the range, the one whose
 * voices move least from the chord before; the first lies round the middle.
 */
export function voiceLead(chords: readonly Chord[], range: VoicingRange): readonly (readonly number[])[] {
  const voicings: (readonly number[])[] = [];
  const middle = (range.low + range.high) / 2;
  for (const chord of chords) {
    const before = voicings.at(-1);
    const cost = (voicing: readonly number[]): number => {
      const centre = Math.abs(voicing.reduce((sum, note) => sum + note, 0) / voicing.length - middle);
      return before ? movement(before, voicing) + 0.35 * centre : centre;
    };
    const positions = allPositions(chord, range);
    const best = positions.reduce((best, candidate) => (cost(candidate) < cost(best) ? candidate : best));
    voicings.push(best);
  }
  return voicings;
}

function movement(from: readonly number[], to: readonly number[]): number {
  return to.reduce((sum, note) => sum + Math.min(...from.map((other) => Math.abs(note - other))), 0);
}

function allPositions(chord: Chord, range: VoicingRange): readonly (readonly number[])[] {
  const tones = chosenTones(chord, range);
  const positions: number[][] = [];
  for (let start = range.low; start <= range.high; start++) {
    if (!tones.includes(start % 12)) continue;
    const close = stack(tones, start, range.voices);
    const open = close
      .map((note, index) => (index === 1 && range.voices > 3 ? note + 12 : note))
      .sort((a, b) => a - b);
    for (const position of [close, open]) if ((position.at(-1) ?? 0) <= range.high) positions.push(position);
  }
  if (positions.length === 0)
    throw new Error(`${chord.symbol} does not fit between ${range.low} and ${range.high}`);
  return positions;
}

function chosenTones(chord: Chord, { rootless, voices }: VoicingRange): readonly number[] {
  const withoutRoot = chord.tones.filter((tone) => tone !== chord.root);
  if (rootless && withoutRoot.length >= Math.min(3, voices)) return withoutRoot;
  return chord.tones.length > voices ? withoutRoot : chord.tones;
}

/** The next chord tones upward from `start`, one after the other. */
function stack(tones: readonly number[], start: number, voices: number): number[] {
  const notes = [start];
  for (let note = start + 1; notes.length < voices; note++) if (tones.includes(note % 12)) notes.push(note);
  return notes;
}

/** The chord tone nearest to a pitch. */
export function nearestTone(chord: Chord, midi: number): number {
  for (let distance = 0; distance < 12; distance++) {
    if (chord.tones.includes((((midi + distance) % 12) + 12) % 12)) return midi + distance;
    if (chord.tones.includes((((midi - distance) % 12) + 12) % 12)) return midi - distance;
  }
  return midi;
}

/** The pitch class `tone` in the octave that starts at `low`. */
export function atOrAbove(tone: number, low: number): number {
  return low + ((((tone - low) % 12) + 12) % 12);
}
