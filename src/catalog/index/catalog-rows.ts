/** Rows of an index as the objects of the contract. */
import type { Database } from 'better-sqlite3';
import type {
  AlbumSummary,
  ArtistRef,
  ArtistSummary,
  Artwork,
  AudioFormat,
  GenreSummary,
  Palette,
  Track,
} from '../../contract/catalog-http.ts';
import { genresNamed } from './genre-id.ts';
import { ALBUM_LOUDNESS, readAlbumLoudness, unpackAlbum, unpackFormat, unpackTrack } from './row-codec.ts';

export interface TrackRow {
  readonly id: string;
  readonly body: string;
  readonly album_id: string;
  readonly album_title: string;
  /** As `packAlbum` has it; null where the album is not known, or not measured. */
  readonly album_loudness: string | null;
}
export interface AlbumRow {
  readonly no: number;
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly artwork_no: number | null;
  readonly track_count: number;
  readonly duration_ms: number;
}
export interface ArtistRow {
  readonly no: number;
  readonly id: string;
  readonly name: string;
  readonly artwork_no: number | null;
  readonly album_count: number;
  readonly track_count: number;
}
export interface GenreRow {
  readonly no: number;
  readonly id: string;
  readonly name: string;
  readonly track_count: number;
  readonly album_count: number;
  readonly artwork_no: number | null;
}

/** What the objects are made of; every statement selects these. */
export const TRACK_COLUMNS = `tracks.id, tracks.body, albums.id AS album_id, albums.title AS album_title, ${ALBUM_LOUDNESS} AS album_loudness`;
export const TRACK_TABLES = 'tracks JOIN albums ON albums.no = tracks.album_no';
export const ALBUM_COLUMNS =
  'albums.no, albums.id, albums.title, albums.body, albums.artwork_no, albums.track_count, albums.duration_ms';
export const ARTIST_COLUMNS =
  'artists.no, artists.id, artists.name, artists.artwork_no, artists.album_count, artists.track_count';
export const GENRE_COLUMNS = 'no, id, name, track_count, album_count, artwork_no';

export interface CatalogRows {
  track(row: TrackRow): Track;
  album(row: AlbumRow): AlbumSummary;
  artist(row: ArtistRow): ArtistSummary;
  genre(row: GenreRow): GenreSummary;
  artistRefs(numbers: readonly number[]): readonly ArtistRef[];
}

export const createCatalogRows = (database: Database): CatalogRows => {
  const findArtist = database.prepare<[number], ArtistRef>('SELECT id, name FROM artists WHERE no = ?');
  const findArtwork = database.prepare<[number], { id: string; palette: string }>(
    'SELECT id, palette FROM artworks WHERE no = ?',
  );
  const findFormat = database.prepare<[number], { body: string }>('SELECT body FROM formats WHERE no = ?');
  /** Formats never change under their number, and there are a few dozen. */
  const formats = new Map<number, Omit<AudioFormat, 'bitrateBps'>>();

  const artistRefs = (numbers: readonly number[]): readonly ArtistRef[] =>
    numbers.flatMap((no) => findArtist.get(no) ?? []);
  const artwork = (no: number | null): Artwork | null => {
    const row = no === null ? undefined : findArtwork.get(no);
    return row === undefined ? null : { id: row.id, palette: JSON.parse(row.palette) as Palette | null };
  };
  const format = (no: number, bitrateBps: number): AudioFormat => {
    let known = formats.get(no);
    if (known === undefined) {
      const row = findFormat.get(no);
      if (row === undefined) throw new Error(`The index has no format ${no}.`);
      known = unpackFormat(row.body);
      formats.set(no, known);
    }
    return { ...known, bitrateBps };
  };

  return {
    artistRefs,
    track: (row) => {
      const body = unpackTrack(row.body);
      const albumLoudness = readAlbumLoudness(row.album_loudness);
      return {
        id: row.id,
        title: body.title,
        artists: artistRefs(body.artistNumbers),
        album: { id: row.album_id, title: row.album_title },
        artwork: artwork(body.artworkNumber),
        discNumber: body.discNumber,
        trackNumber: body.trackNumber,
        durationMs: body.durationMs,
        explicit: body.explicit,
        genres: genresNamed(body.genres),
        isrc: body.isrc,
        plays: body.plays,
        format: format(body.formatNumber, body.bitrateBps),
        loudness: body.loudness,
        ...(albumLoudness === null ? {} : { albumLoudness }),
        hasLyrics: body.hasLyrics,
      };
    },
    album: (row) => {
      const body = unpackAlbum(row.body);
      return {
        id: row.id,
        title: row.title,
        artists: artistRefs(body.artistNumbers),
        kind: body.kind,
        releaseDate: body.releaseDate,
        addedAt: body.addedAt,
        artwork: artwork(row.artwork_no),
        trackCount: row.track_count,
        durationMs: row.duration_ms,
      };
    },
    artist: (row) => ({
      id: row.id,
      name: row.name,
      artwork: artwork(row.artwork_no),
      albumCount: row.album_count,
      trackCount: row.track_count,
    }),
    genre: (row) => ({
      id: row.id,
      name: row.name,
      trackCount: row.track_count,
      albumCount: row.album_count,
      artwork: artwork(row.artwork_no),
    }),
  };
};
