import { FLUTE_STOP, PIPE_ORGAN } from '../instruments/keys.ts';
import { bassLine, held } from '../score/accompaniment.ts';
import type { ChordSpan } from '../score/harmony.ts';
import { chordAt, lengthOf, progression } from '../score/harmony.ts';
import type { Note } from '../score/note.ts';
import { arch, shaped, within } from '../score/note.ts';
import type { Piece } from '../score/render.ts';
import { voiceLead } from '../score/voicing.ts';
import { NAVE } from '../synth/reverb.ts';

export interface OrganScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly chart: string;
  readonly beatsPerBar: number;
  /** Two figures of different length over the same voices: they meet again only after both have gone round. */
  readonly figures: readonly [readonly number[], readonly number[]];
  /** Beat on which the pedal comes in. */
  readonly pedalFrom: number;
}

/** Flutes in patterns that drift apart, slow reeds below, and at last the pedal. */
export function minimalOrgan(score: OrganScore): Piece {
  const chords = progression(score.chart, score.beatsPerBar);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - score.beatsPerBar;
  const [first, second] = score.figures;
  const swell = arch(0.55, 0.75);
  const reeds = held(chords, { low: 55, high: 74, voices: 4 }, { velocity: 0.6, hold: 0.99 });
  const pedal = bassLine(
    chords,
    36,
    chords.map((span) => ({ beat: span.beat, beats: span.beats * 0.99, pitch: 0, velocity: 0.7 })),
  );
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 3.6,
    parts: [
      {
        name: 'first flute',
        instrument: FLUTE_STOP,
        notes: shaped(pattern(chords, first, 0, restBeat), endBeat, swell),
        loudnessLufs: -21,
        pan: -0.55,
        reverb: 0.3,
      },
      {
        name: 'second flute',
        instrument: FLUTE_STOP,
        notes: shaped(pattern(chords, second, score.beatsPerBar * 2, restBeat), endBeat, swell),
        loudnessLufs: -22,
        pan: 0.55,
        reverb: 0.3,
      },
      {
        name: 'reeds',
        instrument: PIPE_ORGAN,
        notes: shaped(within(reeds, score.beatsPerBar * 2, endBeat), endBeat, swell),
        loudnessLufs: -23,
        reverb: 0.35,
      },
      {
        name: 'pedal',
        instrument: PIPE_ORGAN,
        notes: within(pedal, score.pedalFrom, endBeat),
        loudnessLufs: -24,
        reverb: 0.3,
      },
    ],
    room: { ...NAVE, decaySeconds: 4.2 },
    loudnessLufs: -16,
    fadeOutSeconds: 3,
  };
}

/** Eighth notes through the voices of the chord by a figure that pays no heed to the bar. */
function pattern(
  chords: readonly ChordSpan[],
  figure: readonly number[],
  fromBeat: number,
  toBeat: number,
): readonly Note[] {
  const range = { low: 67, high: 88, voices: 4 };
  const voicings = new Map(
    voiceLead(
      chords.map((span) => span.chord),
      range,
    ).map((voicing, index) => [chords[index]?.chord, voicing]),
  );
  const notes: Note[] = [];
  for (let step = 0; fromBeat + step / 2 < toBeat; step++) {
    const beat = fromBeat + step / 2;
    const voicing = voicings.get(chordAt(chords, beat)) ?? [];
    const voice = figure[step % figure.length] ?? -1;
    const pitch = voicing[voice % Math.max(1, voicing.length)];
    if (voice < 0 || pitch === undefined) continue;
    notes.push({ beat, beats: 0.46, pitch, velocity: step % figure.length === 0 ? 0.75 : 0.6 });
  }
  return notes;
}
