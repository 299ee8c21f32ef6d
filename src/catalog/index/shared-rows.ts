/** Rows that many others point to by number: artwork, formats, genres, and the artists and albums of tracks. */
import type { Database } from 'better-sqlite3';
import type { AlbumRef, ArtistRef, Artwork, AudioFormat } from '../../contract/catalog-http.ts';
import { sortKey, tieOf } from '../../core/search-text/order-keys.ts';
import { packFormat } from './row-codec.ts';
import { FIRST_FRESH_NUMBER, NEWEST_NUMBER } from './schema.ts';

/** Where new rows are numbered: upwards while a base is built, downwards from the newest afterwards. */
export type NumberSpace = 'base' | 'fresh';

export interface SharedRows {
  artwork(artwork: Artwork | null): number | null;
  format(format: AudioFormat): number;
  genre(id: string, name: string): number;
  /** The artist's number; a row that nothing is recorded of is made when there is none. */
  artist(ref: ArtistRef): number;
  album(ref: AlbumRef): number;
  /** The number for the next row of a table that is numbered by popularity. */
  nextNumber(table: 'artists' | 'albums' | 'tracks'): number;
}

export const createSharedRows = (database: Database, space: NumberSpace): SharedRows => {
  const counters = new Map<string, number>();
  const nextNumber = (table: 'artists' | 'albums' | 'tracks'): number => {
    let last = counters.get(table);
    if (last === undefined) {
      const edge =
        space === 'base'
          ? database.prepare<[], { no: number | null }>(`SELECT max(no) AS no FROM ${table}`)
          : database.prepare<[], { no: number | null }>(
              `SELECT min(no) AS no FROM ${table} WHERE no > ${FIRST_FRESH_NUMBER}`,
            );
      last = edge.get()?.no ?? (space === 'base' ? 0 : NEWEST_NUMBER);
    }
    const next = space === 'base' ? last + 1 : last - 1;
    counters.set(table, next);
    return next;
  };

  const numberOf = (table: string, column: string) => {
    const statement = database.prepare<[string], { no: number }>(
      `SELECT no FROM ${table} WHERE ${column} = ?`,
    );
    const known = new Map<string, number>();
    return {
      find: (key: string): number | null => known.get(key) ?? statement.get(key)?.no ?? null,
      remember: (key: string, no: number): number => {
        if (known.size > 200_000) known.clear();
        known.set(key, no);
        return no;
      },
    };
  };

  const artworks = numberOf('artworks', 'id');
  const formats = numberOf('formats', 'body');
  const genres = numberOf('genres', 'id');
  const artists = numberOf('artists', 'id');
  const albums = numberOf('albums', 'id');
  const addArtwork = database.prepare('INSERT INTO artworks(id, palette) VALUES (?, ?)');
  const addFormat = database.prepare('INSERT INTO formats(body) VALUES (?)');
  const addGenre = database.prepare('INSERT INTO genres(id, name) VALUES (?, ?)');
  const addArtist = database.prepare(
    'INSERT INTO artists(no, id, name, sort_key, recorded) VALUES (?, ?, ?, ?, 0)',
  );
  const addAlbum = database.prepare(
    `INSERT INTO albums(no, id, title, sort_key, recorded, added_key, popularity_key, tie)
     VALUES (?, ?, ?, ?, 0, 0, 0, ?)`,
  );

  return {
    nextNumber,
    artwork: (artwork) => {
      if (artwork === null) return null;
      return artworks.remember(
        artwork.id,
        artworks.find(artwork.id) ??
          Number(addArtwork.run(artwork.id, JSON.stringify(artwork.palette)).lastInsertRowid),
      );
    },
    format: (format) => {
      const body = packFormat(format);
      return formats.remember(body, formats.find(body) ?? Number(addFormat.run(body).lastInsertRowid));
    },
    genre: (id, name) =>
      genres.remember(id, genres.find(id) ?? Number(addGenre.run(id, name).lastInsertRowid)),
    artist: (ref) => {
      const known = artists.find(ref.id);
      if (known !== null) return artists.remember(ref.id, known);
      const no = nextNumber('artists');
      addArtist.run(no, ref.id, ref.name, sortKey(ref.name));
      return artists.remember(ref.id, no);
    },
    album: (ref) => {
      const known = albums.find(ref.id);
      if (known !== null) return albums.remember(ref.id, known);
      const no = nextNumber('albums');
      addAlbum.run(no, ref.id, ref.title, sortKey(ref.title), tieOf(ref.id));
      return albums.remember(ref.id, no);
    },
  };
};
