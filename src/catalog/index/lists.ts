/** The lists of the catalog, each read along an index in the order it is shown in. */
import type { Database } from 'better-sqlite3';
import type {
  AlbumOrder,
  AlbumSummary,
  ArtistRef,
  ArtistSummary,
  GenreSummary,
  Home,
  Track,
} from '../../contract/catalog-http.ts';
import {
  ALBUM_COLUMNS,
  ARTIST_COLUMNS,
  GENRE_COLUMNS,
  TRACK_COLUMNS,
  type AlbumRow,
  type ArtistRow,
  type CatalogRows,
  type GenreRow,
  type TrackRow,
} from './catalog-rows.ts';
import type { IndexFacts } from './database.ts';
import { playsInKey, tieOf } from '../../core/search-text/order-keys.ts';
import { readPage, type PageOf, type PageRequest } from './pages.ts';
import { relatedArtists } from './related-artists.ts';
import { FILED } from './schema.ts';

const HOME_ALBUMS = 20;
const HOME_TRACKS = 20;
const HOME_GENRES = 24;

export interface CatalogLists {
  home(facts: IndexFacts): Home;
  albums(order: AlbumOrder, request: PageRequest, total: number): PageOf<AlbumSummary>;
  artists(request: PageRequest, total: number): PageOf<ArtistSummary>;
  artistTracks(artist: ArtistRow, request: PageRequest): PageOf<Track>;
  artistAlbums(artist: ArtistRow, role: 'own' | 'guest', request: PageRequest): PageOf<AlbumSummary>;
  related(artist: ArtistRow): readonly ArtistRef[];
  genres(request: PageRequest): PageOf<GenreSummary>;
  genreTracks(genre: GenreRow, request: PageRequest): PageOf<Track>;
  genreAlbums(genre: GenreRow, request: PageRequest): PageOf<AlbumSummary>;
}

/** Columns that an index holds in this order. */
const ALBUM_ORDERS: Readonly<Record<AlbumOrder, string>> = {
  newest: 'added_key',
  popular: 'popularity_key',
  title: 'sort_key',
};

export const createLists = (database: Database, rows: CatalogRows): CatalogLists => {
  const albums = (order: AlbumOrder, request: PageRequest, total: number): PageOf<AlbumSummary> =>
    readPage<AlbumRow, AlbumSummary>(
      database,
      {
        name: `albums-${order}`,
        columns: ALBUM_COLUMNS,
        tables: 'albums',
        where: 'visible = 1',
        parameters: [],
        sortedBy: [ALBUM_ORDERS[order], 'tie'],
      },
      request,
      total,
      rows.album,
    );

  const tracksOf = (
    table: 'artist' | 'genre',
    no: number,
    request: PageRequest,
    total: number,
  ): PageOf<Track> =>
    readPage<TrackRow, Track>(
      database,
      {
        name: `${table}-tracks`,
        columns: TRACK_COLUMNS,
        tables: `${table}_tracks AS links CROSS JOIN tracks ON tracks.no = links.track_no
          CROSS JOIN albums ON albums.no = tracks.album_no`,
        where: `links.${table}_no = ?`,
        parameters: [no],
        sortedBy: ['links.order_key', 'links.tie'],
      },
      request,
      total,
      rows.track,
    );

  // Rows of the base are numbered by popularity; those that came or changed later have an index of their own.
  const popularInBase = database.prepare<[number], TrackRow & { order_key: number }>(
    `SELECT ${TRACK_COLUMNS}, tracks.order_key FROM tracks CROSS JOIN albums ON albums.no = tracks.album_no
     WHERE tracks.filed = ${FILED.base} ORDER BY tracks.no LIMIT ?`,
  );
  const popularFresh = database.prepare<[number], TrackRow & { order_key: number }>(
    `SELECT ${TRACK_COLUMNS}, tracks.order_key FROM tracks INDEXED BY tracks_fresh
     CROSS JOIN albums ON albums.no = tracks.album_no
     WHERE tracks.filed = ${FILED.fresh} ORDER BY tracks.order_key LIMIT ?`,
  );
  const popularTracks = (limit: number): readonly Track[] =>
    [...popularInBase.all(limit), ...popularFresh.all(limit)]
      .filter((row) => playsInKey(row.order_key) > 0)
      .sort((left, right) => left.order_key - right.order_key || tieOf(left.id) - tieOf(right.id))
      .slice(0, limit)
      .map(rows.track);

  const popularAlbums = database.prepare<[number], AlbumRow & { plays: number }>(
    `SELECT ${ALBUM_COLUMNS}, plays FROM albums WHERE visible = 1 ORDER BY popularity_key, tie LIMIT ?`,
  );
  const largestGenres = database.prepare<[number], GenreRow>(
    `SELECT ${GENRE_COLUMNS} FROM genres WHERE track_count > 0 ORDER BY track_count DESC, id LIMIT ?`,
  );
  const countGenres = database.prepare<[], { genres: number }>(
    'SELECT count(*) AS genres FROM genres WHERE track_count > 0',
  );
  const related = relatedArtists(database);

  return {
    albums,
    related: (artist) => related(artist.no),
    home: (facts) => ({
      newest: albums('newest', { limit: HOME_ALBUMS }, facts.albums).items,
      popularTracks: popularTracks(HOME_TRACKS),
      popularAlbums: popularAlbums
        .all(HOME_ALBUMS)
        .filter((row) => row.plays > 0)
        .map(rows.album),
      genres: largestGenres.all(HOME_GENRES).map(rows.genre),
      totals: { tracks: facts.tracks, albums: facts.albums, artists: facts.artists },
    }),
    artists: (request, total) =>
      readPage<ArtistRow, ArtistSummary>(
        database,
        {
          name: 'artists',
          columns: ARTIST_COLUMNS,
          tables: 'artists',
          where: 'visible = 1',
          parameters: [],
          sortedBy: ['artists.sort_key', 'artists.id'],
        },
        request,
        total,
        rows.artist,
      ),
    artistTracks: (artist, request) => tracksOf('artist', artist.no, request, artist.track_count),
    artistAlbums: (artist, role, request) =>
      readPage<AlbumRow, AlbumSummary>(
        database,
        {
          name: `artist-albums-${role}`,
          columns: ALBUM_COLUMNS,
          tables: 'artist_albums AS links CROSS JOIN albums ON albums.no = links.album_no',
          where: 'links.artist_no = ? AND links.guest = ?',
          parameters: [artist.no, role === 'guest' ? 1 : 0],
          sortedBy: ['links.released_key', 'links.tie'],
        },
        request,
        artist.album_count,
        rows.album,
      ),
    genres: (request) =>
      readPage<GenreRow, GenreSummary>(
        database,
        {
          name: 'genres',
          columns: GENRE_COLUMNS,
          tables: 'genres',
          where: 'track_count > 0',
          parameters: [],
          sortedBy: ['id', 'no'],
        },
        request,
        countGenres.get()?.genres ?? 0,
        rows.genre,
      ),
    genreTracks: (genre, request) => tracksOf('genre', genre.no, request, genre.track_count),
    genreAlbums: (genre, request) =>
      readPage<AlbumRow, AlbumSummary>(
        database,
        {
          name: 'genre-albums',
          columns: ALBUM_COLUMNS,
          tables: 'genre_albums AS links CROSS JOIN albums ON albums.no = links.album_no',
          where: 'links.genre_no = ?',
          parameters: [genre.no],
          sortedBy: ['links.added_key', 'links.tie'],
        },
        request,
        genre.album_count,
        rows.album,
      ),
  };
};
