/**
 * The first half of a build: of every id the last word, kept aside in a file until all segments have been read, then
 * handed out in the order of popularity. The file is temporary and needs about a kilobyte a track.
 */
import Sqlite from 'better-sqlite3';
import type { AlbumRecord, ArtistRecord, CatalogRecord, TrackRecord } from '../segments/catalog-records.ts';
import { popularityKey, tieOf } from '../../core/search-text/order-keys.ts';

export interface Staging {
  add(record: CatalogRecord): void;
  /** Artists, then albums, then tracks; of each kind the most popular first. */
  inOrder(): Generator<CatalogRecord>;
  close(): void;
}

interface Line {
  readonly line: string;
}

const CACHE_KIB = 64 * 1024;

export const createStaging = (path: string): Staging => {
  const database = new Sqlite(path);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.exec(`
    CREATE TABLE track(id TEXT PRIMARY KEY, order_key INTEGER, tie INTEGER, line TEXT);
    CREATE TABLE album(id TEXT PRIMARY KEY, order_key INTEGER, tie INTEGER, line TEXT);
    CREATE TABLE artist(id TEXT PRIMARY KEY, order_key INTEGER, tie INTEGER, line TEXT);
    BEGIN`);
  const put = {
    track: database.prepare('INSERT OR REPLACE INTO track VALUES (?, ?, ?, ?)'),
    album: database.prepare('INSERT OR REPLACE INTO album VALUES (?, ?, ?, ?)'),
    artist: database.prepare('INSERT OR REPLACE INTO artist VALUES (?, ?, ?, ?)'),
  };
  const remove = {
    track: database.prepare('DELETE FROM track WHERE id = ?'),
    album: database.prepare('DELETE FROM album WHERE id = ?'),
    artist: database.prepare('DELETE FROM artist WHERE id = ?'),
  };

  /** Albums and artists are as popular as their tracks together. */
  const addUp = (): void => {
    const albumPlays = new Map<string, number>();
    const artistPlays = new Map<string, number>();
    for (const { line } of database.prepare<[], Line>('SELECT line FROM track').iterate()) {
      const track = JSON.parse(line) as TrackRecord;
      const plays = track.plays ?? 0;
      if (plays === 0) continue;
      albumPlays.set(track.album.id, (albumPlays.get(track.album.id) ?? 0) + plays);
      for (const artist of track.artists)
        artistPlays.set(artist.id, (artistPlays.get(artist.id) ?? 0) + plays);
    }
    const artistKey = database.prepare('UPDATE artist SET order_key = ? WHERE id = ?');
    for (const [id, plays] of artistPlays) artistKey.run(popularityKey(plays, null), id);
    const albums = database.prepare<[], Line>('SELECT line FROM album').all();
    const albumKey = database.prepare('UPDATE album SET order_key = ? WHERE id = ?');
    for (const { line } of albums) {
      const album = JSON.parse(line) as AlbumRecord;
      albumKey.run(popularityKey(albumPlays.get(album.id) ?? 0, album.releaseDate), album.id);
    }
  };

  return {
    add: (record) => {
      if (record.kind === 'removal') {
        remove[record.of].run(record.id);
        return;
      }
      const key = record.kind === 'track' ? popularityKey(record.plays, record.releaseDate) : 0;
      put[record.kind].run(record.id, key, tieOf(record.id), JSON.stringify(slim(record)));
    },
    *inOrder() {
      addUp();
      for (const kind of ['artist', 'album', 'track'] as const) {
        const lines = database.prepare<[], Line>(`SELECT line FROM ${kind} ORDER BY order_key, tie, id`);
        for (const { line } of lines.iterate()) yield JSON.parse(line) as CatalogRecord;
      }
    },
    close: () => database.close(),
  };
};

/** Without what no row keeps: where a track came from is the longest thing said of it. */
const slim = (record: TrackRecord | AlbumRecord | ArtistRecord): object => {
  if (record.kind !== 'track') return record;
  const { source: _source, musicBrainzRecordingId: _recording, ...kept } = record;
  return kept;
};
