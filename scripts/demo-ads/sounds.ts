/** What the two house ads sound like: a call, not a song. */
import { ACCORDION, ELECTRIC_PIANO } from '../demo-library/instruments/keys.ts';
import { GLASS, MARIMBA, MUSIC_BOX } from '../demo-library/instruments/mallets.ts';
import { UPRIGHT_BASS } from '../demo-library/instruments/plucked.ts';
import type { Note, Part } from '../demo-library/score/note.ts';
import { pitch } from '../demo-library/score/pitch.ts';
import type { Piece } from '../demo-library/score/render.ts';
import { envelope } from '../demo-library/synth/envelope.ts';
import { lowPass, sweptLowPass } from '../demo-library/synth/filters.ts';
import { createSaw } from '../demo-library/synth/oscillators.ts';
import { CHAMBER, PLATE } from '../demo-library/synth/reverb.ts';
import type { Instrument } from '../demo-library/synth/sound.ts';
import { generate, mono, samplesIn } from '../demo-library/synth/sound.ts';

/** Where ads belong (`AD_LOUDNESS_LUFS` of the publisher), so that they are published as they are. */
const LOUDNESS_LUFS = -16;

/** `chord('C4 E4', 2, 1)`: these notes together, from beat 2, for one beat. */
const chord = (names: string, beat: number, beats: number, velocity = 0.7): readonly Note[] =>
  names.split(' ').map((name) => ({ beat, beats, pitch: pitch(name), velocity }));

/** One note after the other, each so many beats after the one before. */
const run = (names: string, beat: number, step: number, velocity = 0.7): readonly Note[] =>
  names
    .split(' ')
    .flatMap((name, index) => (name === '.' ? [] : chord(name, beat + index * step, step * 0.9, velocity)));

/** A ship that is leaving: three saws a little apart behind a wide funnel. */
const SHIP_HORN: Instrument = ({ frequencyHz, seconds, velocity, random }) => {
  const level = envelope({ attack: 0.14, decay: 0.3, sustain: 0.9, release: 0.45 }, seconds);
  const reeds = [0.996, 1, 1.005].map((ratio) => ({ ratio, saw: createSaw(random.next()) }));
  const funnel = lowPass(420 + 500 * velocity, 0.9);
  return mono(
    generate(samplesIn(seconds + 0.45), (time) => {
      const rise = 1 - 0.02 * Math.exp(-time * 9);
      const sum = reeds.reduce((total, { ratio, saw }) => total + saw(frequencyHz * ratio * rise), 0);
      return funnel(sum * 0.3) * level(time);
    }),
  );
};

/** Water against a quay: noise behind a filter that comes and goes. The pitch says nothing. */
const QUAY_WATER: Instrument = ({ seconds, random }) => {
  const swell = sweptLowPass(0.15);
  return mono(
    generate(samplesIn(seconds), (time) => {
      const wave = 0.5 + 0.3 * Math.sin(time * 2.1) + 0.2 * Math.sin(time * 3.7 + 1);
      return swell(random.noise(), 260 + 900 * wave * wave) * (0.35 + 0.65 * wave) * Math.min(1, time / 0.6);
    }),
  );
};

const part = (name: string, instrument: Instrument, loudnessLufs: number, notes: readonly Note[]): Part => ({
  name,
  instrument,
  notes,
  loudnessLufs,
  reverb: 0.2,
});

/** A horn, the ship's bell twice, four bars of a waltz from the quay, and the horn again: twelve seconds. */
export const HARBOUR_FESTIVAL: Piece = {
  name: 'Hafenfest Duisburg',
  // A beat is half a second, and where things are is easy to read.
  beatsPerMinute: 120,
  endBeat: 21.5,
  tailSeconds: 1.4,
  room: CHAMBER,
  loudnessLufs: LOUDNESS_LUFS,
  fadeOutSeconds: 1.1,
  parts: [
    { ...part('water', QUAY_WATER, -37, chord('A3', 0, 24)), spread: 0, reverb: 0 },
    {
      ...part('horn', SHIP_HORN, -21, [
        ...chord('F2 C3 F3', 0.6, 2.6, 0.8),
        ...chord('F2 C3 A3', 18.4, 1.8, 0.6),
      ]),
      reverb: 0.35,
    },
    {
      ...part('bell', GLASS, -25, [...run('A5 A5', 4.2, 0.55, 0.8), ...run('A5 A5', 17, 0.55, 0.8)]),
      pan: 0.35,
      reverb: 0.35,
    },
    {
      ...part('accordion', ACCORDION, -20, [
        ...run('F4 A4 C5 F5 . C5 E5 . G5 F5 . .', 5.6, 0.9, 0.75),
        ...chord('F4 A4 C5 F5', 17.6, 2.4, 0.8),
      ]),
      pan: -0.2,
      looseness: 0.008,
    },
    {
      ...part('chords', ACCORDION, -27, [
        ...[6.5, 7.4, 9.2, 10.1].flatMap((beat) => chord('A3 C4', beat, 0.35, 0.5)),
        ...[11.9, 12.8].flatMap((beat) => chord('Bb3 C4 E4', beat, 0.35, 0.5)),
        ...[14.6, 15.5].flatMap((beat) => chord('A3 C4 F4', beat, 0.35, 0.5)),
      ]),
      pan: 0.25,
    },
    part('bass', UPRIGHT_BASS, -23, [...run('F2 C2 C2 F2', 5.6, 2.7, 0.8), ...chord('F1', 17.6, 2.4, 0.8)]),
  ],
};

/** Marimba that is broken off twice, and the third time goes on: what premium is, in ten seconds. */
export const WITHOUT_BREAKS: Piece = {
  name: 'Riffle',
  beatsPerMinute: 104,
  endBeat: 15.5,
  tailSeconds: 1.4,
  room: PLATE,
  loudnessLufs: LOUDNESS_LUFS,
  fadeOutSeconds: 1.2,
  parts: [
    {
      ...part('marimba', MARIMBA, -20, [
        ...run('D4 A4 D5 E5 F#5', 0, 0.25, 0.75),
        ...run('D4 A4 D5 E5 F#5 A5', 2.5, 0.25, 0.75),
        ...run(
          'D4 A4 D5 E5 F#5 A5 F#5 E5 G4 B4 D5 E5 G5 B5 G5 E5 A4 C#5 E5 F#5 A5 C#6 A5 E5',
          5.5,
          0.25,
          0.8,
        ),
        ...run('D5 F#5 A5 D6', 11.5, 0.25, 0.85),
      ]),
      spread: 0.8,
    },
    {
      ...part('piano', ELECTRIC_PIANO, -23, [
        ...chord('D3 A3 F#4', 5.5, 1.9, 0.55),
        ...chord('G3 B3 D4', 7.5, 1.9, 0.55),
        ...chord('A3 C#4 E4', 9.5, 1.9, 0.55),
        ...chord('D3 A3 D4 F#4', 11.5, 4, 0.6),
      ]),
      reverb: 0.3,
    },
    part('bass', UPRIGHT_BASS, -24, [...run('D2 G2 A2', 5.5, 2, 0.75), ...chord('D2', 11.5, 3.5, 0.8)]),
    { ...part('sparkle', MUSIC_BOX, -29, run('A6 D7', 12.5, 0.5, 0.6)), pan: 0.3, reverb: 0.4 },
  ],
};
