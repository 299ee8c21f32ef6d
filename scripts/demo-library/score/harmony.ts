import { pitchClass } from './pitch.ts';

export interface Chord {
  readonly symbol: string;
  /** Pitch class of the bass note and of the root. */
  readonly bass: number;
  readonly root: number;
  /** Pitch classes from the root upward. */
  readonly tones: readonly number[];
}

const QUALITIES: Readonly<Record<string, readonly number[]>> = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  '5': [0, 7],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
  add9: [0, 2, 4, 7],
  madd9: [0, 2, 3, 7],
  '6': [0, 4, 7, 9],
  '69': [0, 2, 4, 7, 9],
  m6: [0, 3, 7, 9],
  '7': [0, 4, 7, 10],
  '7sus4': [0, 5, 7, 10],
  '7b9': [0, 1, 4, 7, 10],
  '9': [0, 2, 4, 7, 10],
  '13': [0, 2, 4, 9, 10],
  maj7: [0, 4, 7, 11],
  maj9: [0, 2, 4, 7, 11],
  m7: [0, 3, 7, 10],
  m9: [0, 2, 3, 7, 10],
  m11: [0, 3, 5, 7, 10],
  m7b5: [0, 3, 6, 10],
  dim7: [0, 3, 6, 9],
};

/** Reads a chord symbol such as `Bbmaj7`, `F#m7b5` or `C/E`. */
export function chord(symbol: string): Chord {
  const match = /^([A-G][#b]?)([^/]*)(?:\/([A-G][#b]?))?$/.exec(symbol);
  const intervals = QUALITIES[match?.[2] ?? '-'];
  if (!match?.[1] || !intervals) throw new Error(`"${symbol}" is not a chord this score knows`);
  const root = pitchClass(match[1]);
  return {
    symbol,
    root,
    bass: match[3] ? pitchClass(match[3]) : root,
    tones: intervals.map((interval) => (root + interval) % 12),
  };
}

/** A chord with its place in time. */
export interface ChordSpan {
  readonly chord: Chord;
  readonly beat: number;
  readonly beats: number;
}

/**
 * Reads a chart: bars apart by `|`, chords within a bar share its beats equally, `%` repeats the bar before.
 * `progression('Dm7 G7 | Cmaj7', 4)` gives two beats each to the first two.
 */
export function progression(chart: string, beatsPerBar: number): readonly ChordSpan[] {
  const spans: ChordSpan[] = [];
  let previous: readonly string[] = [];
  chart.split('|').forEach((text, bar) => {
    const written = text.trim().split(/\s+/);
    const symbols = written[0] === '%' ? previous : written;
    previous = symbols;
    symbols.forEach((symbol, index) => {
      const beats = beatsPerBar / symbols.length;
      spans.push({ chord: chord(symbol), beat: bar * beatsPerBar + index * beats, beats });
    });
  });
  return spans;
}

export function lengthOf(spans: readonly ChordSpan[]): number {
  const last = spans.at(-1);
  return last ? last.beat + last.beats : 0;
}

export function chordAt(spans: readonly ChordSpan[], beat: number): Chord {
  const span = spans.findLast((candidate) => candidate.beat <= beat + 1e-6) ?? spans[0];
  if (!span) throw new Error('There is no chord in an empty chart');
  return span.chord;
}
