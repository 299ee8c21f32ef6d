/**
 * Puts records into the rows of an index, in one transaction of the caller's. What a record changes beyond its own row
 * (counts, lists, text) is noted and made good by `finish`, so a thousand tracks of one genre cost one count.
 */
import type { Database } from 'better-sqlite3';
import type {
  AlbumRecord,
  ArtistRecord,
  CatalogRecord,
  RemovalRecord,
  TrackRecord,
} from '../segments/catalog-records.ts';
import { deriveRows, type Touched } from './derive-rows.ts';
import { genresNamed } from './genre-id.ts';
import { isrcNumber } from './isrc-number.ts';
import { addedKey, popularityKey, sortKey, tieOf } from '../../core/search-text/order-keys.ts';
import { packMedia, playableFirst } from './media-codec.ts';
import { albumBody, packAlbum, packTrack, unpackTrack } from './row-codec.ts';
import { createSharedRows, type NumberSpace } from './shared-rows.ts';
import { FILED, type Filed } from './schema.ts';
import { createTextFiler } from './text-filer.ts';
import { createWordBlocks, createWordChanges } from './word-counts.ts';

export interface CatalogWriter {
  put(record: CatalogRecord): void;
  /** Brings everything that follows from the records up to date. Nothing may be put afterwards. */
  finish(): void;
}

interface TrackRow {
  readonly no: number;
  readonly album_no: number;
  readonly order_key: number;
  readonly filed: Filed;
  readonly body: string;
}

interface NamedRow {
  readonly no: number;
  readonly name: string;
  readonly recorded: number;
}

export const createCatalogWriter = (database: Database, space: NumberSpace): CatalogWriter => {
  const shared = createSharedRows(database, space);
  const filer = createTextFiler(database, space);
  const words = space === 'base' ? createWordBlocks(database) : createWordChanges(database);
  const touched: Touched = {
    tracks: space === 'base' ? 'all' : new Set(),
    albums: new Set(),
    artists: new Set(),
    genres: new Set(),
    albumTexts: new Set(),
    artistTexts: new Set(),
  };

  const touchText = (no: number): void => {
    if (touched.tracks !== 'all') touched.tracks.add(no);
  };

  const findTrack = database.prepare<[string], TrackRow>(
    'SELECT no, album_no, order_key, filed, body FROM tracks WHERE id = ?',
  );
  const addTrack = database.prepare(
    `INSERT OR REPLACE INTO tracks(no, id, album_no, order_key, filed, body, media) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const removeTrack = database.prepare('DELETE FROM tracks WHERE no = ?');
  const linkArtist = database.prepare('INSERT OR IGNORE INTO artist_tracks VALUES (?, ?, ?, ?)');
  const linkGenre = database.prepare('INSERT OR IGNORE INTO genre_tracks VALUES (?, ?, ?, ?)');
  const unlinkArtist = database.prepare(
    'DELETE FROM artist_tracks WHERE artist_no = ? AND order_key = ? AND tie = ? AND track_no = ?',
  );
  const unlinkGenre = database.prepare(
    'DELETE FROM genre_tracks WHERE genre_no = ? AND order_key = ? AND tie = ? AND track_no = ?',
  );

  const linkIsrc = database.prepare('INSERT OR IGNORE INTO isrc_tracks VALUES (?, ?)');
  const unlinkIsrc = database.prepare('DELETE FROM isrc_tracks WHERE code = ? AND track_no = ?');

  const unlinkTrack = (id: string, row: TrackRow): void => {
    const body = unpackTrack(row.body);
    const tie = tieOf(id);
    words.count(body.title, -1);
    const code = isrcNumber(body.isrc);
    if (code !== null) unlinkIsrc.run(code, row.no);
    touched.albums.add(row.album_no);
    for (const artist of body.artistNumbers) {
      unlinkArtist.run(artist, row.order_key, tie, row.no);
      touched.artists.add(artist);
    }
    for (const genre of genresNamed(body.genres)) {
      const genreNo = shared.genre(genre.id, genre.name);
      unlinkGenre.run(genreNo, row.order_key, tie, row.no);
      touched.genres.add(genreNo);
    }
  };

  const putTrack = (record: TrackRecord): void => {
    const before = findTrack.get(record.id);
    if (before !== undefined) unlinkTrack(record.id, before);
    const no = before?.no ?? shared.nextNumber('tracks');
    const albumNo = shared.album(record.album);
    const artistNumbers = record.artists.map((artist) => shared.artist(artist));
    const orderKey = popularityKey(record.plays, record.releaseDate);
    const media = playableFirst(record.media);
    const { bitrateBps, ...format } = (media[0] ?? record.media[0] ?? unplayable(record)).format;
    const body = packTrack({
      title: record.title,
      artistNumbers,
      discNumber: record.discNumber,
      trackNumber: record.trackNumber,
      durationMs: record.durationMs,
      explicit: record.explicit,
      hasLyrics: record.hasLyrics,
      genres: genresNamed(record.genres).map((genre) => genre.name),
      isrc: record.isrc,
      plays: record.plays,
      formatNumber: shared.format({ ...format, bitrateBps }),
      bitrateBps,
      loudness: record.loudness,
      detailsKey: record.detailsKey,
      artworkNumber: shared.artwork(record.artwork),
    });
    const filed = before?.filed ?? (space === 'base' ? FILED.base : FILED.nowhere);
    addTrack.run(no, record.id, albumNo, orderKey, filed, body, packMedia(media));
    const code = isrcNumber(record.isrc);
    if (code !== null) linkIsrc.run(code, no);
    const tie = tieOf(record.id);
    for (const artist of artistNumbers) {
      linkArtist.run(artist, orderKey, tie, no);
      touched.artists.add(artist);
    }
    for (const genre of genresNamed(record.genres)) {
      const genreNo = shared.genre(genre.id, genre.name);
      linkGenre.run(genreNo, orderKey, tie, no);
      touched.genres.add(genreNo);
    }
    words.count(record.title, 1);
    touchText(no);
    touched.albums.add(albumNo);
  };

  const findAlbum = database.prepare<[string], NamedRow>(
    'SELECT no, title AS name, recorded FROM albums WHERE id = ?',
  );
  const recordAlbum = database.prepare(
    'UPDATE albums SET title = ?, sort_key = ?, recorded = 1, added_key = ?, artwork_no = ?, body = ? WHERE no = ?',
  );
  const tracksOfAlbum = database.prepare<[number], { no: number }>(
    'SELECT no FROM tracks WHERE album_no = ?',
  );

  const putAlbum = (record: AlbumRecord): void => {
    const no = shared.album(record);
    const before = findAlbum.get(record.id);
    if (before?.recorded === 1) words.count(before.name, -1);
    words.count(record.title, 1);
    if (before !== undefined && before.name !== record.title && space === 'fresh') {
      for (const track of tracksOfAlbum.iterate(no)) touchText(track.no);
    }
    recordAlbum.run(
      record.title,
      sortKey(record.title),
      addedKey(record.addedAt, record.releaseDate),
      shared.artwork(record.artwork),
      packAlbum(
        albumBody(
          record,
          record.artists.map((artist) => shared.artist(artist)),
        ),
      ),
      no,
    );
    touched.albums.add(no);
    touched.albumTexts.add(no);
  };

  const findArtist = database.prepare<[string], NamedRow>(
    'SELECT no, name, recorded FROM artists WHERE id = ?',
  );
  const recordArtist = database.prepare(
    'UPDATE artists SET name = ?, sort_key = ?, recorded = 1 WHERE no = ?',
  );
  const tracksOfArtist = database.prepare<[number], { no: number }>(
    'SELECT track_no AS no FROM artist_tracks WHERE artist_no = ?',
  );
  const albumsOfArtist = database.prepare<[number], { no: number }>(
    'SELECT album_no AS no FROM artist_albums WHERE artist_no = ? AND guest = 0',
  );

  const putArtist = (record: ArtistRecord): void => {
    const no = shared.artist(record);
    const before = findArtist.get(record.id);
    if (before?.recorded === 1) words.count(before.name, -1);
    words.count(record.name, 1);
    if (before !== undefined && before.name !== record.name && space === 'fresh') {
      for (const track of tracksOfArtist.iterate(no)) touchText(track.no);
      for (const album of albumsOfArtist.iterate(no)) touched.albumTexts.add(album.no);
    }
    recordArtist.run(record.name, sortKey(record.sortName ?? record.name), no);
    touched.artists.add(no);
    touched.artistTexts.add(no);
  };

  const forget = {
    album: database.prepare('UPDATE albums SET recorded = 0 WHERE no = ?'),
    artist: database.prepare('UPDATE artists SET recorded = 0 WHERE no = ?'),
  };

  const remove = ({ of, id }: RemovalRecord): void => {
    if (of === 'track') {
      const row = findTrack.get(id);
      if (row === undefined) return;
      unlinkTrack(id, row);
      filer.unfile('track', row.no, row.filed);
      removeTrack.run(row.no);
      if (touched.tracks !== 'all') touched.tracks.delete(row.no);
      return;
    }
    const row = (of === 'album' ? findAlbum : findArtist).get(id);
    if (row === undefined || row.recorded === 0) return;
    words.count(row.name, -1);
    forget[of].run(row.no);
    (of === 'album' ? touched.albums : touched.artists).add(row.no);
  };

  return {
    put: (record) => {
      switch (record.kind) {
        case 'track':
          return putTrack(record);
        case 'album':
          return putAlbum(record);
        case 'artist':
          return putArtist(record);
        case 'removal':
          return remove(record);
      }
    },
    finish: () => {
      deriveRows(database, touched, filer);
      words.flush();
      if (space === 'base') filer.settle();
    },
  };
};

const unplayable = (record: TrackRecord): never => {
  throw new Error(`Track ${record.id} has no media.`);
};
