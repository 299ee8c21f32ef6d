/** What is known of the catalog, in the shapes in which the service answers. */
import type { DatabaseSync } from 'node:sqlite';
import type {
  Album,
  AlbumOrder,
  AlbumPage,
  AlbumSummary,
  Artist,
  ArtistPage,
  ArtistSummary,
  Genre,
  GenrePage,
  Home,
  SearchReply,
  SearchRequest,
  Track,
  TrackDetails,
  TrackPage,
} from '../../contract/catalog-http.ts';
import type { Vocabulary } from '../../core/search-text/vocabulary.ts';
import type { Steps } from '../../core/work/steps.ts';
import { inAlbumOrder } from './implied.ts';
import { createKnownLists } from './known-lists.ts';
import { createKnownSearch } from './known-search.ts';
import type { PageOf, PageRequest } from './pages.ts';
import { HOME_DOCUMENT, type DocumentKind } from './seen.ts';
import { prepare } from './sql.ts';
import { readBody } from './row-body.ts';

interface IdRequest {
  readonly id: string;
}

/**
 * Each answers like the service, from what this computer knows; null when that is nothing. What the service said of a thing
 * as a whole is given back as it was; what it never did is put together from the parts. Lists throw a `HostFailure`
 * (`invalid_argument`) for a cursor of another list.
 */
export interface KnownCatalog {
  home(): Home | null;
  albums(
    request: PageRequest & { readonly order?: AlbumOrder | undefined; readonly genre?: string | undefined },
  ): AlbumPage | null;
  album(request: IdRequest): Album | null;
  artists(request: PageRequest): ArtistPage | null;
  artist(request: IdRequest): Artist | null;
  artistAlbums(request: IdRequest & PageRequest): AlbumPage | null;
  artistTracks(request: IdRequest & PageRequest): TrackPage | null;
  genres(request: PageRequest): GenrePage | null;
  genre(request: IdRequest): Genre | null;
  genreAlbums(request: IdRequest & PageRequest): AlbumPage | null;
  genreTracks(request: IdRequest & PageRequest): TrackPage | null;
  /** A reply without hits is an answer too, unless nothing at all is known. */
  search(request: SearchRequest): SearchReply | null;
  track(request: IdRequest): Track | null;
  trackDetails(request: IdRequest): TrackDetails | null;
}

/** What is whole on this computer, in alphabetical order. An album or artist is here when any of its tracks is. */
export interface ComputerLists {
  albums(request: PageRequest): AlbumPage;
  artists(request: PageRequest): ArtistPage;
  tracks(request: PageRequest): TrackPage;
}

export interface Playable {
  readonly tracks: number;
  readonly durationMs: number;
}

/** Single things, for whoever has their ids. */
export interface KnownParts {
  /** Also what follows from its tracks alone, before the service said anything of it. */
  album(id: string): AlbumSummary | null;
  artist(id: string): ArtistSummary | null;
  /** Of those, the ones of which the service has not told. */
  unknown(kind: 'track' | 'album' | 'artist', ids: readonly string[]): readonly string[];
  /** Of every track that is known, in no order. */
  trackIds(): Steps<readonly string[]>;
}

export interface IndexReader {
  readonly known: KnownCatalog;
  readonly computer: ComputerLists;
  readonly parts: Omit<KnownParts, 'trackIds'>;
  /** Of some tracks, sorted, the next ones after that id. Empty: there are no more. */
  trackIdsAfter(id: string): readonly string[];
  track(id: string): Track | null;
  playable(): Playable;
}

const HOME_ALBUMS = 20;
const HOME_TRACKS = 20;
const HOME_GENRES = 24;
const TOP_TRACKS = 10;
const ARTIST_ALBUMS = 50;
const GENRE_ITEMS = 50;
const IDS_AT_ONCE = 2_000;

const unlessEmpty = <Item>(page: PageOf<Item>): PageOf<Item> | null => (page.total === 0 ? null : page);

export const createIndexReader = (database: DatabaseSync, vocabulary: () => Vocabulary): IndexReader => {
  const lists = createKnownLists(database);
  const find = createKnownSearch(database, vocabulary);
  const documents = prepare<{ body: string }>(
    database,
    'SELECT body FROM documents WHERE kind = ? AND id = ?',
  );
  const trackBody = prepare<{ body: string }>(database, 'SELECT body FROM tracks WHERE id = ?');
  const albumBody = prepare<{ body: string }>(database, 'SELECT body FROM albums WHERE id = ?');
  const artistBody = prepare<{ body: string }>(database, 'SELECT body FROM artists WHERE id = ?');
  const trackIdsAfter = prepare<{ id: string }>(
    database,
    'SELECT id FROM tracks WHERE id > ? ORDER BY id LIMIT ?',
  );
  const isTold = {
    track: prepare(database, 'SELECT 1 FROM tracks WHERE id = ?'),
    album: prepare(database, 'SELECT 1 FROM albums WHERE id = ? AND implied = 0'),
    artist: prepare(database, 'SELECT 1 FROM artists WHERE id = ? AND implied = 0'),
  };
  const tracksOfAlbum = prepare<{ body: string }>(database, 'SELECT body FROM tracks WHERE album_id = ?');
  const popularTracks = prepare<{ body: string }>(
    database,
    'SELECT body FROM tracks WHERE plays > 0 ORDER BY no LIMIT ?',
  );
  const totals = prepare<Home['totals']>(
    database,
    `SELECT (SELECT count(*) FROM tracks) AS tracks, (SELECT count(*) FROM albums) AS albums,
       (SELECT count(*) FROM artists) AS artists`,
  );
  const something = prepare<{ known: number }>(
    database,
    'SELECT EXISTS (SELECT 1 FROM albums) OR EXISTS (SELECT 1 FROM artists) AS known',
  );
  const playable = prepare<Playable>(
    database,
    'SELECT count(*) AS tracks, coalesce(sum(duration_ms), 0) AS durationMs FROM tracks WHERE held = 1',
  );

  const read = <Value>(row: { readonly body: string } | undefined): Value | null =>
    row === undefined ? null : readBody<Value>(row.body);
  const all = <Value>(rows: readonly { readonly body: string }[]): readonly Value[] =>
    rows.map((row) => readBody<Value>(row.body));
  const said = <Value>(kind: DocumentKind, id: string): Value | null => read(documents.get(kind, id));

  const albumFromParts = (id: string): Album | null => {
    const summary = read<AlbumSummary>(albumBody.get(id));
    const tracks = [...all<Track>(tracksOfAlbum.all(id))].sort(inAlbumOrder);
    if (summary === null || tracks.length === 0) return null;
    const genres = new Map(tracks.flatMap((track) => track.genres.map((genre) => [genre.id, genre])));
    return {
      ...summary,
      discs: [...Map.groupBy(tracks, (track) => track.discNumber)].map(([number, ofDisc]) => ({
        number,
        title: null,
        tracks: ofDisc,
      })),
      label: null,
      catalogueNumber: null,
      copyright: null,
      notes: null,
      genres: [...genres.values()],
      loudness: null,
    };
  };

  const artistFromParts = (id: string): Artist | null => {
    const summary = read<ArtistSummary>(artistBody.get(id));
    if (summary === null) return null;
    return {
      ...summary,
      topTracks: lists.artistTracks(id, { limit: TOP_TRACKS }).items,
      albums: lists.artistAlbums(id, 'own', { limit: ARTIST_ALBUMS }).items,
      appearsOn: lists.artistAlbums(id, 'guest', { limit: ARTIST_ALBUMS }).items,
      related: [],
    };
  };

  const genreFromParts = (id: string): Genre | null => {
    const summary = lists.genre(id);
    if (summary === null) return null;
    return {
      ...summary,
      popularTracks: lists.genreTracks(id, { limit: GENRE_ITEMS }).items,
      newestAlbums: lists.genreAlbums(id, { limit: GENRE_ITEMS }).items,
    };
  };

  const isNothingKnown = (): boolean => something.get()?.known !== 1;

  const homeFromParts = (): Home | null => {
    if (isNothingKnown()) return null;
    return {
      newest: lists.albums('newest', null, { limit: HOME_ALBUMS }).items,
      popularTracks: all<Track>(popularTracks.all(HOME_TRACKS)),
      // Without plays there is no popularity to show.
      popularAlbums:
        popularTracks.get(1) === undefined ? [] : lists.albums('popular', null, { limit: HOME_ALBUMS }).items,
      genres: [...lists.genres({ limit: 200 }).items]
        .sort((left, right) => right.trackCount - left.trackCount)
        .slice(0, HOME_GENRES),
      totals: { tracks: 0, albums: 0, artists: 0, ...totals.get() },
    };
  };

  const trackOf = (id: string): Track | null => read<Track>(trackBody.get(id));

  return {
    known: {
      home: () => said<Home>('home', HOME_DOCUMENT) ?? homeFromParts(),
      albums: ({ order = 'newest', genre = null, ...page }) => unlessEmpty(lists.albums(order, genre, page)),
      album: ({ id }) => said<Album>('album', id) ?? albumFromParts(id),
      artists: (request) => unlessEmpty(lists.artists(request)),
      artist: ({ id }) => said<Artist>('artist', id) ?? artistFromParts(id),
      artistAlbums: ({ id, ...page }) => unlessEmpty(lists.artistAlbums(id, 'own', page)),
      artistTracks: ({ id, ...page }) => unlessEmpty(lists.artistTracks(id, page)),
      genres: (request) => unlessEmpty(lists.genres(request)),
      genre: ({ id }) => said<Genre>('genre', id) ?? genreFromParts(id),
      genreAlbums: ({ id, ...page }) => unlessEmpty(lists.genreAlbums(id, page)),
      genreTracks: ({ id, ...page }) => unlessEmpty(lists.genreTracks(id, page)),
      search: (request) => (isNothingKnown() ? null : find(request)),
      track: ({ id }) => trackOf(id),
      trackDetails: ({ id }) => said<TrackDetails>('details', id),
    },
    computer: lists.here,
    parts: {
      album: (id) => read<AlbumSummary>(albumBody.get(id)),
      artist: (id) => read<ArtistSummary>(artistBody.get(id)),
      unknown: (kind, ids) => ids.filter((id) => isTold[kind].get(id) === undefined),
    },
    trackIdsAfter: (after) => trackIdsAfter.all(after, IDS_AT_ONCE).map(({ id }) => id),
    track: trackOf,
    playable: () => ({ tracks: 0, durationMs: 0, ...playable.get() }),
  };
};
