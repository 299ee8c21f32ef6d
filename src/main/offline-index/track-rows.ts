import type { DatabaseSync } from 'node:sqlite';
import type { Track } from '../../contract/catalog-http.ts';
import { filedName, filedText } from '../../core/search-text/filed-text.ts';
import { playsInKey, popularityKey, sortKey, tieOf } from '../../core/search-text/order-keys.ts';
import { NAMES_APART, SEEN_AGAIN_MS, type Touched } from './row-rules.ts';
import { prepare } from './sql.ts';
import type { TextRows } from './text-rows.ts';
import type { Words } from './words.ts';
import { readBody, toBody } from './row-body.ts';

interface TrackRow {
  readonly order_key: number;
  readonly album_id: string;
  readonly seen_ms: number;
  readonly held: number;
  readonly body: string;
}

export interface TrackRows {
  /** Files a track, or notes that it was seen again. Its album's row must be there. */
  put(track: Track, seenMs: number, marks: { readonly held: boolean; readonly pinned: boolean }): void;
  remove(id: string): void;
  setHeld(id: string, held: boolean): void;
  setPinned(id: string, pinned: boolean): void;
  /** Puts the tracks of an album in their order again: its release date has become known. */
  renumber(albumId: string): void;
}

export const createTrackRows = (
  database: DatabaseSync,
  texts: TextRows,
  words: Words,
  touched: Touched,
): TrackRows => {
  const find = prepare<TrackRow>(
    database,
    'SELECT order_key, album_id, seen_ms, held, body FROM tracks WHERE id = ?',
  );
  const releaseDate = prepare<{ release_date: string | null }>(
    database,
    'SELECT release_date FROM albums WHERE id = ?',
  );
  const add = prepare(
    database,
    `INSERT INTO tracks(no, id, title, artists, order_key, tie, sort_key, album_id, plays, duration_ms, seen_ms,
       held, pinned, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const seenAgain = prepare(database, 'UPDATE tracks SET seen_ms = ? WHERE id = ?');
  const removeRow = prepare(database, 'DELETE FROM tracks WHERE id = ?');
  const markHeld = prepare(database, 'UPDATE tracks SET held = ? WHERE id = ?');
  const heldOfAlbum = prepare(database, 'UPDATE albums SET held = held + ? WHERE id = ?');
  const heldOfArtist = prepare(database, 'UPDATE artists SET held = held + ? WHERE id = ?');
  const markPinned = prepare(database, 'UPDATE tracks SET pinned = ? WHERE id = ?');
  const ofAlbum = prepare<{ id: string; seen_ms: number; held: number; pinned: number; body: string }>(
    database,
    'SELECT id, seen_ms, held, pinned, body FROM tracks WHERE album_id = ?',
  );
  const linkArtist = prepare(database, 'INSERT OR IGNORE INTO artist_tracks VALUES (?, ?)');
  const unlinkArtist = prepare(database, 'DELETE FROM artist_tracks WHERE artist_id = ? AND track_id = ?');
  const linkGenre = prepare(database, 'INSERT OR IGNORE INTO genre_tracks VALUES (?, ?, ?)');
  const unlinkGenre = prepare(
    database,
    'DELETE FROM genre_tracks WHERE genre_id = ? AND album_id = ? AND track_id = ?',
  );

  const touch = (track: Track): void => {
    touched.albums.add(track.album.id);
    for (const artist of track.artists) touched.artists.add(artist.id);
  };

  const take = (id: string, row: Pick<TrackRow, 'body'>): void => {
    const before = readBody<Track>(row.body);
    texts.unfile('track', id);
    words.count(before.title, -1);
    for (const artist of before.artists) unlinkArtist.run(artist.id, id);
    for (const genre of before.genres) unlinkGenre.run(genre.id, before.album.id, id);
    removeRow.run(id);
    touch(before);
  };

  const orderKeyOf = (track: Track): number =>
    popularityKey(track.plays, releaseDate.get(track.album.id)?.release_date ?? null);

  const file = (
    track: Track,
    body: string,
    seenMs: number,
    marks: { readonly held: boolean; readonly pinned: boolean },
  ): void => {
    const { id } = track;
    const orderKey = orderKeyOf(track);
    const tie = tieOf(id);
    const names = track.artists.map((artist) => artist.name);
    add.run(
      texts.numberFor('track', id, orderKey, tie),
      id,
      track.title,
      names.join(NAMES_APART),
      orderKey,
      tie,
      sortKey(track.title),
      track.album.id,
      playsInKey(orderKey),
      track.durationMs,
      seenMs,
      marks.held ? 1 : 0,
      marks.pinned ? 1 : 0,
      body,
    );
    texts.file('track', id, [
      filedName(track.title),
      filedText(names.join('\n')),
      filedText(track.album.title),
    ]);
    words.count(track.title, 1);
    for (const artist of track.artists) linkArtist.run(artist.id, id);
    for (const genre of track.genres) linkGenre.run(genre.id, track.album.id, id);
    touch(track);
  };

  return {
    put: (track, seenMs, marks) => {
      const before = find.get(track.id);
      const body = toBody(track);
      if (before?.body === body) {
        if (seenMs - before.seen_ms > SEEN_AGAIN_MS) seenAgain.run(seenMs, track.id);
        return;
      }
      if (before !== undefined) take(track.id, before);
      file(track, body, seenMs, marks);
    },
    remove: (id) => {
      const row = find.get(id);
      if (row !== undefined) take(id, row);
    },
    setHeld: (id, held) => {
      const row = find.get(id);
      if (row === undefined || (row.held === 1) === held) return;
      markHeld.run(held ? 1 : 0, id);
      const change = held ? 1 : -1;
      heldOfAlbum.run(change, row.album_id);
      const artists = new Set(readBody<Track>(row.body).artists.map((artist) => artist.id));
      for (const artist of artists) heldOfArtist.run(change, artist);
    },
    setPinned: (id, pinned) => markPinned.run(pinned ? 1 : 0, id),
    renumber: (albumId) => {
      for (const row of ofAlbum.all(albumId)) {
        const track = readBody<Track>(row.body);
        if (find.get(row.id)?.order_key === orderKeyOf(track)) continue;
        take(row.id, row);
        file(track, row.body, row.seen_ms, { held: row.held === 1, pinned: row.pinned === 1 });
      }
    },
  };
};
