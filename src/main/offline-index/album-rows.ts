import type { DatabaseSync } from 'node:sqlite';
import type { AlbumRef, AlbumSummary, ArtistRef, Track } from '../../contract/catalog-http.ts';
import { filedName, filedText } from '../../core/search-text/filed-text.ts';
import { addedKey, popularityKey, releasedKey, sortKey, tieOf } from '../../core/search-text/order-keys.ts';
import { impliedAlbum } from './implied.ts';
import { NAMES_APART, SEEN_AGAIN_MS, type Touched } from './row-rules.ts';
import { prepare } from './sql.ts';
import type { TextRows } from './text-rows.ts';
import type { Words } from './words.ts';
import { readBody, toBody } from './row-body.ts';

interface AlbumRow {
  readonly title: string;
  readonly artists: string;
  readonly order_key: number;
  readonly release_date: string | null;
  readonly seen_ms: number;
  readonly implied: number;
  readonly filed: number;
  readonly tracks: number;
  readonly held: number;
  readonly links: string;
  readonly body: string;
}

export interface AlbumRows {
  /** Makes a row for an album that a track names, when there is none. */
  name(ref: AlbumRef, seenMs: number): void;
  put(summary: AlbumSummary, seenMs: number): void;
  remove(id: string): void;
  /** Brings everything that follows from the album and its tracks up to date. */
  derive(id: string): void;
}

export const createAlbumRows = (
  database: DatabaseSync,
  texts: TextRows,
  words: Words,
  touched: Touched,
): AlbumRows => {
  const find = prepare<AlbumRow>(
    database,
    `SELECT title, artists, order_key, release_date, seen_ms, implied, filed, tracks, held, links, body
     FROM albums WHERE id = ?`,
  );
  const add = prepare(
    database,
    `INSERT INTO albums(no, id, title, artists, order_key, tie, sort_key, added_key, release_date, seen_ms, implied,
       filed, tracks, held, links, body) VALUES (?, ?, '', '', ?, ?, '', 0, NULL, ?, 1, 0, 0, 0, '', ?)`,
  );
  const seenAgain = prepare(database, 'UPDATE albums SET seen_ms = ? WHERE id = ?');
  const say = prepare(
    database,
    'UPDATE albums SET implied = 0, release_date = ?, seen_ms = ?, body = ? WHERE id = ?',
  );
  const update = prepare(
    database,
    `UPDATE albums SET no = ?, title = ?, artists = ?, order_key = ?, sort_key = ?, added_key = ?, filed = 1,
       tracks = ?, held = ?, links = ?, body = ? WHERE id = ?`,
  );
  const count = prepare(database, 'UPDATE albums SET tracks = ?, held = ? WHERE id = ?');
  const removeRow = prepare(database, 'DELETE FROM albums WHERE id = ?');
  const tracksOf = prepare<{ body: string; plays: number; held: number }>(
    database,
    'SELECT body, plays, held FROM tracks WHERE album_id = ? ORDER BY no',
  );
  const link = prepare(database, 'INSERT OR IGNORE INTO artist_albums VALUES (?, ?, ?, ?, ?)');
  const unlink = prepare(database, 'DELETE FROM artist_albums WHERE album_id = ?');
  const linked = prepare<{ artist_id: string }>(
    database,
    'SELECT artist_id FROM artist_albums WHERE album_id = ?',
  );

  const touchLinked = (id: string): void => {
    for (const row of linked.all(id)) touched.artists.add(row.artist_id);
  };

  const relink = (id: string, own: readonly ArtistRef[], guests: ReadonlySet<string>, key: number): void => {
    touchLinked(id);
    unlink.run(id);
    const tie = tieOf(id);
    for (const artist of own) link.run(artist.id, 0, key, tie, id);
    for (const artist of guests) link.run(artist, 1, key, tie, id);
    touchLinked(id);
  };

  const remove = (id: string): void => {
    const row = find.get(id);
    if (row === undefined) return;
    if (row.filed === 1) {
      texts.unfile('album', id);
      words.count(row.title, -1);
    }
    touchLinked(id);
    unlink.run(id);
    removeRow.run(id);
  };

  const name = (ref: AlbumRef, seenMs: number): void => {
    if (find.get(ref.id) !== undefined) return;
    const orderKey = popularityKey(null, null);
    const tie = tieOf(ref.id);
    add.run(texts.numberFor('album', ref.id, orderKey, tie), ref.id, orderKey, tie, seenMs, '');
    touched.albums.add(ref.id);
  };

  return {
    name,
    remove,
    put: (summary, seenMs) => {
      name(summary, seenMs);
      const before = find.get(summary.id);
      const body = toBody(summary);
      if (before?.body === body && before.implied === 0) {
        if (seenMs - before.seen_ms > SEEN_AGAIN_MS) seenAgain.run(seenMs, summary.id);
        return;
      }
      say.run(summary.releaseDate, seenMs, body, summary.id);
      touched.albums.add(summary.id);
      if (before?.release_date !== summary.releaseDate) touched.dated.add(summary.id);
    },
    derive: (id) => {
      const row = find.get(id);
      if (row === undefined) return;
      const rows = tracksOf.all(id);
      const tracks = rows.map(({ body }) => readBody<Track>(body));
      const [first] = tracks;
      if (row.implied === 1 && first === undefined) {
        remove(id);
        return;
      }
      const summary =
        row.implied === 1 && first !== undefined
          ? impliedAlbum(first.album, tracks, row.seen_ms)
          : readBody<AlbumSummary>(row.body);
      const own = new Set(summary.artists.map((artist) => artist.id));
      const guests = new Set<string>();
      for (const track of tracks) {
        for (const artist of track.artists) if (!own.has(artist.id)) guests.add(artist.id);
      }
      const released = releasedKey(summary.addedAt, summary.releaseDate);
      const links = JSON.stringify([[...own], [...guests], released]);
      if (links !== row.links) relink(id, summary.artists, guests, released);

      const plays = rows.reduce((sum, track) => sum + track.plays, 0);
      const held = rows.filter((track) => track.held === 1).length;
      const orderKey = popularityKey(plays, summary.releaseDate);
      const names = summary.artists.map((artist) => artist.name);
      const artists = names.join(NAMES_APART);
      const body = row.implied === 1 ? toBody(summary) : row.body;
      const isFiled = row.filed === 1 && row.title === summary.title && row.artists === artists;
      if (isFiled && row.order_key === orderKey && row.links === links && row.body === body) {
        if (row.tracks !== rows.length || row.held !== held) count.run(rows.length, held, id);
        return;
      }
      if (row.filed === 1) {
        texts.unfile('album', id);
        words.count(row.title, -1);
      }
      const no = texts.numberFor('album', id, orderKey, tieOf(id));
      update.run(
        no,
        summary.title,
        artists,
        orderKey,
        sortKey(summary.title),
        addedKey(summary.addedAt, summary.releaseDate),
        rows.length,
        held,
        links,
        body,
        id,
      );
      texts.file('album', id, [filedName(summary.title), filedText(names.join('\n'))]);
      words.count(summary.title, 1);
    },
  };
};
