/** Music that was made by many people at many levels, cut to some seconds each; synthesised where none is installed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';

/** Debian's `wesnoth-1.16-music`: some forty pieces of a dozen composers, GPL and CC BY-SA. */
const MUSIC_FOLDER = '/usr/share/games/wesnoth/1.16/data/core/music';
/** Past the introduction, which is often quiet. */
const FROM_SECOND = 20;
/** Bytes: what is smaller is a jingle that ends before the part that is cut out. */
const SMALLEST = 1_000_000;

export interface PieceOfMusic {
  readonly title: string;
  /** Arguments of ffmpeg that give the sound. */
  readonly input: readonly string[];
}

const real = async (count: number): Promise<readonly PieceOfMusic[]> => {
  if (!existsSync(MUSIC_FOLDER)) return [];
  const files = await readdir(MUSIC_FOLDER, { withFileTypes: true });
  const sized = await Promise.all(
    files
      .filter((file) => file.isFile() && extname(file.name) === '.ogg')
      .map(async ({ name }) => ({ name, bytes: (await stat(join(MUSIC_FOLDER, name))).size })),
  );
  return sized
    .filter(({ bytes }) => bytes >= SMALLEST)
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .slice(0, count)
    .map(({ name }) => ({
      title: basename(name, '.ogg').replaceAll('_', ' '),
      input: ['-ss', String(FROM_SECOND), '-i', join(MUSIC_FOLDER, name)],
    }));
};

/** Noise that swells and falls, each piece at a level of its own from −34 to −6 dB. */
const synthesised = (count: number, seconds: number): readonly PieceOfMusic[] =>
  Array.from({ length: count }, (_, index) => {
    const db = -34 + (28 * index) / Math.max(1, count - 1);
    const noise = `anoisesrc=color=pink:seed=${index + 1}:sample_rate=44100:duration=${seconds}`;
    return {
      title: `Synthesised ${index + 1}`,
      input: ['-f', 'lavfi', '-i', `${noise},tremolo=f=${0.5 + index / 10}:d=0.6,volume=${db}dB`],
    };
  });

/** Real music where there is enough of it. */
export const findPieces = async (
  count: number,
  seconds: number,
): Promise<{ readonly pieces: readonly PieceOfMusic[]; readonly areReal: boolean }> => {
  const found = await real(count);
  return found.length === count
    ? { pieces: found, areReal: true }
    : { pieces: synthesised(count, seconds), areReal: false };
};

/** One album a piece, so that none plays at the loudness of an album around it. */
export const writePieces = async (
  libraryFolder: string,
  pieces: readonly PieceOfMusic[],
  seconds: number,
): Promise<void> => {
  for (const { title, input } of pieces) {
    const folder = join(libraryFolder, 'Bench', title);
    await mkdir(folder, { recursive: true });
    await promisify(execFile)(
      'ffmpeg',
      [
        ['-hide_banner', '-loglevel', 'error', '-y', ...input, '-t', String(seconds), '-map_metadata', '-1'],
        ['-metadata', 'artist=Bench', '-metadata', `album=${title}`, '-metadata', `title=${title}`],
        [
          '-ar',
          '44100',
          '-ac',
          '2',
          '-sample_fmt',
          's16',
          '-c:a',
          'flac',
          join(folder, `01 - ${title}.flac`),
        ],
      ].flat(),
    );
  }
};
