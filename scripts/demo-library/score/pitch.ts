const LETTERS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Semitones above C of a note name such as `F#` or `Bb`. */
export function pitchClass(name: string): number {
  const letter = LETTERS[name.charAt(0)];
  if (letter === undefined) throw new Error(`"${name}" is not the name of a note`);
  const accidentals = name
    .slice(1)
    .split('')
    .reduce((sum, sign) => sum + (sign === '#' ? 1 : -1), 0);
  return (letter + accidentals + 12) % 12;
}

/** MIDI number of a name with its octave: `A4` is 69. */
export function pitch(name: string): number {
  return pitchClass(name.slice(0, -1)) + 12 * (Number(name.slice(-1)) + 1);
}

/** Equal temperament over A4 = 440 Hz. */
export function frequencyOf(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

const MODES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  minor: [0, 2, 3, 5, 7, 8, 10],
  harmonicMinor: [0, 2, 3, 5, 7, 8, 11],
  pentatonic: [0, 2, 4, 7, 9],
  minorPentatonic: [0, 3, 5, 7, 10],
  insen: [0, 1, 5, 7, 10],
} as const;

export type Mode = keyof typeof MODES;

/** A key such as `{ tonic: 'Eb', mode: 'dorian' }`. */
export interface Key {
  readonly tonic: string;
  readonly mode: Mode;
}

/** MIDI number of a degree counted from the tonic of octave 0; negative degrees and those past the octave go on. */
export function degree(key: Key, index: number): number {
  const steps = MODES[key.mode];
  const octave = Math.floor(index / steps.length);
  return pitchClass(key.tonic) + 12 * (octave + 1) + (steps[index - octave * steps.length] ?? 0);
}

/** The degree whose pitch is nearest to `midi`. */
export function nearestDegree(key: Key, midi: number): number {
  const guess = Math.floor(((midi - 12) / 12) * MODES[key.mode].length);
  let best = guess;
  for (let index = guess - 7; index <= guess + 7; index++) {
    if (Math.abs(degree(key, index) - midi) < Math.abs(degree(key, best) - midi)) best = index;
  }
  return best;
}
