import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../scripts/demo-library/albums/catalogue.ts';
import { FELT_PIANO } from '../../scripts/demo-library/instruments/piano.ts';
import { HARP, UPRIGHT_BASS } from '../../scripts/demo-library/instruments/plucked.ts';
import { chord, progression } from '../../scripts/demo-library/score/harmony.ts';
import { frequencyOf, pitch } from '../../scripts/demo-library/score/pitch.ts';
import { renderOpening } from '../../scripts/demo-library/score/render.ts';
import { voiceLead } from '../../scripts/demo-library/score/voicing.ts';
import { integratedLoudness } from '../../scripts/demo-library/synth/loudness.ts';
import { createRandom } from '../../scripts/demo-library/synth/random.ts';
import type { Instrument, Stereo } from '../../scripts/demo-library/synth/sound.ts';
import { generate, mono, SAMPLE_RATE } from '../../scripts/demo-library/synth/sound.ts';

function pieceNamed(name: string): Parameters<typeof renderOpening>[0] {
  const tracks = CATALOGUE.flatMap((album) => album.discs.flatMap((disc) => disc.tracks));
  const track = tracks.find((candidate) => candidate.music.piece.name === name);
  if (!track) throw new Error(`There is no piece called ${name}`);
  return track.music.piece;
}

function fingerprint({ left, right }: Stereo): string {
  const hash = createHash('sha256');
  for (const channel of [left, right])
    hash.update(Int16Array.from(channel, (value) => Math.round(value * 32_767)));
  return hash.digest('hex');
}

/** How far a note is off its pitch, in cents: the strongest frequency within half a semitone. */
function centsOff(instrument: Instrument, frequencyHz: number): number {
  const { left } = instrument({ frequencyHz, seconds: 1.5, velocity: 0.7, random: createRandom(3) });
  const length = Math.min(left.length, SAMPLE_RATE);
  let best = { power: 0, cents: Number.NaN };
  for (let cents = -50; cents <= 50; cents += 2) {
    const turn = (2 * Math.PI * frequencyHz * 2 ** (cents / 1200)) / SAMPLE_RATE;
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < length; index++) {
      const windowed = (left[index] ?? 0) * Math.sin((Math.PI * index) / length) ** 2;
      real += windowed * Math.cos(turn * index);
      imaginary += windowed * Math.sin(turn * index);
    }
    const power = real * real + imaginary * imaginary;
    if (power > best.power) best = { power, cents };
  }
  return Math.abs(best.cents);
}

describe('a piece', () => {
  test('gives the same samples each time it is played', () => {
    const piece = pieceNamed('Kiesbett');
    const first = renderOpening(piece, 3);
    expect(fingerprint(renderOpening(piece, 3))).toBe(fingerprint(first));
    expect(fingerprint(first)).toBe('985524b86fa4d472e17a46389c941d07c7d3ca048c6eb828cd59e2217727f4ae');
  });

  test('sounds different under another name, for the name is its seed', () => {
    const piece = pieceNamed('Kiesbett');
    const other = renderOpening({ ...piece, name: 'Kiesbett, zweite Fassung' }, 2);
    expect(fingerprint(other)).not.toBe(fingerprint(renderOpening(piece, 2)));
  });

  test('stays under its ceiling and comes out as loud as it was meant to be', () => {
    const piece = pieceNamed('Deep End');
    const opening = renderOpening(piece, 5);
    const peak = [...opening.left, ...opening.right].reduce(
      (highest, value) => Math.max(highest, Math.abs(value)),
      0,
    );
    expect(peak).toBeLessThanOrEqual(10 ** (-2.3 / 20));
    expect(integratedLoudness(opening)).toBeGreaterThan(piece.loudnessLufs - 1.5);
    expect(integratedLoudness(opening)).toBeLessThan(piece.loudnessLufs + 0.5);
  });
});

describe('an instrument', () => {
  test.each([
    ['felt piano', FELT_PIANO],
    ['harp', HARP],
    ['double bass', UPRIGHT_BASS],
  ])('is in tune: %s', (_name, instrument) => {
    const cents = ['E2', 'A3', 'D5'].map((note) => centsOff(instrument, frequencyOf(pitch(note))));
    expect(Math.max(...cents)).toBeLessThanOrEqual(4);
  });

  test('starts and ends without a step', () => {
    for (const instrument of [FELT_PIANO, HARP, UPRIGHT_BASS]) {
      const { left } = instrument({ frequencyHz: 220, seconds: 1, velocity: 0.9, random: createRandom(1) });
      expect(Math.abs(left[0] ?? 1)).toBeLessThan(0.001);
      expect(Math.abs(left.at(-1) ?? 1)).toBeLessThan(0.002);
    }
  });
});

describe('the loudness meter', () => {
  test('reads -3.01 LUFS for a full-scale 997 Hz tone on one channel, as BS.1770-4 demands', () => {
    const left = generate(SAMPLE_RATE * 5, (time) => Math.sin(2 * Math.PI * 997 * time));
    expect(integratedLoudness({ left, right: new Float32Array(left.length) })).toBeCloseTo(-3.01, 1);
  });

  test('hears nothing in silence', () => {
    expect(integratedLoudness(mono(new Float32Array(SAMPLE_RATE)))).toBe(-Infinity);
  });
});

describe('harmony', () => {
  test('reads chord symbols with their bass', () => {
    expect(chord('Dm7/G')).toEqual({ symbol: 'Dm7/G', root: 2, bass: 7, tones: [2, 5, 9, 0] });
    expect(() => chord('H7')).toThrow('"H7" is not a chord');
  });

  test('shares a bar among its chords and repeats bars', () => {
    const spans = progression('Dm7 G7 | % | C', 4);
    expect(spans.map((span) => [span.chord.symbol, span.beat, span.beats])).toEqual([
      ['Dm7', 0, 2],
      ['G7', 2, 2],
      ['Dm7', 4, 2],
      ['G7', 6, 2],
      ['C', 8, 4],
    ]);
  });

  test('moves no voice further than it must', () => {
    const chords = progression('Dm7 | G7 | Cmaj7 | Am7', 4).map((span) => span.chord);
    const voicings = voiceLead(chords, { low: 52, high: 72, voices: 4 });
    voicings.slice(1).forEach((voicing, index) => {
      voicing.forEach((note, voice) =>
        expect(Math.abs(note - (voicings[index]?.[voice] ?? 0))).toBeLessThanOrEqual(5),
      );
    });
  });
});
