import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { writeWav } from './wav.ts';

/** An album of pure tones, one frequency a track. */
export interface ToneAlbum {
  readonly artist: string;
  readonly album: string;
  readonly tracks: readonly { readonly title: string; readonly frequencyHz: number }[];
  /** Writes a plain `cover.png` of this colour, such as `#d5432b`, beside the tracks. */
  readonly coverColour?: string;
}

/** A track that was written, and what must be heard when it plays. */
export interface ToneTrack {
  readonly artist: string;
  readonly album: string;
  readonly title: string;
  readonly frequencyHz: number;
  readonly durationMs: number;
  /** Relative to the library, with `/` between its parts. */
  readonly path: string;
}

export interface ToneOptions {
  /** Length of every track. */
  readonly seconds?: number;
  readonly sampleRateHz?: number;
}

/** 22,050 / 2,048: tones on multiples of this fall into the middle of a bin of a 2,048-point transform. */
const BIN_HZ = 22_050 / 2048;

/** The middle of the transform's bin `bin`. */
export function binFrequencyHz(bin: number): number {
  return bin * BIN_HZ;
}

function toneAlbum(
  artist: string,
  album: string,
  tones: Readonly<Record<string, number>>,
  coverColour: string,
): ToneAlbum {
  const tracks = Object.entries(tones).map(([title, bin]) => ({ title, frequencyHz: binFrequencyHz(bin) }));
  return { artist, album, tracks, coverColour };
}

/**
 * Three albums of four tracks between 334 and 2,702 Hz, given by their bins. All bins are prime: no tone is a
 * harmonic of another, so what one distorts to cannot be taken for the next.
 */
export const TONE_ALBUMS: readonly ToneAlbum[] = [
  toneAlbum(
    'Änne Sinus',
    'Grundtöne',
    { 'Erster Ton': 31, 'Zweiter Ton': 53, 'Dritter Ton': 71, 'Vierter Ton': 89 },
    '#2a7f62',
  ),
  toneAlbum('The Oscillators', 'Pure Tones', { Alpha: 109, Beta: 131, Gamma: 151, Delta: 173 }, '#d5432b'),
  toneAlbum('Hertz Quartet', 'Upper Register', { North: 191, East: 211, South: 229, West: 251 }, '#3350b8'),
];

/** One album of `count` short tones, for long lists and for measuring. */
export function largeToneAlbum(count: number): ToneAlbum {
  const digits = String(count).length;
  return {
    artist: 'Long List',
    album: `${count} tones`,
    tracks: Array.from({ length: count }, (_, index) => ({
      title: `Tone ${String(index + 1).padStart(digits, '0')}`,
      frequencyHz: binFrequencyHz(30 + (index % 230)),
    })),
  };
}

/**
 * Writes a library of tones as mono WAV files without tags, named `Artist/Album/01 - Title.wav`, and tells
 * what it wrote, in the order of the albums. Needs nothing but the disk.
 */
export async function buildToneLibrary(
  folder: string,
  albums: readonly ToneAlbum[] = TONE_ALBUMS,
  options: ToneOptions = {},
): Promise<readonly ToneTrack[]> {
  const { seconds = 12, sampleRateHz = 22_050 } = options;
  const written: ToneTrack[] = [];
  for (const { artist, album, tracks, coverColour } of albums) {
    await mkdir(join(folder, artist, album), { recursive: true });
    if (coverColour) await writeFile(join(folder, artist, album, 'cover.png'), await plainCover(coverColour));
    const digits = Math.max(2, String(tracks.length).length);
    for (const [index, { title, frequencyHz }] of tracks.entries()) {
      const path = `${artist}/${album}/${String(index + 1).padStart(digits, '0')} - ${title}.wav`;
      const samples = tone(frequencyHz, Math.round(seconds * sampleRateHz), sampleRateHz);
      await writeWav(join(folder, path), samples, sampleRateHz);
      written.push({
        artist,
        album,
        title,
        frequencyHz,
        durationMs: (samples.length / sampleRateHz) * 1000,
        path,
      });
    }
  }
  return written;
}

/** The same with one album of `count` tracks of 0.2 s. */
export async function buildLargeToneLibrary(folder: string, count: number): Promise<readonly ToneTrack[]> {
  return buildToneLibrary(folder, [largeToneAlbum(count)], { seconds: 0.2 });
}

/** A sine at -6 dBFS with fades of 5 ms, so that neither end clicks across the spectrum. */
function tone(frequencyHz: number, length: number, sampleRateHz: number): Float32Array {
  const ramp = 0.005 * sampleRateHz;
  return Float32Array.from({ length }, (_, index) => {
    const edge = Math.min(1, index / ramp, (length - 1 - index) / ramp);
    return 0.5 * edge * Math.sin((2 * Math.PI * frequencyHz * index) / sampleRateHz);
  });
}

async function plainCover(colour: string): Promise<Buffer> {
  return sharp({ create: { width: 600, height: 600, channels: 3, background: colour } })
    .png()
    .toBuffer();
}
