/**
 * Makes the house ads: `node scripts/demo-ads/make.ts [folder]`, by default `assets/demo-ads`.
 * Plays, encodes and paints them; takes a few seconds, needs ffmpeg and Chromium.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compress, paint } from '../demo-library/covers/paint.ts';
import { ffmpeg, FfmpegError } from '../demo-library/encode/ffmpeg.ts';
import type { Piece } from '../demo-library/score/render.ts';
import { render } from '../demo-library/score/render.ts';
import type { Stereo } from '../demo-library/synth/sound.ts';
import { SAMPLE_RATE } from '../demo-library/synth/sound.ts';
import { harbourFestival, withoutBreaks } from './pictures.ts';
import { HARBOUR_FESTIVAL, WITHOUT_BREAKS } from './sounds.ts';

interface HouseAd {
  readonly name: string;
  readonly sender: string;
  readonly title: string;
  readonly link: { readonly url: string; readonly label: string } | null;
  readonly sound: Piece;
  readonly picture: () => string;
}

/** Both senders are invented; `.example` belongs to nobody (RFC 2606). */
const ADS: readonly HouseAd[] = [
  {
    name: 'hafenfest',
    sender: 'Hafenfest Duisburg',
    title: 'Drei Tage am Wasser',
    link: { url: 'https://hafenfest.example/', label: 'hafenfest.example' },
    sound: HARBOUR_FESTIVAL,
    picture: harbourFestival,
  },
  {
    name: 'riffle-premium',
    sender: 'Riffle',
    title: 'Music without breaks',
    // Where to go is what the app itself says, by "Listen without ads".
    link: null,
    sound: WITHOUT_BREAKS,
    picture: withoutBreaks,
  },
];

const LICENCE = `The house ads of Riffle: sound, words and pictures

To the extent possible under law, the authors of Riffle have waived all copyright and related or neighbouring
rights to everything in this folder: CC0 1.0 Universal, public domain dedication.
https://creativecommons.org/publicdomain/zero/1.0/legalcode

Everything was composed, synthesised and drawn by scripts/demo-ads. The festival is invented. The words in the
pictures are set in Archivo (SIL Open Font License 1.1), which lays no claim to pictures made with it.
`;

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../assets/demo-ads'));

try {
  await make();
} catch (error) {
  if (!(error instanceof FfmpegError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function make(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pictures = await paint(new Map(ADS.map(({ name, picture }) => [name, picture])));
  for (const { name, sound } of ADS) {
    await encode(render(sound), join(folder, `${name}.opus`));
    const painted = pictures.get(name);
    if (painted) await writeFile(join(folder, `${name}.webp`), await compress(painted, 'webp'));
  }
  const spots = ADS.map(({ name, sender, title, link }) => ({
    audio: `${name}.opus`,
    sender,
    title,
    ...(link === null ? {} : { link }),
    picture: `${name}.webp`,
  }));
  await writeFile(join(folder, 'ads.json'), `${JSON.stringify({ spots }, null, 2)}\n`);
  await writeFile(join(folder, 'LICENSE.txt'), LICENCE);
}

/** The same sound and the same ffmpeg give the same bytes: no dates, no encoder's name. */
async function encode({ left, right }: Stereo, file: string): Promise<void> {
  const samples = new Float32Array(left.length * 2);
  left.forEach((value, index) => (samples[2 * index] = value));
  right.forEach((value, index) => (samples[2 * index + 1] = value));
  await ffmpeg(
    [
      '-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', '2', '-i', 'pipe:0',
      '-map_metadata', '-1', '-fflags', '+bitexact', '-flags', '+bitexact',
      '-c:a', 'libopus', '-b:a', '96k', '-vbr', 'on', '-f', 'opus', file,
    ], // prettier-ignore
    Buffer.from(samples.buffer),
  );
}
