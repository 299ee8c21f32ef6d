import { GLASS } from '../instruments/mallets.ts';
import { FELT_PIANO } from '../instruments/piano.ts';
import { GLACIER_PAD, SUB_BASS } from '../instruments/synthesisers.ts';
import { bassLine, broken, held } from '../score/accompaniment.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import { arch, shaped } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { chorus, filtered } from '../synth/effects.ts';
import { chain, lowPass } from '../synth/filters.ts';
import { NAVE } from '../synth/reverb.ts';

export interface GlacierScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly key: Key;
  readonly chart: string;
  readonly bells: string;
  readonly variations: readonly Variation[];
  /** When the ice begins to run: a broken figure from this beat to that. */
  readonly runFrom: number;
  readonly runTo: number;
}

/** Slow harmony under glass and felt; one breath from the first note to the last. */
export function glacier(score: GlacierScore): Piece {
  const chords = progression(score.chart, 4);
  const endBeat = lengthOf(chords);
  const swell = arch(0.45, 0.55);
  const bells = melody({
    motif: motif(score.bells),
    variations: score.variations,
    key: score.key,
    chords,
    fromBeat: 2,
    centre: 79,
    velocity: 0.5,
    articulation: 1.4,
    random: createRandom(seedFrom(score.name)),
  });
  const running = chords.filter((span) => span.beat >= score.runFrom && span.beat < score.runTo);
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 4,
    parts: [
      {
        name: 'ice',
        instrument: GLACIER_PAD,
        notes: shaped(
          held(chords, { low: 50, high: 74, voices: 4 }, { velocity: 0.7, hold: 1.05 }),
          endBeat,
          swell,
        ),
        loudnessLufs: -22,
        reverb: 0.35,
        effects: [chorus(0.12, 0.8)],
      },
      {
        name: 'depth',
        instrument: SUB_BASS,
        notes: bassLine(
          chords,
          33,
          chords.map((span) => ({ beat: span.beat, beats: span.beats * 0.98, pitch: 0, velocity: 0.6 })),
        ),
        loudnessLufs: -31,
      },
      {
        name: 'meltwater',
        instrument: FELT_PIANO,
        notes: shaped(
          broken(
            running,
            { low: 60, high: 84, voices: 4 },
            { order: [0, 2, 1, 3, 2, 4, 3, 1], stepBeats: 0.5, beats: 1.5, velocity: 0.42 },
          ),
          endBeat,
          swell,
        ),
        loudnessLufs: -25,
        spread: 0.6,
        reverb: 0.4,
        looseness: 0.02,
      },
      {
        name: 'glass',
        instrument: GLASS,
        notes: bells,
        loudnessLufs: -24,
        spread: -0.5,
        reverb: 0.5,
        echo: 0.3,
        looseness: 0.03,
      },
    ],
    room: NAVE,
    echo: { leftSeconds: 0.66, rightSeconds: 0.99, feedback: 0.45, lowHz: 300, highHz: 2800 },
    // Under the ice there is no treble; lossless files of it are small for the same reason.
    finish: [filtered(() => chain(lowPass(6500), lowPass(7000)))],
    loudnessLufs: -20,
    fadeInSeconds: 0.8,
    fadeOutSeconds: 4,
  };
}
