import { CLAP, CLOSED_HAT, CLUB_KICK, OPEN_HAT, RIM } from '../instruments/drums.ts';
import { DUB_STAB, SUB_BASS, WARM_PAD } from '../instruments/synthesisers.ts';
import { bassLine, comped, held } from '../score/accompaniment.ts';
import { groove } from '../score/groove.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Part } from '../score/note.ts';
import { arch, shaped } from '../score/note.ts';
import type { Piece } from '../score/render.ts';
import { chorus, pump, saturate } from '../synth/effects.ts';
import { PLATE } from '../synth/reverb.ts';

export interface DubScore {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly chart: string;
  /** Sixteen steps a bar. */
  readonly stabs: string;
  readonly bass: string;
  readonly hats: string;
  /** Bars until the kick drum comes in. */
  readonly introBars: number;
}

/** Four on the floor, chords that vanish into tape echo, bass like a tide. */
export function dubTechno(score: DubScore): Piece {
  const chords = progression(score.chart, 4);
  const endBeat = lengthOf(chords);
  const enter = score.introBars * 4;
  const outro = endBeat - 4;
  const grid = { stepsPerBeat: 4, fromBeat: enter, toBeat: outro };
  const beatSeconds = 60 / score.beatsPerMinute;
  const stabs = comped(
    chords,
    { low: 55, high: 76, voices: 4 },
    groove(score.stabs, { ...grid, fromBeat: 0, toBeat: endBeat - 2, beats: 0.3 }),
  );
  const drums: readonly Part[] = [
    { name: 'kick', instrument: CLUB_KICK, notes: groove('X...', grid), loudnessLufs: -19 },
    {
      name: 'hat',
      instrument: CLOSED_HAT,
      notes: groove(score.hats, { ...grid, fromBeat: Math.max(0, enter - 4) }),
      loudnessLufs: -32,
      pan: 0.2,
      reverb: 0.08,
      echo: 0.1,
    },
    {
      name: 'open hat',
      instrument: OPEN_HAT,
      notes: groove('..x.', { ...grid, fromBeat: enter + 8 }),
      loudnessLufs: -33,
      pan: -0.15,
      reverb: 0.1,
    },
    {
      name: 'clap',
      instrument: CLAP,
      notes: groove('.... x...', { ...grid, fromBeat: enter + 8 }),
      loudnessLufs: -31,
      reverb: 0.4,
      echo: 0.12,
    },
    {
      name: 'rim',
      instrument: RIM,
      notes: groove('...x .... ..o. .... .... .x.. .... ..-.', { ...grid, fromBeat: enter }),
      loudnessLufs: -36,
      pan: -0.45,
      reverb: 0.25,
      echo: 0.5,
    },
  ];
  return {
    name: score.name,
    beatsPerMinute: score.beatsPerMinute,
    endBeat,
    tailSeconds: 2.4,
    parts: [
      ...drums,
      {
        name: 'bass',
        instrument: SUB_BASS,
        notes: bassLine(chords, 31, groove(score.bass, { ...grid, beats: 0.6, pitch: 0 })),
        loudnessLufs: -23,
        effects: [pump(beatSeconds, 0.4)],
      },
      {
        name: 'stab',
        instrument: DUB_STAB,
        notes: shaped(stabs, endBeat, arch(0.5, 0.7)),
        loudnessLufs: -22,
        reverb: 0.3,
        echo: 0.6,
        effects: [chorus(0.3, 0.7)],
      },
      {
        name: 'haze',
        instrument: WARM_PAD,
        notes: held(chords, { low: 57, high: 79, voices: 4 }, { velocity: 0.5, hold: 1 }),
        loudnessLufs: -29,
        reverb: 0.4,
        effects: [pump(beatSeconds, 0.7)],
      },
    ],
    room: { ...PLATE, decaySeconds: 2.6, dampingHz: 3800 },
    echo: {
      leftSeconds: beatSeconds * 0.75,
      rightSeconds: beatSeconds * 0.75,
      feedback: 0.62,
      lowHz: 260,
      highHz: 2600,
    },
    finish: [saturate(1.1)],
    loudnessLufs: -12.5,
    fadeInSeconds: 0.01,
    fadeOutSeconds: 3,
  };
}
