import type { DatabaseSync } from 'node:sqlite';
import type { AlbumSummary, ArtistRef, ArtistSummary } from '../../contract/catalog-http.ts';
import { filedName } from '../../core/search-text/filed-text.ts';
import { popularityKey, sortKey, tieOf } from '../../core/search-text/order-keys.ts';
import { SEEN_AGAIN_MS, type Touched } from './row-rules.ts';
import { prepare } from './sql.ts';
import type { TextRows } from './text-rows.ts';
import type { Words } from './words.ts';
import { readBody, toBody } from './row-body.ts';

interface ArtistRow {
  readonly name: string;
  readonly order_key: number;
  readonly seen_ms: number;
  readonly implied: number;
  readonly filed: number;
  readonly works: number;
  readonly held: number;
  readonly body: string;
}

export interface ArtistRows {
  /** Makes a row for an artist that a track or album names, when there is none. */
  name(ref: ArtistRef, seenMs: number): void;
  put(summary: ArtistSummary, seenMs: number): void;
  remove(id: string): void;
  /** Brings everything that follows from the artist's tracks and albums up to date; after `derive` of those albums. */
  derive(id: string): void;
}

const COVERS_LOOKED_AT = 5;

export const createArtistRows = (
  database: DatabaseSync,
  texts: TextRows,
  words: Words,
  touched: Touched,
): ArtistRows => {
  const find = prepare<ArtistRow>(
    database,
    'SELECT name, order_key, seen_ms, implied, filed, works, held, body FROM artists WHERE id = ?',
  );
  const add = prepare(
    database,
    `INSERT INTO artists(no, id, name, order_key, tie, sort_key, seen_ms, implied, filed, works, held, body)
     VALUES (?, ?, '', ?, ?, '', ?, 1, 0, 0, 0, ?)`,
  );
  const seenAgain = prepare(database, 'UPDATE artists SET seen_ms = ? WHERE id = ?');
  const say = prepare(database, 'UPDATE artists SET implied = ?, seen_ms = ?, body = ? WHERE id = ?');
  const update = prepare(
    database,
    `UPDATE artists SET no = ?, name = ?, order_key = ?, sort_key = ?, filed = 1, works = ?, held = ?, body = ?
     WHERE id = ?`,
  );
  const count = prepare(database, 'UPDATE artists SET works = ?, held = ?, body = ? WHERE id = ?');
  const removeRow = prepare(database, 'DELETE FROM artists WHERE id = ?');
  const sums = prepare<{ tracks: number; plays: number; held: number }>(
    database,
    `SELECT count(*) AS tracks, coalesce(sum(plays), 0) AS plays, coalesce(sum(held), 0) AS held
     FROM artist_tracks JOIN tracks ON tracks.id = artist_tracks.track_id WHERE artist_id = ?`,
  );
  const albums = prepare<{ own: number; works: number }>(
    database,
    'SELECT coalesce(sum(guest = 0), 0) AS own, count(*) AS works FROM artist_albums WHERE artist_id = ?',
  );
  const covers = prepare<{ body: string }>(
    database,
    `SELECT albums.body FROM artist_albums JOIN albums ON albums.id = artist_albums.album_id
     WHERE artist_id = ? ORDER BY guest, released_key, artist_albums.tie LIMIT ${COVERS_LOOKED_AT}`,
  );

  const coverOf = (id: string): ArtistSummary['artwork'] => {
    for (const { body } of covers.all(id)) {
      const { artwork } = readBody<AlbumSummary>(body);
      if (artwork !== null) return artwork;
    }
    return null;
  };

  const remove = (id: string): void => {
    const row = find.get(id);
    if (row === undefined) return;
    if (row.filed === 1) {
      texts.unfile('artist', id);
      words.count(row.name, -1);
    }
    removeRow.run(id);
  };

  const name = (ref: ArtistRef, seenMs: number): void => {
    const before = find.get(ref.id);
    if (before === undefined) {
      const orderKey = popularityKey(null, null);
      const tie = tieOf(ref.id);
      const body: ArtistSummary = { ...ref, artwork: null, albumCount: 0, trackCount: 0 };
      add.run(texts.numberFor('artist', ref.id, orderKey, tie), ref.id, orderKey, tie, seenMs, toBody(body));
      touched.artists.add(ref.id);
    } else if (before.filed === 1 && before.name !== ref.name) {
      const body: ArtistSummary = { ...readBody<ArtistSummary>(before.body), name: ref.name };
      say.run(before.implied, seenMs, toBody(body), ref.id);
      touched.artists.add(ref.id);
    }
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
      say.run(0, seenMs, body, summary.id);
      touched.artists.add(summary.id);
    },
    derive: (id) => {
      const row = find.get(id);
      if (row === undefined) return;
      const { tracks, plays, held } = sums.get(id) ?? { tracks: 0, plays: 0, held: 0 };
      const { own, works: onAlbums } = albums.get(id) ?? { own: 0, works: 0 };
      const works = tracks + onAlbums;
      if (row.implied === 1 && works === 0) {
        remove(id);
        return;
      }
      const said = readBody<ArtistSummary>(row.body);
      const summary: ArtistSummary =
        row.implied === 1 ? { ...said, artwork: coverOf(id), albumCount: own, trackCount: tracks } : said;
      const body = toBody(summary);
      const orderKey = popularityKey(plays, null);
      const isFiled = row.filed === 1 && row.name === summary.name && row.order_key === orderKey;
      if (isFiled) {
        if (row.works !== works || row.held !== held || row.body !== body) count.run(works, held, body, id);
        return;
      }
      if (row.filed === 1) {
        texts.unfile('artist', id);
        words.count(row.name, -1);
      }
      const no = texts.numberFor('artist', id, orderKey, tieOf(id));
      update.run(no, summary.name, orderKey, sortKey(summary.name), works, held, body, id);
      texts.file('artist', id, [filedName(summary.name)]);
      words.count(summary.name, 1);
    },
  };
};
