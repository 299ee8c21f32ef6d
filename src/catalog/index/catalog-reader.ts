/** Everything the service answers from an index file. One snapshot per call; nothing is sorted or counted on the way. */
import type { Database } from 'better-sqlite3';
import type {
  Album,
  AlbumOrder,
  AlbumSummary,
  Artist,
  ArtistSummary,
  Genre,
  GenreSummary,
  Home,
  SearchReply,
  Track,
} from '../../contract/catalog-http.ts';
import { candidatesOf, type Wanted } from '../../core/exchange/candidates.ts';
import type { MatchCandidate } from '../../core/exchange/match.ts';
import type { Vocabulary } from '../../core/search-text/vocabulary.ts';
import {
  ALBUM_COLUMNS,
  ARTIST_COLUMNS,
  createCatalogRows,
  GENRE_COLUMNS,
  TRACK_COLUMNS,
  TRACK_TABLES,
  type AlbumRow,
  type ArtistRow,
  type GenreRow,
  type TrackRow,
} from './catalog-rows.ts';
import { openIndexForReading, readFacts, type IndexFacts } from './database.ts';
import { isrcNumber } from './isrc-number.ts';
import { createLists } from './lists.ts';
import { unpackMedia, type PlayableMedia } from './media-codec.ts';
import type { PageOf, PageRequest } from './pages.ts';
import { unpackAlbum, unpackLinks, unpackTrack } from './row-codec.ts';
import { createCatalogSearch, type CatalogQuestion } from './search-catalog.ts';
import { readBlocks, readVocabulary } from './vocabulary.ts';

export interface CatalogReader {
  facts(): IndexFacts;
  home(): Home;
  search(question: CatalogQuestion): SearchReply;
  /** Tracks that a recording from elsewhere may be, best known first; at most `most`. */
  candidates(wanted: Wanted, most: number): readonly MatchCandidate[];
  track(id: string): Track | null;
  /** In the order asked for, without those that are not there. */
  tracks(ids: readonly string[]): readonly Track[];
  /** All objects of a track, the best playable one first, no two of one quality. */
  media(trackId: string): readonly PlayableMedia[] | null;
  /** Undefined when there is no such track, null when it has no details. */
  detailsKey(trackId: string): string | null | undefined;
  hasArtwork(id: string): boolean;
  album(id: string): Album | null;
  albums(order: AlbumOrder, request: PageRequest): PageOf<AlbumSummary>;
  artist(id: string): Artist | null;
  artists(request: PageRequest): PageOf<ArtistSummary>;
  artistAlbums(id: string, request: PageRequest): PageOf<AlbumSummary> | null;
  artistTracks(id: string, request: PageRequest): PageOf<Track> | null;
  genres(request: PageRequest): PageOf<GenreSummary>;
  genre(id: string): Genre | null;
  genreAlbums(id: string, request: PageRequest): PageOf<AlbumSummary> | null;
  genreTracks(id: string, request: PageRequest): PageOf<Track> | null;
  close(): void;
}

const TOP_TRACKS = 10;
/** Of the tracks that hold the words of a recording, before the likeliest are chosen. */
const LOOKED_AT = 40;
const ARTIST_ALBUMS = 50;
const GENRE_TRACKS = 50;
const GENRE_ALBUMS = 50;

/** Opens an index file; throws when it is none. */
export const openCatalogReader = (path: string): CatalogReader => {
  const database = openIndexForReading(path);
  try {
    return createCatalogReader(database);
  } catch (error) {
    database.close();
    throw error;
  }
};

const createCatalogReader = (database: Database): CatalogReader => {
  const rows = createCatalogRows(database);
  const lists = createLists(database, rows);
  const search = createCatalogSearch(database, rows);
  const blocks = readBlocks(database);
  let vocabulary: { readonly revision: number; readonly words: Vocabulary } | null = null;
  const currentVocabulary = (): Vocabulary => {
    const { revision } = readFacts(database);
    if (vocabulary?.revision !== revision) vocabulary = { revision, words: readVocabulary(database, blocks) };
    return vocabulary.words;
  };

  const findTrack = database.prepare<[string], TrackRow>(
    `SELECT ${TRACK_COLUMNS} FROM ${TRACK_TABLES} WHERE tracks.id = ?`,
  );
  const tracksOfIsrc = database.prepare<[number, number], TrackRow>(
    `SELECT ${TRACK_COLUMNS} FROM isrc_tracks CROSS JOIN tracks ON tracks.no = isrc_tracks.track_no
     JOIN albums ON albums.no = tracks.album_no WHERE isrc_tracks.code = ? ORDER BY track_no LIMIT ?`,
  );
  const tracksOfAlbum = database.prepare<[number], TrackRow>(
    `SELECT ${TRACK_COLUMNS} FROM ${TRACK_TABLES} WHERE tracks.album_no = ?`,
  );
  const findAlbum = database.prepare<[string], AlbumRow & { links: string }>(
    `SELECT ${ALBUM_COLUMNS}, links FROM albums WHERE id = ? AND visible = 1`,
  );
  const findArtist = database.prepare<[string], ArtistRow>(
    `SELECT ${ARTIST_COLUMNS} FROM artists WHERE id = ? AND visible = 1`,
  );
  const findGenre = database.prepare<[string], GenreRow>(
    `SELECT ${GENRE_COLUMNS} FROM genres WHERE id = ? AND track_count > 0`,
  );
  const genreByNumber = database.prepare<[number], GenreRow>(
    `SELECT ${GENRE_COLUMNS} FROM genres WHERE no = ?`,
  );
  const findMedia = database.prepare<[string], { media: Buffer }>('SELECT media FROM tracks WHERE id = ?');
  const findBody = database.prepare<[string], { body: string }>('SELECT body FROM tracks WHERE id = ?');
  const findArtwork = database.prepare<[string], { no: number }>('SELECT no FROM artworks WHERE id = ?');

  const candidates = (wanted: Wanted, most: number): readonly MatchCandidate[] => {
    const found = candidatesOf(wanted, {
      byId: (id) => ofRow(findTrack.get(id), (row) => candidateOf(rows.track(row))),
      byIsrc(isrc) {
        const code = isrcNumber(isrc);
        return code === null ? [] : tracksOfIsrc.all(code, most).map((row) => candidateOf(rows.track(row)));
      },
      search: (query, { correct }) =>
        search({ query, correct, kind: 'track', limit: LOOKED_AT }, currentVocabulary).tracks.items.map(
          candidateOf,
        ),
    });
    return found.slice(0, most);
  };

  const album = (id: string): Album | null => {
    const row = findAlbum.get(id);
    if (row === undefined) return null;
    const body = unpackAlbum(row.body);
    const tracks = tracksOfAlbum
      .all(row.no)
      .map(rows.track)
      .sort(
        (left, right) =>
          left.discNumber - right.discNumber ||
          (left.trackNumber ?? Infinity) - (right.trackNumber ?? Infinity) ||
          (left.title === right.title ? (left.id < right.id ? -1 : 1) : left.title < right.title ? -1 : 1),
      );
    const discs = [...Map.groupBy(tracks, (track) => track.discNumber)].map(([number, ofDisc]) => ({
      number,
      title: body.discTitles[String(number)] ?? null,
      tracks: ofDisc,
    }));
    return {
      ...rows.album(row),
      discs,
      label: body.label,
      catalogueNumber: body.catalogueNumber,
      copyright: body.copyright,
      notes: body.notes,
      genres: unpackLinks(row.links).genres.flatMap((no) => {
        const genre = genreByNumber.get(no);
        return genre === undefined ? [] : [{ id: genre.id, name: genre.name }];
      }),
      loudness: body.loudness,
    };
  };

  const artist = (id: string): Artist | null => {
    const row = findArtist.get(id);
    if (row === undefined) return null;
    return {
      ...rows.artist(row),
      topTracks: lists.artistTracks(row, { limit: TOP_TRACKS }).items,
      albums: lists.artistAlbums(row, 'own', { limit: ARTIST_ALBUMS }).items,
      appearsOn: lists.artistAlbums(row, 'guest', { limit: ARTIST_ALBUMS }).items,
      related: lists.related(row),
    };
  };

  const genre = (id: string): Genre | null => {
    const row = findGenre.get(id);
    if (row === undefined) return null;
    return {
      ...rows.genre(row),
      popularTracks: lists.genreTracks(row, { limit: GENRE_TRACKS }).items,
      newestAlbums: lists.genreAlbums(row, { limit: GENRE_ALBUMS }).items,
    };
  };

  const ofRow = <Row, Value>(row: Row | undefined, read: (row: Row) => Value): Value | null =>
    row === undefined ? null : read(row);
  /** All statements of one answer see one state of the file. */
  const snapshot = <Arguments extends readonly unknown[], Value>(read: (...given: Arguments) => Value) => {
    let given: Arguments;
    const transaction = database.transaction(() => read(...given));
    return (...values: Arguments): Value => {
      given = values;
      return transaction();
    };
  };

  return {
    facts: () => readFacts(database),
    home: snapshot(() => lists.home(readFacts(database))),
    search: snapshot((question: CatalogQuestion) => search(question, currentVocabulary)),
    candidates: snapshot(candidates),
    track: snapshot((id: string) => ofRow(findTrack.get(id), rows.track)),
    tracks: snapshot((ids: readonly string[]) =>
      ids.flatMap((id) => ofRow(findTrack.get(id), rows.track) ?? []),
    ),
    media: (id) => ofRow(findMedia.get(id), (row) => unpackMedia(row.media)),
    detailsKey: (id) => {
      const row = findBody.get(id);
      return row === undefined ? undefined : unpackTrack(row.body).detailsKey;
    },
    hasArtwork: (id) => findArtwork.get(id) !== undefined,
    album: snapshot(album),
    albums: snapshot((order: AlbumOrder, request: PageRequest) =>
      lists.albums(order, request, readFacts(database).albums),
    ),
    artist: snapshot(artist),
    artists: snapshot((request: PageRequest) => lists.artists(request, readFacts(database).artists)),
    artistAlbums: snapshot((id: string, request: PageRequest) =>
      ofRow(findArtist.get(id), (row) => lists.artistAlbums(row, 'own', request)),
    ),
    artistTracks: snapshot((id: string, request: PageRequest) =>
      ofRow(findArtist.get(id), (row) => lists.artistTracks(row, request)),
    ),
    genres: snapshot((request: PageRequest) => lists.genres(request)),
    genre: snapshot(genre),
    genreAlbums: snapshot((id: string, request: PageRequest) =>
      ofRow(findGenre.get(id), (row) => lists.genreAlbums(row, request)),
    ),
    genreTracks: snapshot((id: string, request: PageRequest) =>
      ofRow(findGenre.get(id), (row) => lists.genreTracks(row, request)),
    ),
    close: () => database.close(),
  };
};

const candidateOf = ({ id, title, artists, album, durationMs, isrc }: Track): MatchCandidate => ({
  id,
  title,
  artists: artists.map(({ name }) => name),
  album: album.title,
  durationMs,
  isrc,
});
