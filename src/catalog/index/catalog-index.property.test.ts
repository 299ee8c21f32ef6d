import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  albumRecord,
  artistRecord,
  artistRef,
  idOf,
  removal,
  trackRecord,
} from '../../../tests/builders/catalog-records.ts';
import { openIndexWorkshop } from '../../../tests/builders/index-files.ts';
import { documentTokens, queryTokens } from '../../core/search-text/tokens.ts';
import type { AlbumRecord, ArtistRecord, CatalogRecord, TrackRecord } from '../segments/catalog-records.ts';
import type { CatalogReader } from './catalog-reader.ts';

const ARTISTS = ['AC/DC', 'Motörhead', 'Lene Wörner', '東京事変'];
const ALBUMS = ['High Voltage', 'Flussabwärts', 'Löss', 'Ace'];
const TITLES = ['T.N.T.', "Don't Stop", 'Kiesbett', 'River', 'Löss', '丸の内', 'Ace of Spades', 'River Song'];
const QUERIES = [
  'tnt',
  'acdc',
  'r',
  'river',
  'lene kies',
  'loss',
  'ace',
  '東京',
  'dont',
  'motor',
  'voltage river',
  'new',
];
const GENRES = ['Jazz', 'Hip-Hop', 'hip hop', 'Neue Musik'];

const RUNS = 60;

const pick = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const anyTrack = fc
  .record({
    slot: fc.nat({ max: 9 }),
    title: pick(TITLES),
    artists: fc.uniqueArray(pick(ARTISTS), { minLength: 1, maxLength: 2 }),
    album: pick(ALBUMS),
    plays: fc.option(fc.nat({ max: 5 })),
    genres: fc.uniqueArray(pick(GENRES), { maxLength: 2 }),
    releaseDate: pick([null, '1979', '1980-11', '2024-03-01']),
    durationMs: fc.nat({ max: 1000 }),
  })
  .map(({ slot, artists, album, ...rest }) =>
    trackRecord(`slot ${slot}`, {
      ...rest,
      id: idOf('track', String(slot)),
      artists: artists.map(artistRef),
      album: { id: idOf('album', album), title: album },
    }),
  );
const anyAlbum = fc
  .record({
    name: pick(ALBUMS),
    renamed: fc.boolean(),
    artist: pick(ARTISTS),
    year: pick(['1980', '2024-03-01']),
  })
  .map(({ name, renamed, artist, year }) =>
    albumRecord(name, { artist, title: renamed ? `${name} new` : name, releaseDate: year }),
  );
const anyArtist = fc
  .record({ name: pick(ARTISTS), renamed: fc.boolean() })
  .map(({ name, renamed }) => artistRecord(name, { name: renamed ? `${name} new` : name }));
const anyRecord: fc.Arbitrary<CatalogRecord> = fc.oneof(
  { arbitrary: anyTrack, weight: 5 },
  { arbitrary: anyAlbum, weight: 3 },
  { arbitrary: anyArtist, weight: 2 },
  { arbitrary: fc.oneof(anyTrack, anyAlbum, anyArtist).map(removal), weight: 3 },
);
/** Most series begin with every artist and album, as a publisher's do; some leave tracks without either. */
const everyName = [
  ...ARTISTS.map((name) => artistRecord(name)),
  ...ALBUMS.map((title) => albumRecord(title)),
];
const publications = fc
  .tuple(
    fc.oneof({ arbitrary: fc.constant(everyName), weight: 3 }, { arbitrary: fc.constant([]), weight: 1 }),
    fc.array(fc.array(anyRecord, { maxLength: 12 }), { minLength: 1, maxLength: 5 }),
  )
  .map(([first, series]) => [[...first, ...(series[0] ?? [])], ...series.slice(1)]);

/** The catalog as a few maps: what the index must agree with. */
const createModel = () => {
  const tracks = new Map<string, TrackRecord>();
  const albums = new Map<string, AlbumRecord>();
  const artists = new Map<string, ArtistRecord>();
  const put = (record: CatalogRecord): void => {
    if (record.kind === 'track') tracks.set(record.id, record);
    else if (record.kind === 'album') albums.set(record.id, record);
    else if (record.kind === 'artist') artists.set(record.id, record);
    else ({ track: tracks, album: albums, artist: artists })[record.of].delete(record.id);
  };
  const tracksOf = (album: AlbumRecord) =>
    [...tracks.values()].filter((track) => track.album.id === album.id);
  const visibleAlbums = () => [...albums.values()].filter((album) => tracksOf(album).length > 0);
  const has = (list: readonly { readonly id: string }[], id: string) => list.some((one) => one.id === id);
  const visibleArtists = () =>
    [...artists.values()].filter(
      (artist) =>
        [...tracks.values()].some((track) => has(track.artists, artist.id)) ||
        visibleAlbums().some((album) => has(album.artists, artist.id)),
    );
  return { tracks, albums, artists, put, tracksOf, visibleAlbums, visibleArtists, has };
};
type Model = ReturnType<typeof createModel>;

const everyPage = <Item>(
  read: (cursor: string | undefined) => { items: readonly Item[]; nextCursor: string | null; total: number },
) => {
  const items: Item[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const page = read(cursor);
    items.push(...page.items);
    total = page.total;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(items).toHaveLength(total);
  return items;
};
const ids = (items: readonly { readonly id: string }[]) => items.map((item) => item.id).sort();

const matches = (query: string, texts: readonly string[]) => {
  const filed = texts.flatMap((text) => documentTokens(text));
  return queryTokens(query).every((token) =>
    filed.some((word) => (token.prefix ? word.startsWith(token.text) : word === token.text)),
  );
};

/** Everything an index says, in an order of its own choosing only where the contract leaves it open. */
const everything = (reader: CatalogReader) => {
  const albums = everyPage((cursor) => reader.albums('newest', { cursor, limit: 2 }));
  const artists = everyPage((cursor) => reader.artists({ cursor, limit: 1 }));
  const genres = everyPage((cursor) => reader.genres({ cursor, limit: 1 }));
  return {
    home: reader.home(),
    popular: everyPage((cursor) => reader.albums('popular', { cursor, limit: 1 })),
    titles: everyPage((cursor) => reader.albums('title', { cursor, limit: 3 })),
    albums: albums.map((album) => reader.album(album.id)),
    artists: artists.map((artist) => ({
      page: reader.artist(artist.id),
      albums: everyPage((cursor) => reader.artistAlbums(artist.id, { cursor, limit: 1 }) ?? expect.fail()),
      tracks: everyPage((cursor) => reader.artistTracks(artist.id, { cursor, limit: 2 }) ?? expect.fail()),
    })),
    genres: genres.map((genre) => ({
      page: reader.genre(genre.id),
      albums: everyPage((cursor) => reader.genreAlbums(genre.id, { cursor, limit: 1 }) ?? expect.fail()),
      tracks: everyPage((cursor) => reader.genreTracks(genre.id, { cursor, limit: 2 }) ?? expect.fail()),
    })),
    searches: QUERIES.map((query) => {
      const reply = reader.search({ query, limit: 200, correct: false });
      return [reply.tracks, reply.albums, reply.artists].map((hits) => ({ ...hits, items: ids(hits.items) }));
    }),
  };
};

const expectAgreement = (reader: CatalogReader, model: Model): void => {
  expect(reader.home().totals).toEqual({
    tracks: model.tracks.size,
    albums: model.visibleAlbums().length,
    artists: model.visibleArtists().length,
  });
  expect(ids(everyPage((cursor) => reader.albums('newest', { cursor, limit: 2 })))).toEqual(
    ids(model.visibleAlbums()),
  );
  expect(ids(everyPage((cursor) => reader.artists({ cursor, limit: 2 })))).toEqual(
    ids(model.visibleArtists()),
  );
  for (const track of model.tracks.values()) {
    expect(reader.track(track.id)).toMatchObject({
      title: track.title,
      plays: track.plays,
      durationMs: track.durationMs,
    });
    expect(reader.media(track.id)?.map((one) => one.sha256)).toEqual(track.media.map((one) => one.sha256));
  }
  for (const album of model.albums.values()) {
    const tracks = model.tracksOf(album);
    const shown = reader.album(album.id);
    if (tracks.length === 0) {
      expect(shown).toBeNull();
      continue;
    }
    expect(shown).toMatchObject({
      title: album.title,
      releaseDate: album.releaseDate,
      trackCount: tracks.length,
    });
    expect(shown?.durationMs).toBe(tracks.reduce((sum, track) => sum + track.durationMs, 0));
    expect(ids(shown?.discs.flatMap((disc) => disc.tracks) ?? [])).toEqual(ids(tracks));
  }
  for (const artist of model.visibleArtists()) {
    const shown = reader.artist(artist.id);
    const own = model.visibleAlbums().filter((album) => model.has(album.artists, artist.id));
    const played = [...model.tracks.values()].filter((track) => model.has(track.artists, artist.id));
    const guest = model
      .visibleAlbums()
      .filter(
        (album) => !own.includes(album) && model.tracksOf(album).some((track) => played.includes(track)),
      );
    expect(shown).toMatchObject({ name: artist.name, albumCount: own.length, trackCount: played.length });
    expect(ids(shown?.albums ?? [])).toEqual(ids(own));
    expect(ids(shown?.appearsOn ?? [])).toEqual(ids(guest));
    const plays = shown?.topTracks.map((track) => track.plays ?? 0);
    expect(plays).toEqual(plays?.toSorted((left, right) => right - left));
  }
  // Names of artists that nothing is recorded of are not promised, so they are not searched for.
  const recorded = [...model.tracks.values()].filter(
    (track) =>
      model.albums.has(track.album.id) && track.artists.every((artist) => model.artists.has(artist.id)),
  );
  for (const query of QUERIES) {
    const reply = reader.search({ query, limit: 200, correct: false });
    const expected = recorded.filter((track) =>
      matches(query, [
        track.title,
        model.albums.get(track.album.id)?.title ?? '',
        ...track.artists.map((artist) => model.artists.get(artist.id)?.name ?? ''),
      ]),
    );
    const found = reply.tracks.items.filter((track) => recorded.some((one) => one.id === track.id));
    expect({ query, tracks: ids(found) }).toEqual({ query, tracks: ids(expected) });
    const artists = model.visibleArtists().filter((artist) => matches(query, [artist.name]));
    expect({ query, artists: ids(reply.artists.items) }).toEqual({ query, artists: ids(artists) });
  }
};

describe('the index, for any series of publications', () => {
  // Every run expects, in `expectAgreement` too.
  it('agrees with a plain model of the catalog after each, and with a rebuild at the end', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(publications, async (series) => {
        const workshop = await openIndexWorkshop();
        try {
          const model = createModel();
          for (const records of series) {
            const reader = await workshop.publish(records);
            for (const record of records) model.put(record);
            expectAgreement(reader, model);
          }
          // Whatever is named but not recorded is recorded last: its name would else depend on who named it.
          const missing = everyName.filter(
            (record) => !model.artists.has(record.id) && !model.albums.has(record.id),
          );
          const extended = await workshop.publish(missing);
          for (const record of missing) model.put(record);
          expectAgreement(extended, model);
          const said = everything(extended);
          const rebuilt = await workshop.rebuild();
          expectAgreement(rebuilt, model);
          expect(said).toEqual(everything(rebuilt));
        } finally {
          await workshop.close();
        }
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
