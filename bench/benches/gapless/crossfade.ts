/** White noise that fades into other white noise: together they are to be as loud as either alone. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { keepQueue, queueOf, tracksOf } from '../../measuring/kept-queue.ts';
import type { Recording } from '../../../tests/browser/sound-recorder.ts';
import { openWindow } from '../../measuring/window.ts';
import { encode, FORMATS } from './albums.ts';
import { playQueue } from '../../measuring/play-recorded.ts';

const TRACKS = 3;
const TRACK_SECONDS = 12;
export const FADE_SECONDS = 3;
const ARTIST = 'White Noise';
/** Of full scale, half the way from the mean to either end. */
const AMPLITUDE = 0.25;
/** Long enough that noise is told from a change of level: less than 0.05 dB by chance. */
const WINDOW_SECONDS = 0.1;
/** What a start and an end do is no crossfade. */
const LEFT_OUT_SECONDS = 0.5;

export interface CrossfadeOutcome {
  /** Farthest of all windows from the level of a track alone. */
  readonly worstDb: number;
  /** How much shorter the whole was than its tracks one after the other. */
  readonly overlapSeconds: number;
}

const noise = (seed: number, frames: number): Buffer => {
  const pcm = Buffer.alloc(frames * 4);
  let state = (seed * 2_654_435_761) >>> 0;
  for (let at = 0; at < pcm.length; at += 2) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pcm.writeInt16LE(Math.round((state / 2 ** 31 - 1) * AMPLITUDE * 32_767), at);
  }
  return pcm;
};

/** One album a track: inside an album that plays in order nothing fades. */
export const writeNoiseAlbums = async (libraryFolder: string): Promise<void> => {
  for (let number = 1; number <= TRACKS; number += 1) {
    const album = `Noise ${number}`;
    const folder = join(libraryFolder, ARTIST, album);
    await mkdir(folder, { recursive: true });
    const pcm = noise(number, TRACK_SECONDS * FORMATS.flac.rateHz);
    const tags = { artist: ARTIST, album, title: album, number: 1 };
    await encode(pcm, join(folder, `01 - ${album}.flac`), FORMATS.flac, tags);
  }
};

const meanPower = ({ left, right }: Recording, from: number, frames: number): number => {
  let sum = 0;
  for (let frame = from; frame < from + frames; frame += 1) {
    sum += (left[frame] ?? 0) ** 2 + (right[frame] ?? 0) ** 2;
  }
  return sum / frames;
};

export const judgeCrossfade = (recording: Recording): CrossfadeOutcome => {
  const { rateHz } = recording;
  const last = recording.left.findLastIndex((sample) => Math.abs(sample) > 0.001);
  const window = Math.round(WINDOW_SECONDS * rateHz);
  const leftOut = Math.round(LEFT_OUT_SECONDS * rateHz);
  // The middle of the first half of the first track, where it sounds alone.
  const alone = meanPower(recording, leftOut, Math.round((TRACK_SECONDS / 2) * rateHz));
  let worstDb = last > 2 * leftOut ? 0 : Number.NaN;
  for (let from = leftOut; from + window < last - leftOut; from += Math.round(window / 2)) {
    const db = 10 * Math.log10(meanPower(recording, from, window) / alone);
    worstDb = Math.max(worstDb, Math.abs(db));
  }
  return { worstDb, overlapSeconds: TRACKS * TRACK_SECONDS - (last + 1) / rateHz };
};

export const playCrossfade = async (options: {
  readonly browser: Browser;
  readonly serviceUrl: string;
  readonly dataFolder: string;
  readonly assetsFolder: string;
}): Promise<CrossfadeOutcome> => {
  // An encoder changes the level of noise by half a decibel, which is not the fade's.
  const settings = { crossfadeSeconds: FADE_SECONDS, streamingQuality: 'lossless' } as const;
  const window = await openWindow({ ...options, settings });
  try {
    const tracks = (await tracksOf(options.serviceUrl)).filter(({ title }) => title.startsWith('Noise '));
    await keepQueue(window.context, window.shell.url, queueOf(tracks));
    return judgeCrossfade(await playQueue(window.context, window.shell.url, TRACKS * TRACK_SECONDS));
  } finally {
    await window.close();
  }
};
