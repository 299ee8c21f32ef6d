/**
 * Makes the demo library: `node scripts/demo-library/make.ts [folder]`, by default `assets/demo-library`.
 * Composes, plays, encodes and paints everything in it; takes about four minutes, needs ffmpeg and Chromium.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { DemoAlbum, DemoTrack } from './albums/album.ts';
import { CATALOGUE } from './albums/catalogue.ts';
import { COVERS } from './covers/covers.ts';
import { compress, paintCovers } from './covers/paint.ts';
import { encode } from './encode/encode.ts';
import { FfmpegError, requireFfmpeg } from './encode/ffmpeg.ts';
import { albumFolder, trackPath } from './encode/paths.ts';
import { tagsOf } from './encode/tags.ts';
import { LICENCE, lyricsFile, playsFile, readme } from './papers.ts';
import type { Piece } from './score/render.ts';
import { render } from './score/render.ts';
import type { Stereo } from './synth/sound.ts';
import { slice } from './synth/sound.ts';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../assets/demo-library'));

try {
  await requireFfmpeg();
  await make();
} catch (error) {
  if (!(error instanceof FfmpegError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function make(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const covers = await paintCovers(CATALOGUE.map((album) => album.cover));
  const plays: (readonly [path: string, plays: number])[] = [];
  let serial = 0;
  for (const album of CATALOGUE) {
    await mkdir(join(folder, albumFolder(album)), { recursive: true });
    const { kind } = COVERS[album.cover];
    const coverFile = join(folder, albumFolder(album), `cover.${kind}`);
    const painted = covers.get(album.cover);
    if (painted) await writeFile(coverFile, await compress(painted, kind));
    const play = createPlayer();
    for (const [discIndex, disc] of album.discs.entries()) {
      for (const [trackIndex, track] of disc.tracks.entries()) {
        serial += 1;
        const path = trackPath(album, track, discIndex, trackIndex);
        process.stdout.write(`${path}\n`);
        await encode({
          sound: play(track),
          format: track.format,
          tags: tagsOf(album, track, { discIndex, trackIndex, serial }),
          file: join(folder, path),
          // A single travels alone, so it carries its picture inside; albums share the one in their folder.
          ...(album.kind === 'single' ? { coverFile } : {}),
        });
        await writeLyrics(album, track, join(folder, path));
        plays.push([path.split(sep).join('/'), track.plays]);
      }
    }
    if (album.kind === 'single') await rm(coverFile);
  }
  await writeFile(join(folder, 'plays.csv'), playsFile(plays));
  await writeFile(join(folder, 'LICENSE.txt'), LICENCE);
  await writeFile(join(folder, 'README.md'), readme(CATALOGUE));
}

/** Plays tracks; a piece that several tracks are cut from is played once. */
function createPlayer(): (track: DemoTrack) => Stereo {
  const played = new Map<Piece, Stereo>();
  return ({ music }) => {
    if (music.kind === 'whole') return render(music.piece);
    const sound = played.get(music.piece) ?? render(music.piece);
    played.set(music.piece, sound);
    return slice(sound, music.fromSample, music.toSample ?? sound.left.length);
  };
}

async function writeLyrics(album: DemoAlbum, track: DemoTrack, audioFile: string): Promise<void> {
  const text = lyricsFile(album, track);
  if (text === undefined) return;
  const name = audioFile.slice(audioFile.lastIndexOf(sep) + 1).replace(/\.\w+$/, '.lrc');
  await writeFile(join(dirname(audioFile), name), text);
}
