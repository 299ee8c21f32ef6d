import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildLargeToneLibrary, buildToneLibrary, TONE_ALBUMS } from './tone-library.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffle-tones-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Power of one frequency in 16-bit samples (Goertzel). */
function power(samples: Int16Array, frequencyHz: number, sampleRateHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / sampleRateHz);
  let before = 0;
  let current = 0;
  for (const sample of samples) {
    const following = sample + coefficient * current - before;
    before = current;
    current = following;
  }
  return current * current + before * before - coefficient * current * before;
}

test('every track of the default library sounds at its own frequency and at no other', async () => {
  const tracks = await buildToneLibrary(folder, TONE_ALBUMS, { seconds: 1 });
  const frequencies = tracks.map((track) => track.frequencyHz);
  expect(tracks).toHaveLength(12);
  expect(new Set(frequencies).size).toBe(12);
  for (const track of tracks) {
    const file = await readFile(join(folder, track.path));
    const samples = new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length));
    const heard = frequencies.toSorted((a, b) => power(samples, b, 22_050) - power(samples, a, 22_050));
    expect(heard[0]).toBe(track.frequencyHz);
    const [first = 0, second = 0] = heard;
    expect(power(samples, first, 22_050) / power(samples, second, 22_050)).toBeGreaterThan(1e4);
  }
});

test('a tone lasts as long as it says and starts and ends in silence', async () => {
  const [track] = await buildToneLibrary(folder, TONE_ALBUMS.slice(0, 1), { seconds: 0.5 });
  const path = join(folder, track?.path ?? '');
  const { format } = await parseFile(path, { duration: true });
  expect(format.sampleRate).toBe(22_050);
  expect(format.numberOfChannels).toBe(1);
  expect((format.duration ?? 0) * 1000).toBeCloseTo(track?.durationMs ?? Number.NaN, 3);
  const file = await readFile(path);
  expect(file.readInt16LE(44)).toBe(0);
  expect(file.readInt16LE(file.length - 2)).toBe(0);
});

test('albums lie in folders of artist and album, with a cover where one was asked for', async () => {
  await buildToneLibrary(folder, TONE_ALBUMS.slice(0, 1), { seconds: 0.1 });
  expect((await readdir(join(folder, 'Änne Sinus', 'Grundtöne'))).toSorted()).toEqual([
    '01 - Erster Ton.wav',
    '02 - Zweiter Ton.wav',
    '03 - Dritter Ton.wav',
    '04 - Vierter Ton.wav',
    'cover.png',
  ]);
});

test('a long list has as many short tracks as asked for, in the order of their names', async () => {
  const tracks = await buildLargeToneLibrary(folder, 120);
  const names = await readdir(join(folder, 'Long List', '120 tones'));
  expect(names).toHaveLength(120);
  expect(names.toSorted()[99]).toBe('100 - Tone 100.wav');
  expect(tracks.every((track) => track.durationMs === 200)).toBe(true);
});
