import { assert, boolean, constantFrom, integer, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogRecord, TrackRecord } from '../segments/catalog-records.ts';
import { hashBytes } from './hash-file.ts';
import { createLibraryReplay, withRecords } from './library-state.ts';
import type { LibraryState } from './library-state.ts';
import { pathsToReadToo, planCatalog } from './plan.ts';
import type { CatalogPlan, PlanInput } from './plan.ts';
import type { TrackFacts } from './track-facts.ts';

interface FileModel {
  readonly path: string;
  readonly content: string;
  readonly album: string;
  readonly title: string;
  readonly artist: string;
  readonly number: number;
}

const song = (path: string, rest: Partial<FileModel> = {}): FileModel => ({
  path,
  content: path,
  album: 'Lieder',
  title: path,
  artist: 'Ada',
  number: 1,
  ...rest,
});

const factsOf = (file: FileModel, modifiedMs = 1): TrackFacts => {
  const sha256 = hashBytes(Buffer.from(file.content));
  const credit = { name: file.artist, sortName: null, musicBrainzId: null };
  return {
    source: {
      library: 'test',
      path: file.path,
      bytes: 1000,
      modifiedMs,
      sha256,
      reading: { version: 1, sidecars: '|', measured: true, albumKey: file.album },
    },
    plays: null,
    tags: {
      title: file.title,
      artists: [credit],
      albumArtists: null,
      albumTitle: file.album,
      albumKey: file.album,
      isCompilation: false,
      albumKind: null,
      discNumber: 1,
      discTitle: null,
      trackNumber: file.number,
      releaseDate: '1999',
      genres: ['Lied'],
      isrc: null,
      musicBrainzRecordingId: null,
      musicBrainzReleaseId: null,
      explicit: false,
      label: null,
      catalogueNumber: null,
      copyright: null,
    },
    audio: {
      durationMs: 180_000,
      artwork: null,
      loudness: { integratedLufs: -10, truePeakDbtp: -1 },
      detailsKey: null,
      hasLyrics: false,
      media: [
        {
          quality: 'original',
          key: `audio/${sha256.slice(0, 2)}/${sha256}.mp3`,
          sha256,
          bytes: 1000,
          format: {
            codec: 'mp3',
            contentType: 'audio/mpeg',
            lossless: false,
            sampleRateHz: 44_100,
            channels: 2,
            bitDepth: null,
            bitrateBps: 128_000,
          },
          encoderDelaySamples: null,
          encoderPaddingSamples: null,
          lengthSamples: null,
        },
      ],
    },
  };
};

const EMPTY: LibraryState = createLibraryReplay().state;

const inputOf = (
  previous: LibraryState,
  present: readonly FileModel[],
  read: readonly FileModel[],
  rest: Partial<PlanInput> = {},
): PlanInput => ({
  library: 'test',
  previous,
  presentPaths: new Set(present.map((file) => file.path)),
  facts: read.map((file) => factsOf(file)),
  encodings: new Map(),
  playsOf: () => null,
  prune: false,
  now: '2026-01-01T00:00:00.000Z',
  ...rest,
});

/** Plans as a run does: what must be read first, then what belongs to the same albums. */
const planRun = (
  previous: LibraryState,
  files: readonly FileModel[],
  rest: Partial<PlanInput> = {},
): CatalogPlan => {
  const known = new Map([...previous.tracks.values()].map((record) => [record.source.path, record]));
  const isNew = (file: FileModel): boolean => {
    const before = known.get(file.path);
    const facts = factsOf(file);
    return before?.source.sha256 !== facts.source.sha256 || before.source.reading?.albumKey !== file.album;
  };
  const first = files.filter(isNew);
  const more = new Set(pathsToReadToo(inputOf(previous, files, first, rest)));
  const second = files.filter((file) => more.has(file.path));
  return planCatalog(inputOf(previous, files, [...first, ...second], rest));
};

const published = (
  files: readonly FileModel[],
  previous = EMPTY,
  rest: Partial<PlanInput> = {},
): LibraryState => withRecords(previous, planRun(previous, files, rest).records);

const idAt = (state: LibraryState, path: string): string | undefined => trackAt(state, path)?.id;
const trackAt = (state: LibraryState, path: string): TrackRecord | undefined =>
  [...state.tracks.values()].find((record) => record.source.path === path);

/** Everything a record refers to is there, and nothing is there that no record refers to. */
const expectWhole = (state: LibraryState): void => {
  for (const track of state.tracks.values()) {
    expect(state.albums.get(track.album.id)?.title).toBe(track.album.title);
    for (const artist of [...track.artists, ...track.albumArtists])
      expect(state.artists.has(artist.id)).toBe(true);
  }
  const used = new Set([...state.tracks.values()].map((track) => track.album.id));
  expect([...state.albums.keys()].filter((id) => !used.has(id))).toEqual([]);
};

/** Tags are part of a file's bytes: other tags, other content. */
const fileModel = record({
  path: constantFrom('a.mp3', 'b.mp3', 'c.mp3', 'd/e.mp3', 'd/f.mp3', 'g/h.mp3', 'g/i.mp3'),
  sound: constantFrom('one', 'two'),
  album: constantFrom('Lieder', 'Walzer', 'Polka'),
  title: constantFrom('Eins', 'Zwei', 'Drei'),
  artist: constantFrom('Ada', 'ADA', 'Ben'),
  number: integer({ min: 1, max: 3 }),
}).map(({ sound, path, ...tags }): FileModel => ({ ...tags, path, content: JSON.stringify([sound, tags]) }));
const folder = uniqueArray(fileModel, { selector: (file) => file.path, maxLength: 7 });

describe('the plan', () => {
  it('is empty when made again after it was carried out', () => {
    assert(
      property(folder, folder, boolean(), (before, after, prune) => {
        const first = published(before);
        const second = published(after, first, { prune });
        expect(planRun(second, after, { prune }).records).toEqual([]);
      }),
    );
  });

  it('is empty, too, when every file is read anew, as by a newer reader', () => {
    const spelledOneWay = folder.map((files) =>
      files.map((file) => ({ ...file, artist: file.artist.toUpperCase() })),
    );
    assert(
      property(spelledOneWay, spelledOneWay, boolean(), (before, after, prune) => {
        const state = published(after, published(before), { prune });
        expect(planCatalog(inputOf(state, after, after, { prune })).records).toEqual([]);
      }),
    );
  });

  it('leaves a catalog that holds exactly the folder, whole, after a pruning run', () => {
    assert(
      property(folder, folder, (before, after) => {
        const state = published(after, published(before), { prune: true });
        expectWhole(state);
        const paths = [...state.tracks.values()].map((track) => track.source.path).sort();
        expect(paths).toEqual(after.map((file) => file.path).sort());
      }),
    );
  });

  it('never takes a track away unless asked to prune', () => {
    assert(
      property(folder, folder, (before, after) => {
        const first = published(before);
        const second = published(after, first);
        expectWhole(second);
        for (const file of after) expect(trackAt(second, file.path)?.title).toBe(file.title);
        expect(second.tracks.size).toBeGreaterThanOrEqual(Math.max(after.length, 0));
      }),
    );
  });

  it('makes the same catalog in one run or in many', () => {
    assert(
      property(folder, (files) => {
        let state = EMPTY;
        for (let count = 1; count <= files.length; count += 1)
          state = published(files.slice(0, count), state);
        const atOnce = published(files);
        const titles = (of: LibraryState): readonly string[] =>
          [...of.tracks.values()]
            .map(
              (track) =>
                `${track.source.path} ${track.album.title} ${track.albumArtists.map((artist) => artist.id)}`,
            )
            .sort();
        expect(titles(state)).toEqual(titles(atOnce));
      }),
    );
  });

  it('counts what is new, changed, unchanged, gone', () => {
    const before = published([song('a.mp3'), song('b.mp3'), song('c.mp3')]);
    const plan = planRun(before, [
      song('a.mp3'),
      song('b.mp3', { title: 'Neu', content: 'new' }),
      song('d.mp3'),
    ]);
    expect(plan).toMatchObject({
      added: ['d.mp3'],
      changed: ['b.mp3'],
      missing: ['c.mp3'],
      removed: [],
      unchangedCount: 1,
    });
  });

  it('says nothing of a modification time alone, and takes it along with the next change', () => {
    const before = published([song('a.mp3')]);
    const touched = { ...inputOf(before, [song('a.mp3')], []), facts: [factsOf(song('a.mp3'), 99)] };
    expect(planCatalog(touched).records).toEqual([]);
    const withMore = {
      ...inputOf(before, [song('a.mp3'), song('z.mp3')], []),
      facts: [factsOf(song('a.mp3'), 99), factsOf(song('z.mp3'))],
    };
    const puts = planCatalog(withMore).records.filter(
      (record): record is TrackRecord => record.kind === 'track',
    );
    expect(puts.find((record) => record.source.path === 'a.mp3')?.source.modifiedMs).toBe(99);
  });

  it('brings plays to tracks that did not change', () => {
    const before = published([song('a.mp3'), song('b.mp3')]);
    const playsOf = (path: string): number | null => (path === 'b.mp3' ? 7 : null);
    const plan = planRun(before, [song('a.mp3'), song('b.mp3')], { playsOf });
    expect(plan.changed).toEqual(['b.mp3']);
    const after = withRecords(before, plan.records);
    expect(trackAt(after, 'b.mp3')?.plays).toBe(7);
    expect(planRun(after, [song('a.mp3'), song('b.mp3')], {}).records).toEqual([]);
  });
});

describe('ids', () => {
  it('stay when a file is moved or renamed', () => {
    const before = published([song('a.mp3', { content: 'same' })]);
    const after = published([song('x/y.mp3', { content: 'same', album: 'Walzer' })], before);
    expect(idAt(after, 'x/y.mp3')).toBe(idAt(before, 'a.mp3'));
    expect(trackAt(after, 'x/y.mp3')?.album.id).toBe(trackAt(before, 'a.mp3')?.album.id);
    expect(after.tracks.size).toBe(1);
  });

  it('stay when the audio or the tags of a path are replaced', () => {
    const before = published([song('a.mp3')]);
    const after = published([song('a.mp3', { content: 'better', title: 'Neu', album: 'Neu' })], before);
    expect(idAt(after, 'a.mp3')).toBe(idAt(before, 'a.mp3'));
  });

  it('stay when a song comes back in another format under another name', () => {
    const before = published([song('a.mp3', { title: 'Lied' })]);
    const after = published([song('a.flac', { title: 'Lied', content: 'lossless' })], before);
    expect(idAt(after, 'a.flac')).toBe(idAt(before, 'a.mp3'));
    expect(after.tracks.size).toBe(1);
  });

  it('differ for two files that say the same', () => {
    const state = published([song('a.mp3', { title: 'Lied' }), song('b.mp3', { title: 'Lied' })]);
    expect(idAt(state, 'a.mp3')).not.toBe(idAt(state, 'b.mp3'));
  });

  it('are the same for the same folder published from nothing', () => {
    const files = [song('a.mp3'), song('b.mp3', { album: 'Walzer' })];
    expect([...published(files).tracks.keys()]).toEqual([...published(files).tracks.keys()]);
    expect([...published(files).albums.keys()]).toEqual([...published([...files].reverse()).albums.keys()]);
  });

  it('have twenty characters of base 32', () => {
    const state = published([song('a.mp3')]);
    for (const id of [...state.tracks.keys(), ...state.albums.keys(), ...state.artists.keys()]) {
      expect(id).toMatch(/^[a-z2-7]{20}$/);
    }
  });

  it('of an album go to the larger part when it is split', () => {
    const files = ['a.mp3', 'b.mp3', 'c.mp3'].map((path) => song(path));
    const before = published(files);
    const [a, ...rest] = files;
    const split = [song('a.mp3', { ...a, album: 'Solo' }), ...rest];
    const after = published(split, before);
    const albumId = trackAt(before, 'a.mp3')?.album.id;
    expect(trackAt(after, 'b.mp3')?.album.id).toBe(albumId);
    expect(trackAt(after, 'a.mp3')?.album.id).not.toBe(albumId);
  });

  it('of an album and the day it was added stay when all its tags change', () => {
    const before = published([song('a.mp3')]);
    const after = published([song('a.mp3', { album: 'Neue Lieder', content: 'x' })], before, {
      now: '2027-01-01T00:00:00.000Z',
    });
    expect([...after.albums.values()]).toMatchObject([
      { id: [...before.albums.keys()][0], title: 'Neue Lieder', addedAt: '2026-01-01T00:00:00.000Z' },
    ]);
  });
});

describe('albums', () => {
  const albumOf = (...files: readonly FileModel[]): CatalogRecord | undefined =>
    planRun(EMPTY, files).records.find((record) => record.kind === 'album');

  it('belong to the one artist on all tracks, else to various', () => {
    expect(albumOf(song('a.mp3'), song('b.mp3'))).toMatchObject({
      artists: [{ name: 'Ada' }],
      albumKind: 'album',
    });
    expect(albumOf(song('a.mp3'), song('b.mp3', { artist: 'Ben', number: 2 }))).toMatchObject({
      artists: [{ name: 'Various Artists' }],
      albumKind: 'compilation',
    });
  });

  it('of one short track are singles', () => {
    expect(albumOf(song('a.mp3'))).toMatchObject({ albumKind: 'single' });
  });

  it('are as loud as their tracks together', () => {
    expect(albumOf(song('a.mp3'), song('b.mp3'))).toMatchObject({
      loudness: { integratedLufs: -10, truePeakDbtp: -1 },
    });
  });

  it('follow an artist whose spelling is corrected', () => {
    const before = published([song('a.mp3', { artist: 'ada' })]);
    const after = published([song('a.mp3', { artist: 'Ada', content: 'retagged' })], before);
    expect([...after.artists.values()]).toMatchObject([{ name: 'Ada' }]);
    expect(after.artists.size).toBe(1);
  });
});

describe('albums of one name in one folder', () => {
  const groupsOf = (...files: readonly FileModel[]): readonly string[] => {
    const state = published(files);
    return [...state.albums.values()]
      .map((album) => album.artists.map((artist) => artist.name).join())
      .sort();
  };

  it('are two when two artists have a track of the same number', () => {
    expect(groupsOf(song('a.mp3'), song('b.mp3', { number: 2 }), song('c.mp3', { artist: 'Ben' }))).toEqual([
      'Ada',
      'Ben',
    ]);
  });

  it('are one compilation when the numbers go on', () => {
    expect(groupsOf(song('a.mp3'), song('b.mp3', { number: 2, artist: 'Ben' }))).toEqual(['Various Artists']);
  });
});
