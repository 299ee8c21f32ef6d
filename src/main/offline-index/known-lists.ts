/** The lists of what is known, in the service's order, each read along an index where it can be long. */
import type { DatabaseSync } from 'node:sqlite';
import type {
  AlbumOrder,
  AlbumSummary,
  ArtistSummary,
  GenreSummary,
  Track,
} from '../../contract/catalog-http.ts';
import { createList, type PageOf, type PageRequest } from './pages.ts';
import { prepare } from './sql.ts';
import { CHECKSUM_LETTERS, COMPUTED, readBody } from './row-body.ts';

export interface KnownLists {
  albums(order: AlbumOrder, genreId: string | null, request: PageRequest): PageOf<AlbumSummary>;
  artists(request: PageRequest): PageOf<ArtistSummary>;
  artistTracks(artistId: string, request: PageRequest): PageOf<Track>;
  artistAlbums(artistId: string, role: 'own' | 'guest', request: PageRequest): PageOf<AlbumSummary>;
  genres(request: PageRequest): PageOf<GenreSummary>;
  genre(id: string): GenreSummary | null;
  genreTracks(genreId: string, request: PageRequest): PageOf<Track>;
  genreAlbums(genreId: string, request: PageRequest): PageOf<AlbumSummary>;
  readonly here: {
    albums(request: PageRequest): PageOf<AlbumSummary>;
    artists(request: PageRequest): PageOf<ArtistSummary>;
    tracks(request: PageRequest): PageOf<Track>;
  };
}

const ALBUM_ORDERS: Readonly<Record<AlbumOrder, string>> = {
  newest: 'added_key',
  popular: 'order_key',
  title: 'sort_key',
};
/** Albums have no genres of their own: they are those of their tracks. */
const OF_GENRE = 'id IN (SELECT album_id FROM genre_tracks WHERE genre_id = ?)';
const TRACK_ORDER = ['tracks.order_key', 'tracks.tie'] as const;
/** Greater than the number of any genre in the service, which is what the second key of its cursor is. */
const AFTER_EVERY_GENRE = 2 ** 40;

/** Of a genre that nothing was said of, its known tracks tell. */
const GENRE_BODY = `coalesce(body, '${COMPUTED}' || json_object('id', id, 'name', name,
  'trackCount', (SELECT count(*) FROM genre_tracks WHERE genre_id = id),
  'albumCount', (SELECT count(DISTINCT album_id) FROM genre_tracks WHERE genre_id = id),
  'artwork', json((SELECT json_extract(substr(tracks.body, ${CHECKSUM_LETTERS + 1}), '$.artwork') FROM tracks
    WHERE tracks.id = (SELECT track_id FROM genre_tracks WHERE genre_id = genres.id LIMIT 1)))))`;
const GENRE_KNOWN = '(body IS NOT NULL OR EXISTS (SELECT 1 FROM genre_tracks WHERE genre_id = id))';

export const createKnownLists = (database: DatabaseSync): KnownLists => {
  const albumList = (order: AlbumOrder, where: string) =>
    createList<AlbumSummary>(database, {
      name: `albums-${order}`,
      body: 'body',
      tables: 'albums',
      where,
      sortedBy: [ALBUM_ORDERS[order], 'tie'],
    });
  const allAlbums = {
    newest: albumList('newest', 'filed = 1'),
    popular: albumList('popular', 'filed = 1'),
    title: albumList('title', 'filed = 1'),
  };
  const albumsOfGenre = {
    newest: albumList('newest', OF_GENRE),
    popular: albumList('popular', OF_GENRE),
    title: albumList('title', OF_GENRE),
  };
  const artists = createList<ArtistSummary>(database, {
    name: 'artists',
    body: 'body',
    tables: 'artists',
    where: 'filed = 1',
    sortedBy: ['sort_key', 'id'],
  });
  const artistAlbums = (role: 'own' | 'guest') =>
    createList<AlbumSummary>(database, {
      name: `artist-albums-${role}`,
      body: 'albums.body',
      tables: 'artist_albums AS links JOIN albums ON albums.id = links.album_id',
      where: `links.artist_id = ? AND links.guest = ${role === 'guest' ? 1 : 0}`,
      sortedBy: ['links.released_key', 'links.tie'],
    });
  const albumsBy = { own: artistAlbums('own'), guest: artistAlbums('guest') };
  const artistTracks = createList<Track>(database, {
    name: 'artist-tracks',
    body: 'tracks.body',
    tables: 'artist_tracks AS links JOIN tracks ON tracks.id = links.track_id',
    where: 'links.artist_id = ?',
    sortedBy: TRACK_ORDER,
  });
  const genreTracks = createList<Track>(database, {
    name: 'genre-tracks',
    body: 'tracks.body',
    tables: 'genre_tracks AS links JOIN tracks ON tracks.id = links.track_id',
    where: 'links.genre_id = ?',
    sortedBy: TRACK_ORDER,
  });
  const genreAlbums = createList<AlbumSummary>(database, {
    name: 'genre-albums',
    body: 'body',
    tables: 'albums',
    where: OF_GENRE,
    sortedBy: ['added_key', 'tie'],
  });
  const genres = createList<GenreSummary>(database, {
    name: 'genres',
    body: GENRE_BODY,
    tables: 'genres',
    where: GENRE_KNOWN,
    // The first never ties. Nothing is greater than NULL: the genre of a cursor is not given again.
    sortedBy: ['id', 'NULL'],
    secondInCursor: String(AFTER_EVERY_GENRE),
  });
  const genre = prepare<{ body: string }>(
    database,
    `SELECT ${GENRE_BODY} AS body FROM genres WHERE id = ? AND ${GENRE_KNOWN}`,
  );
  const albumsHere = createList<AlbumSummary>(database, {
    name: 'albums-here',
    body: 'body',
    tables: 'albums',
    where: 'held > 0',
    sortedBy: ['sort_key', 'tie'],
  });
  const artistsHere = createList<ArtistSummary>(database, {
    name: 'artists-here',
    body: 'body',
    tables: 'artists',
    where: 'held > 0',
    sortedBy: ['sort_key', 'id'],
  });
  const tracksHere = createList<Track>(database, {
    name: 'tracks-here',
    body: 'body',
    tables: 'tracks',
    where: 'held = 1',
    sortedBy: ['sort_key', 'tie'],
  });

  return {
    albums: (order, genreId, request) =>
      genreId === null ? allAlbums[order]([], request) : albumsOfGenre[order]([genreId], request),
    artists: (request) => artists([], request),
    artistTracks: (id, request) => artistTracks([id], request),
    artistAlbums: (id, role, request) => albumsBy[role]([id], request),
    genres: (request) => genres([], request),
    genre: (id) => {
      const row = genre.get(id);
      return row === undefined ? null : readBody<GenreSummary>(row.body);
    },
    genreTracks: (id, request) => genreTracks([id], request),
    genreAlbums: (id, request) => genreAlbums([id], request),
    here: {
      albums: (request) => albumsHere([], request),
      artists: (request) => artistsHere([], request),
      tracks: (request) => tracksHere([], request),
    },
  };
};
