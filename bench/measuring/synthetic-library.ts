/** A folder of many small tagged mp3 files, each different, made from one short tone: tags are what differs. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const TRACKS_PER_ALBUM = 10;
const ALBUMS_PER_ARTIST = 4;
const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ren',
  'dü',
  'tor',
  'va',
  'nis',
  'ølm',
  'brü',
  'sen',
  'ta',
  'ur',
  'pel',
  'gra',
  'hof',
];

/** Pronounceable, different for every number, the same on every run. */
export function syntheticName(seed: number, words: number): string {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
  return Array.from({ length: words }, () => {
    const word = Array.from({ length: 2 + next(2) }, () => SYLLABLES[next(SYLLABLES.length)]).join('');
    return word.slice(0, 1).toUpperCase() + word.slice(1);
  }).join(' ');
}

/** ID3v2.4 frame sizes are "syncsafe": seven bits a byte (id3.org, 2.4.0 structure, 6.2). */
const syncSafe = (value: number): number[] => [21, 14, 7, 0].map((shift) => (value >> shift) & 0x7f);

function id3Tag(frames: Readonly<Record<string, string>>): Buffer {
  const UTF8 = 3;
  const encoded = Object.entries(frames).map(([id, text]) => {
    const content = Buffer.concat([Buffer.of(UTF8), Buffer.from(text, 'utf8')]);
    return Buffer.concat([
      Buffer.from(id, 'latin1'),
      Buffer.from([...syncSafe(content.length), 0, 0]),
      content,
    ]);
  });
  const body = Buffer.concat(encoded);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, ...syncSafe(body.length)]), body]);
}

const tone = (): Buffer =>
  execFileSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=440:duration=1',
      '-ac',
      '1',
      '-b:a',
      '32k',
      '-f',
      'mp3',
      '-id3v2_version',
      '0',
      '-',
    ],
    { maxBuffer: 1 << 22 },
  );

const cover = (seed: number): Promise<Buffer> =>
  sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: { r: (seed * 53) % 256, g: (seed * 97) % 256, b: (seed * 193) % 256 },
    },
  })
    .jpeg({ quality: 70 })
    .toBuffer();

/** Gives the bytes written. */
export async function writeSyntheticLibrary(folder: string, tracks: number): Promise<number> {
  const audio = tone();
  let bytes = 0;
  for (let album = 0; album * TRACKS_PER_ALBUM < tracks; album += 1) {
    const artist = syntheticName(Math.floor(album / ALBUMS_PER_ARTIST), 2);
    const title = syntheticName(100_000 + album, 2);
    const path = join(folder, `${album}`);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'cover.jpg'), await cover(album));
    for (
      let number = 1;
      number <= Math.min(TRACKS_PER_ALBUM, tracks - album * TRACKS_PER_ALBUM);
      number += 1
    ) {
      const tag = id3Tag({
        TIT2: syntheticName(1_000_000 + album * TRACKS_PER_ALBUM + number, 3),
        TPE1: artist,
        TPE2: artist,
        TALB: title,
        TRCK: String(number),
        TDRC: String(1960 + (album % 66)),
        TCON: ['Jazz', 'Ambient', 'Folk', 'Techno'][album % 4] ?? 'Jazz',
      });
      const file = Buffer.concat([tag, audio]);
      bytes += file.length;
      await writeFile(join(path, `${number}.mp3`), file);
    }
  }
  return bytes;
}
