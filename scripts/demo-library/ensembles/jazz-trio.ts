import { BRUSH_SWEEP, BRUSH_TAP, FEATHERED_KICK, RIDE } from '../instruments/drums.ts';
import { GRAND_PIANO } from '../instruments/piano.ts';
import { UPRIGHT_BASS } from '../instruments/plucked.ts';
import { bassLine, comped, held, walking } from '../score/accompaniment.ts';
import { groove, swung } from '../score/groove.ts';
import type { ChordSpan } from '../score/harmony.ts';
import { lengthOf, progression } from '../score/harmony.ts';
import type { Variation } from '../score/melody.ts';
import { melody, motif } from '../score/melody.ts';
import type { Note, Part } from '../score/note.ts';
import { arch, shaped, within } from '../score/note.ts';
import type { Key } from '../score/pitch.ts';
import type { Piece } from '../score/render.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import { CLUB } from '../synth/reverb.ts';
import type { Instrument } from '../synth/sound.ts';

/** How the rhythm section plays: walking in four, broken two-feel, waltz, or even eighths. */
export type Feel = 'swing' | 'ballad' | 'waltz' | 'even';

export interface TrioTune {
  readonly name: string;
  readonly beatsPerMinute: number;
  readonly feel: Feel;
  readonly key: Key;
  /** The last bar is where everybody comes to rest. */
  readonly chart: string;
  readonly motif: string;
  readonly variations: readonly Variation[];
  /** Bars of the rhythm section before the tune. */
  readonly introBars: number;
  /** Somebody else carries the tune; the piano then answers below. */
  readonly guest?: Instrument;
  readonly centre?: number;
}

const COMPING: Readonly<Record<Feel, string>> = {
  swing: '..o. ..x. .... .xo. x... ..o. .x.. ....',
  ballad: 'x... .... ..o. .... x... ..o. .... ....',
  waltz: '..o. x. .... x. ..x. .. x... o.',
  even: 'x..x ..o. ..x. .x.. x..o ..x. .x.. ..o.',
};

/** Piano, double bass and a drummer with brushes. */
export function jazzTrio(tune: TrioTune): Piece {
  const beatsPerBar = tune.feel === 'waltz' ? 3 : 4;
  const chords = progression(tune.chart, beatsPerBar);
  const endBeat = lengthOf(chords);
  const restBeat = endBeat - beatsPerBar;
  const moving = chords.filter((span) => span.beat < restBeat);
  const random = createRandom(seedFrom(tune.name));
  const swing = (notes: readonly Note[]): readonly Note[] =>
    tune.feel === 'even' ? notes : swung(notes, tune.feel === 'ballad' ? 0.8 : 1);
  const song = melody({
    motif: motif(tune.motif),
    variations: tune.variations,
    key: tune.key,
    chords,
    fromBeat: tune.introBars * beatsPerBar,
    centre: tune.centre ?? 74,
    velocity: 0.66,
    random,
  });
  const hand = { low: 50, high: 69, voices: 3, rootless: true };
  const comping = comped(
    moving,
    hand,
    groove(COMPING[tune.feel], {
      stepsPerBeat: 2,
      fromBeat: 0,
      toBeat: restBeat,
      beats: tune.feel === 'ballad' ? 1.6 : 0.6,
    }),
  );
  const last = held(chords.slice(-1), { ...hand, high: 76, voices: 4 }, { velocity: 0.5 });
  const colour = arch(0.78);
  const parts: Part[] = [
    {
      name: 'left hand',
      instrument: GRAND_PIANO,
      notes: swing(
        shaped(
          [...comping.map((note) => ({ ...note, velocity: note.velocity * 0.62 })), ...last],
          endBeat,
          colour,
        ),
      ),
      loudnessLufs: -25,
      spread: 0.5,
      reverb: 0.16,
      looseness: 0.012,
    },
    {
      name: 'bass',
      instrument: UPRIGHT_BASS,
      notes: swing(shaped([...bass(tune, moving), ...lastBass(chords)], endBeat, colour)),
      loudnessLufs: -22,
      reverb: 0.06,
      looseness: 0.006,
    },
    ...brushes(tune, restBeat, beatsPerBar).map((part) => ({ ...part, notes: swing(part.notes) })),
    {
      name: 'tune',
      instrument: tune.guest ?? GRAND_PIANO,
      notes: swing(shaped(within(song, 0, endBeat - 1), endBeat, colour)),
      loudnessLufs: -18.5,
      pan: tune.guest ? 0.18 : 0,
      spread: tune.guest ? 0 : 0.5,
      reverb: tune.guest ? 0.3 : 0.18,
      looseness: 0.014,
    },
  ];
  return {
    name: tune.name,
    beatsPerMinute: tune.beatsPerMinute,
    endBeat,
    tailSeconds: 1.6,
    parts,
    room: { ...CLUB, decaySeconds: 1.1 },
    loudnessLufs: -16,
    fadeOutSeconds: 2,
  };
}

function bass(tune: TrioTune, chords: readonly ChordSpan[]): readonly Note[] {
  if (tune.feel === 'swing') return walking(chords, 29, 0.72);
  const toBeat = lengthOf(chords);
  const roots = groove(
    tune.feel === 'waltz' ? 'x.....' : tune.feel === 'even' ? 'x....... o.......' : 'x.......',
    {
      stepsPerBeat: 2,
      fromBeat: 0,
      toBeat,
      pitch: 0,
      beats: tune.feel === 'waltz' ? 2.2 : 1.7,
    },
  );
  const fifths = groove(tune.feel === 'waltz' ? '.....- ......' : '...x..x.', {
    stepsPerBeat: 2,
    fromBeat: 0,
    toBeat,
    pitch: 7,
    beats: 0.8,
  });
  return bassLine(chords, 29, [...roots, ...fifths]);
}

function lastBass(chords: readonly ChordSpan[]): readonly Note[] {
  const last = chords.at(-1);
  if (!last) return [];
  return bassLine([last], 26, [{ beat: last.beat, beats: last.beats, pitch: 0, velocity: 0.6 }]);
}

function brushes(tune: TrioTune, restBeat: number, beatsPerBar: number): readonly Part[] {
  const grid = { stepsPerBeat: 2, fromBeat: tune.introBars > 1 ? beatsPerBar : 0, toBeat: restBeat };
  const taps: Readonly<Record<Feel, string>> = {
    swing: '..x. ..x- ..x. .-x.',
    ballad: '.... ..o.',
    waltz: '..o. o. ..o. .-',
    even: '-.-x -.x- -.-x -x.-',
  };
  const rides: Readonly<Record<Feel, string>> = {
    swing: 'x.xo x.xo',
    ballad: 'o.......',
    waltz: 'x..o..',
    even: 'x.o.x.oo',
  };
  const lastStroke = [{ beat: restBeat, beats: 2, pitch: 60, velocity: 0.5 }];
  return [
    {
      name: 'brush sweep',
      instrument: BRUSH_SWEEP,
      notes: groove('x. o. ', { ...grid, beats: tune.feel === 'ballad' ? 1.05 : 0.9 }),
      loudnessLufs: -35,
      pan: -0.25,
      reverb: 0.1,
      looseness: 0.01,
    },
    {
      name: 'brush tap',
      instrument: BRUSH_TAP,
      notes: groove(taps[tune.feel], grid),
      loudnessLufs: -31,
      pan: -0.2,
      reverb: 0.12,
      looseness: 0.006,
    },
    {
      name: 'ride',
      instrument: RIDE,
      notes: [...groove(rides[tune.feel], grid), ...lastStroke],
      loudnessLufs: -34,
      pan: 0.35,
      reverb: 0.1,
      looseness: 0.006,
    },
    { name: 'kick', instrument: FEATHERED_KICK, notes: groove('o.-.', grid), loudnessLufs: -34 },
  ];
}
