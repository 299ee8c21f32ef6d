/** What a listener finds without the network, of what they saw, played and kept with it. */
import { describe, expect, it } from 'vitest';
import type { Album, Artist, Home, Track } from '../../src/contract/catalog-http.ts';
import { albumWithTracks, idOf } from '../builders/catalog-records.ts';
import { openIndexWorkshop } from '../builders/index-files.ts';
import { manyTracks } from './many-tracks.ts';
import { openOfflineIndex } from './open-offline-index.ts';

const DAY_MS = 24 * 3_600_000;
const ids = (items: readonly { readonly id: string }[]): readonly string[] => items.map((item) => item.id);
const titles = (items: readonly Track[]): readonly string[] => items.map((item) => item.title);

const someRecords = [
  ...albumWithTracks('Flussabwärts', { tracks: ['Quelle', 'Kiesbett', 'Mündung'] }),
  ...albumWithTracks('Back in Black', { artist: 'AC/DC', tracks: ['Hells Bells', 'Shoot to Thrill'] }),
];

/** What the service says of a small catalog. */
const pages = async () => {
  const workshop = await openIndexWorkshop();
  try {
    const reader = await workshop.publish(someRecords);
    const must = <Value>(value: Value | null): Value => {
      if (value === null) throw new Error('not in the catalog');
      return value;
    };
    return {
      home: reader.home(),
      album: must(reader.album(idOf('album', 'Flussabwärts'))),
      other: must(reader.album(idOf('album', 'Back in Black'))),
      artist: must(reader.artist(idOf('artist', 'Lene Wörner Trio'))),
      genre: must(reader.genre('jazz')),
      search: reader.search({ query: 'hells', limit: 20, correct: true }),
    };
  } finally {
    await workshop.close();
  }
};

describe('what this computer knows', () => {
  it('is nothing at first, and that is not the same as an empty catalog', async () => {
    const { index } = await openOfflineIndex();

    expect(index.known.home()).toBeNull();
    expect(index.known.albums({})).toBeNull();
    expect(index.known.search({ query: 'anything' })).toBeNull();
    expect(index.known.album({ id: idOf('album', 'x') })).toBeNull();
    expect(index.computer.albums({})).toEqual({ items: [], nextCursor: null, total: 0 });
    expect(index.playable()).toEqual({ tracks: 0, durationMs: 0 });
  });

  it('gives pages back as the service gave them, also after a restart', async () => {
    const opened = await openOfflineIndex();
    const { home, album, artist, genre } = await pages();
    const details = {
      waveform: [0, 128, 255],
      lyrics: { language: 'de', lines: [{ atMs: null, text: 'Kies' }] },
    };
    const trackId = album.discs[0]?.tracks[0]?.id ?? '';
    opened.index.see({ kind: 'home', home });
    opened.index.see({ kind: 'album', album });
    opened.index.see({ kind: 'artist', artist });
    opened.index.see({ kind: 'genre', genre });
    opened.index.see({ kind: 'details', trackId, details });

    const index = await opened.reopen();

    expect(index.known.home()).toEqual(home);
    expect(index.known.album({ id: album.id })).toEqual(album);
    expect(index.known.artist({ id: artist.id })).toEqual(artist);
    expect(index.known.genre({ id: genre.id })).toEqual(genre);
    expect(index.known.trackDetails({ id: trackId })).toEqual(details);
  });

  it('gives an album of which only some tracks were seen with those, and its artist too', async () => {
    const { index } = await openOfflineIndex();
    const { album } = await pages();
    const [, second, third] = album.discs[0]?.tracks ?? [];
    if (second === undefined || third === undefined) throw new Error('tracks are needed');
    index.see({ kind: 'tracks', tracks: [third, second] });
    await index.settled();

    const known = index.known.album({ id: album.id });
    expect(known).toMatchObject({
      title: 'Flussabwärts',
      artists: album.artists,
      artwork: album.artwork,
      trackCount: 2,
      durationMs: second.durationMs + third.durationMs,
      discs: [{ number: 1, tracks: [second, third] }],
    });
    expect(index.known.artist({ id: album.artists[0]?.id ?? '' })).toMatchObject({
      name: 'Lene Wörner Trio',
      albumCount: 1,
      trackCount: 2,
      artwork: album.artwork,
      albums: [{ id: album.id }],
    });
    expect(index.known.genre({ id: 'jazz' })).toMatchObject({
      name: 'Jazz',
      trackCount: 2,
      albumCount: 1,
      artwork: album.artwork,
    });
    expect(index.known.home()).toMatchObject({
      newest: [{ id: album.id }],
      totals: { tracks: 2, albums: 1 },
    });
    expect(index.known.search({ query: 'worner' })?.best).toMatchObject({
      kind: 'artist',
      artist: { name: 'Lene Wörner Trio' },
    });

    // Seeing the album itself later puts the guesses right.
    index.see({ kind: 'album', album });
    await index.settled();
    expect(index.known.album({ id: album.id })).toEqual(album);
    expect(index.known.albums({})?.items).toMatchObject([{ releaseDate: '2024-03-01', trackCount: 3 }]);
  });

  it('forgets no kept track and finds it under its new name when the catalog renames it', async () => {
    const { index } = await openOfflineIndex();
    const [track] = manyTracks(1);
    if (track === undefined) throw new Error('a track is needed');
    index.hold([track.id]);
    index.see({ kind: 'tracks', tracks: [track] });
    index.see({ kind: 'tracks', tracks: [{ ...track, title: 'Kiesbett' }] });
    await index.settled();

    expect(index.known.search({ query: 'kiesbet', correct: true })?.tracks.total).toBe(1);
    expect(index.known.search({ query: 'song', correct: false })?.tracks.total).toBe(0);
    expect(titles(index.computer.tracks({}).items)).toEqual(['Kiesbett']);
  });

  it('has what is here in alphabetical order, page by page, as tracks come and go', async () => {
    const { index } = await openOfflineIndex();
    const tracks = manyTracks(120);
    index.see({ kind: 'tracks', tracks });
    index.setHeld(ids(tracks.slice(0, 100)));
    await index.settled();

    const seen: Track[] = [];
    let cursor: string | null = null;
    do {
      const page = index.computer.tracks({ limit: 7, ...(cursor === null ? {} : { cursor }) });
      expect(page.total).toBe(100);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(titles(seen)).toEqual(titles(tracks.slice(0, 100)).toSorted());
    expect(index.computer.albums({})).toMatchObject({ total: 10 });
    expect(index.computer.artists({})).toMatchObject({ total: 2 });
    expect(index.playable()).toEqual({ tracks: 100, durationMs: 100 * 180_000 });

    index.release(ids(tracks.slice(10, 100)));
    index.hold(ids(tracks.slice(110, 112)));
    await index.settled();

    expect(index.computer.albums({}).items.map((album) => album.title)).toEqual(['Record 0', 'Record 11']);
    expect(index.computer.artists({}).items.map((artist) => artist.name)).toEqual(['Band 0', 'Band 2']);
    expect(index.playable().tracks).toBe(12);
  });

  it('knows a track as held that was on the disk before anything was said of it', async () => {
    const { index } = await openOfflineIndex();
    const tracks = manyTracks(3);
    index.setHeld(ids(tracks));
    await index.settled();
    expect(index.playable().tracks).toBe(0);

    index.see({ kind: 'tracks', tracks });
    await index.settled();

    expect(index.playable().tracks).toBe(3);
    expect(index.computer.artists({}).total).toBe(1);
  });

  it('rejects the cursor of another list', async () => {
    const { index } = await openOfflineIndex();
    index.see({ kind: 'tracks', tracks: manyTracks(30) });
    await index.settled();
    const cursor = index.known.albums({ limit: 1 })?.nextCursor ?? '';

    expect(() => index.known.artists({ cursor })).toThrow(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
    expect(() => index.known.artists({ cursor: 'nonsense' })).toThrow(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
  });

  it('files tracks of a search that found them', async () => {
    const { index } = await openOfflineIndex();
    const { search } = await pages();
    index.see({ kind: 'search', reply: search });
    await index.settled();

    expect(index.known.search({ query: 'hells' })?.tracks).toEqual(search.tracks);
  });

  it('keeps no more than it should: what was seen longest ago goes, what is held or pinned stays', async () => {
    const opened = await openOfflineIndex({ limits: { tracks: 100, albums: 5, artists: 5, documents: 3 } });
    const { index } = opened;
    const old = manyTracks(60);
    const held = old.slice(0, 10);
    const pinned = old.slice(10, 20);
    index.setHeld(ids(held));
    index.setPinned(ids(pinned));
    index.see({ kind: 'tracks', tracks: old });
    await index.settled();
    opened.nowMs += 2 * DAY_MS;
    const again = old.slice(20, 30);
    index.see({ kind: 'tracks', tracks: again });
    opened.nowMs += 2 * DAY_MS;
    const recent = manyTracks(60, 1_000);
    index.see({ kind: 'tracks', tracks: recent });
    await index.settled();

    for (const kept of [...held, ...pinned, ...again, ...recent]) expect(index.track(kept.id)).toEqual(kept);
    expect(old.slice(30).filter((track) => index.track(track.id) !== null).length).toBeLessThanOrEqual(10);
    // What went is not found either, nor are albums and artists of which nothing is left.
    const gone = old.slice(30).find((track) => index.track(track.id) === null);
    expect(index.known.search({ query: gone?.title ?? '', correct: false })?.best).not.toMatchObject({
      track: { id: gone?.id },
    });

    index.setHeld([]);
    index.setPinned([]);
    opened.nowMs += 2 * DAY_MS;
    index.see({ kind: 'tracks', tracks: manyTracks(100, 2_000) });
    await index.settled();

    expect(held.filter((track) => index.track(track.id) !== null)).toEqual([]);
    expect(index.known.home()?.totals).toMatchObject({
      tracks: expect.toSatisfy((count: number) => count <= 100),
    });
    expect(index.known.album({ id: held[0]?.album.id ?? '' })).toBeNull();
  });

  it('keeps the pages of what is here when there are too many of others', async () => {
    const { index } = await openOfflineIndex({
      limits: { tracks: 1_000, albums: 100, artists: 100, documents: 2 },
    });
    const { home, album, other, artist, genre } = await pages();
    const notes = (one: Album): Album => ({ ...one, notes: 'said only on the page' });
    index.hold([album.discs[0]?.tracks[0]?.id ?? '']);
    index.see({ kind: 'album', album: notes(album) });
    index.see({
      kind: 'home',
      home: { ...home, totals: { tracks: 7, albums: 7, artists: 7 } } satisfies Home,
    });
    index.see({ kind: 'album', album: notes(other) });
    index.see({ kind: 'genre', genre });
    index.see({
      kind: 'artist',
      artist: { ...artist, related: [{ id: other.id, name: 'x' }] } satisfies Artist,
    });
    await index.settled();

    expect(index.known.album({ id: album.id })?.notes).toBe('said only on the page');
    expect(index.known.home()?.totals.tracks).toBe(7);
    expect(index.known.artist({ id: artist.id })?.related).toHaveLength(1);
    // Put together from its parts again.
    expect(index.known.album({ id: other.id })).toMatchObject({ notes: null, title: 'Back in Black' });
  });

  it('answers the same whatever came first', async () => {
    const first = await openOfflineIndex();
    const second = await openOfflineIndex();
    const { album, other, artist } = await pages();
    const tracks = [album, other].flatMap((one) => one.discs.flatMap((disc) => disc.tracks));
    for (const { index } of [first, second]) index.setHeld(ids(tracks.slice(0, 2)));
    const seen = [
      { kind: 'tracks', tracks },
      { kind: 'artist', artist },
      { kind: 'album', album },
      { kind: 'album', album: other },
    ] as const;
    for (const one of seen) first.index.see(one);
    for (const one of seen.toReversed()) {
      second.index.see(one);
      await second.index.settled();
    }
    await first.index.settled();

    for (const query of ['k', 'bells', 'acdc', 'flus', 'quele']) {
      expect(first.index.known.search({ query })).toEqual(second.index.known.search({ query }));
    }
    for (const list of ['albums', 'artists', 'tracks'] as const) {
      expect(first.index.computer[list]({})).toEqual(second.index.computer[list]({}));
    }
    expect(first.index.known.albums({})).toEqual(second.index.known.albums({}));
  });
});
