import sharp from 'sharp';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LibraryFile, LibraryTrack } from './library-files.ts';
import { DEMO_LIBRARY, libraryFiles, libraryText, libraryTracks } from './library-files.ts';

let files: readonly LibraryFile[] = [];
let tracks: readonly LibraryTrack[] = [];

beforeAll(async () => {
  files = await libraryFiles();
  tracks = await libraryTracks();
});

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const album = (title: string): readonly LibraryTrack[] =>
  tracks
    .filter((track) => track.metadata.common.album === title)
    .toSorted((a, b) => a.path.localeCompare(b.path));

describe('the demo library as a whole', () => {
  test('takes no more than ten million bytes', () => {
    expect(files.reduce((sum, file) => sum + file.bytes, 0)).toBeLessThanOrEqual(10_000_000);
  });

  test('has at least eight albums and thirty tracks', () => {
    expect(new Set(tracks.map((track) => folderOf(track.path))).size).toBeGreaterThanOrEqual(8);
    expect(tracks.length).toBeGreaterThanOrEqual(30);
  });

  test('has tracks of 20 to 60 seconds', () => {
    const odd = tracks.filter(({ metadata }) => {
      const seconds = metadata.format.duration ?? 0;
      return seconds < 19.99 || seconds > 60;
    });
    expect(odd.map((track) => track.path)).toEqual([]);
  });

  test('holds every format that plays as it is', () => {
    expect([...new Set(tracks.map((track) => track.extension))].toSorted()).toEqual([
      'aac',
      'flac',
      'm4a',
      'mp3',
      'ogg',
      'opus',
      'wav',
    ]);
    const codecs = new Set(tracks.map((track) => track.metadata.format.codec));
    expect(codecs).toContain('Opus');
    expect(codecs).toContain('Vorbis I');
  });

  test('names every track by artist, album, number and title', () => {
    const unnamed = tracks.filter((track) => !/^[^/]+\/[^/]+\/(\d-)?\d\d - [^/]+\.\w+$/.test(track.path));
    expect(unnamed.map((track) => track.path)).toEqual([]);
  });

  test('is dedicated to the public domain', async () => {
    expect(await libraryText('LICENSE.txt')).toContain('CC0 1.0');
  });

  test('says of every track how often it was played', async () => {
    const [head, ...rows] = (await libraryText('plays.csv')).trimEnd().split('\n');
    expect(head).toBe('path,plays');
    const plays = new Map(
      rows.map((row) => {
        const match = /^(?:"((?:[^"]|"")*)"|([^,]*)),(\d+)$/.exec(row);
        return [(match?.[1] ?? match?.[2] ?? '').replaceAll('""', '"'), Number(match?.[3])];
      }),
    );
    expect([...plays.keys()].toSorted()).toEqual(tracks.map((track) => track.path).toSorted());
    expect(new Set(plays.values()).size).toBe(plays.size);
  });
});

describe('its tags', () => {
  test('name title, artist, album, number, date, genre in every format that has tags', () => {
    const tagged = tracks.filter((track) => !['aac', 'wav'].includes(track.extension));
    const lacking = tagged.filter(({ metadata: { common } }) => {
      const { title, artist, album: name, albumartist, track, date, genre } = common;
      return !(title && artist && name && albumartist && track.no && track.of && date && genre?.length);
    });
    expect(lacking.map((track) => track.path)).toEqual([]);
  });

  test('are absent from the files that are named by their path', () => {
    const untagged = tracks.filter((track) => ['aac', 'wav'].includes(track.extension));
    expect(untagged.length).toBeGreaterThanOrEqual(2);
    expect(untagged.filter((track) => track.metadata.common.title !== undefined)).toEqual([]);
  });

  test('know release dates to the year, the month and the day', () => {
    const lengths = new Set(tracks.map((track) => track.metadata.common.date?.length));
    expect(lengths).toContain('2022'.length);
    expect(lengths).toContain('2023-11'.length);
    expect(lengths).toContain('2024-03-15'.length);
  });

  test('carry a different ISRC on each track that has one', () => {
    const codes = tracks.flatMap((track) => track.metadata.common.isrc ?? []);
    expect(codes.length).toBeGreaterThanOrEqual(20);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^QZDMO\d{7}$/.test(code))).toEqual([]);
  });

  test('name label and catalogue number', () => {
    const [track] = album('Flussabwärts');
    expect(track?.metadata.common.label).toEqual(['Steinbruch']);
    expect(track?.metadata.common.catalognumber).toEqual(['SB 014']);
  });

  test('span several genres', () => {
    expect(new Set(tracks.flatMap((track) => track.metadata.common.genre ?? [])).size).toBeGreaterThanOrEqual(
      8,
    );
  });
});

describe('its people', () => {
  test('have letters of many alphabets in their names', () => {
    const names = tracks.map((track) => track.path).join('\n');
    for (const name of ['Lene Wörner Trio', 'Jónas Þórsson', 'Anaïs Lefèvre', 'Kōji Hamasaki'])
      expect(names).toContain(name);
    for (const letters of ['Śnieg', 'Φάρος', '夜の渡し船', 'Støv', 'ß']) expect(names).toContain(letters);
  });

  test('play on each other’s records, each guest as an artist of its own', () => {
    const together = tracks.filter((track) => (track.metadata.common.artists?.length ?? 0) > 1);
    expect(together.map((track) => track.metadata.common.artists)).toContainEqual([
      'Lene Wörner Trio',
      'Mira Oyelaran',
    ]);
  });

  test('are credited in one name where a format has room for one only', () => {
    const credits = tracks.map((track) => track.metadata.common.artist);
    expect(credits).toContain('The Quiet Parade feat. Anaïs Lefèvre & Kōji Hamasaki');
  });
});

describe('its records', () => {
  test('have a compilation of various artists', () => {
    const compilation = album('Steinbruch 2014–2026');
    expect(compilation.length).toBeGreaterThanOrEqual(4);
    expect(new Set(compilation.map((track) => track.metadata.common.artist)).size).toBe(compilation.length);
    expect(new Set(compilation.map((track) => track.metadata.common.albumartist))).toEqual(
      new Set(['Various Artists']),
    );
    expect(compilation.every((track) => track.metadata.common.compilation)).toBe(true);
  });

  test('have an album of two discs with names of their own', () => {
    const discs = album('Sechs Stücke für präparierte Zupfinstrumente').map(({ metadata: { common } }) => ({
      disc: common.disk,
      subtitle: common.discsubtitle,
    }));
    expect(discs.filter(({ disc }) => disc.no === 1 && disc.of === 2)).toHaveLength(3);
    expect(discs.filter(({ disc }) => disc.no === 2 && disc.of === 2)).toHaveLength(3);
    expect(new Set(discs.map(({ subtitle }) => String(subtitle)))).toEqual(
      new Set(['Tagwerk', 'Nachtschicht']),
    );
  });

  test('have an album that runs together, lossless and cut off the frame grid', () => {
    const parts = album('Vatnið');
    expect(parts).toHaveLength(3);
    expect(parts.every((part) => part.metadata.format.lossless === true && part.extension === 'flac')).toBe(
      true,
    );
    const [first] = parts;
    const { duration = 0, sampleRate = 0 } = first?.metadata.format ?? {};
    expect(Math.round(duration * sampleRate)).toBe(882_441);
    expect(882_441 % 4096).not.toBe(0);
  });

  test('have a single that carries its cover inside, and an EP of fewer than five tracks', () => {
    const [single, ...others] = album('Corrugated');
    expect(others).toEqual([]);
    expect(single?.metadata.common.picture?.[0]?.format).toMatch(/^image\//);
    expect(album('Slow Ferry').length).toBeGreaterThanOrEqual(2);
    expect(album('Slow Ferry').length).toBeLessThan(5);
  });

  test('have one German compound and one title of more than a hundred letters', () => {
    const titles = tracks.map((track) => track.metadata.common.title ?? '');
    expect(titles).toContain('Donaudampfschifffahrtsgesellschaftskapitänsmütze');
    expect(Math.max(...titles.map((title) => title.length))).toBeGreaterThan(100);
  });

  test('have words: in the tags of one track, in time beside another', async () => {
    const plain = tracks.filter((track) => track.metadata.common.lyrics?.length);
    expect(plain.map((track) => track.metadata.common.title)).toEqual(['La valse des engrenages']);
    const synced = files.filter((file) => file.path.endsWith('.lrc'));
    expect(synced).toHaveLength(1);
    const beside = synced[0]?.path ?? '';
    expect(tracks.filter((track) => track.path.startsWith(beside.slice(0, -'lrc'.length)))).toHaveLength(1);
    const stamps = (await libraryText(beside)).match(/^\[\d\d:\d\d\.\d\d\]/gm) ?? [];
    expect(stamps.length).toBeGreaterThanOrEqual(4);
    expect(stamps).toEqual(stamps.toSorted());
  });
});

describe('its covers', () => {
  test('lie square, large and light in each folder whose tracks carry none', async () => {
    const folders = new Set(tracks.map((track) => folderOf(track.path)));
    const inside = new Set(
      tracks.filter((track) => track.metadata.common.picture).map((track) => folderOf(track.path)),
    );
    const covers = files.filter((file) => /\/cover\.(jpg|png|webp)$/.test(file.path));
    expect(new Set([...covers.map((cover) => folderOf(cover.path)), ...inside])).toEqual(folders);
    expect(covers.length).toBeGreaterThanOrEqual(9);
    const sizes = await Promise.all(
      covers.map(async (cover) => {
        const { width, height } = await sharp(join(DEMO_LIBRARY, cover.path)).metadata();
        return `${width} × ${height}`;
      }),
    );
    expect(new Set(sizes)).toEqual(new Set(['1000 × 1000']));
    expect(covers.filter((cover) => cover.bytes > 60_000)).toEqual([]);
  });

  test('include one without any colour', async () => {
    const { channels } = await sharp(join(DEMO_LIBRARY, 'Ketil Aurland/Grå/cover.jpg')).removeAlpha().stats();
    const means = channels.map((channel) => channel.mean);
    expect(Math.max(...means) - Math.min(...means)).toBeLessThan(1);
  });
});
