/** What follows from the records: counts, lists, covers, text. Recomputed for what was touched, from the rows alone. */
import type { Database } from 'better-sqlite3';
import { filedName, filedText } from '../../core/search-text/filed-text.ts';
import { genreId, genresNamed } from './genre-id.ts';
import { playsInKey, popularityKey, releasedKey, tieOf } from '../../core/search-text/order-keys.ts';
import { packLinks, unpackAlbum, unpackLinks, unpackTrack, type AlbumLinks } from './row-codec.ts';
import { FILED, type Filed } from './schema.ts';
import type { TextFiler } from './text-filer.ts';

/** Numbers of rows that a set of records has changed, directly or not. */
export interface Touched {
  /** Tracks whose text is to be filed again; a base is filed whole, and a `Set` could not hold 16 million. */
  readonly tracks: Set<number> | 'all';
  readonly albums: Set<number>;
  readonly artists: Set<number>;
  readonly genres: Set<number>;
  /** Albums and artists whose text is to be filed again. */
  readonly albumTexts: Set<number>;
  readonly artistTexts: Set<number>;
}

interface AlbumRow {
  readonly id: string;
  readonly title: string;
  readonly recorded: number;
  readonly visible: number;
  readonly filed: Filed;
  readonly added_key: number;
  readonly body: string | null;
  readonly links: string | null;
}

interface TrackText {
  readonly no: number;
  readonly filed: Filed;
  readonly body: string;
  readonly album: string;
}

const FILED_AT_ONCE = 1000;
const lastOf = (rows: readonly TrackText[]): number => rows.at(-1)?.no ?? 0;

const NOWHERE: AlbumLinks = { artists: [], guests: [], genres: [], addedKey: 0, releasedKey: 0 };
const inOrder = (numbers: ReadonlySet<number>): readonly number[] =>
  [...numbers].sort((left, right) => left - right);

export const deriveRows = (database: Database, touched: Touched, filer: TextFiler): void => {
  deriveAlbums(database, touched);
  deriveArtists(database, touched);
  deriveGenres(database, touched);
  fileTexts(database, touched, filer);
};

const deriveAlbums = (database: Database, touched: Touched): void => {
  const find = database.prepare<[number], AlbumRow>(
    'SELECT id, title, recorded, visible, filed, added_key, body, links FROM albums WHERE no = ?',
  );
  const tracks = database.prepare<[number], { body: string }>('SELECT body FROM tracks WHERE album_no = ?');
  const genreNo = database.prepare<[string], { no: number }>('SELECT no FROM genres WHERE id = ?');
  const update = database.prepare(
    `UPDATE albums SET visible = ?, track_count = ?, duration_ms = ?, plays = ?, popularity_key = ?, links = ?
     WHERE no = ?`,
  );
  const linkArtist = database.prepare('INSERT OR IGNORE INTO artist_albums VALUES (?, ?, ?, ?, ?)');
  const unlinkArtist = database.prepare(
    'DELETE FROM artist_albums WHERE artist_no = ? AND guest = ? AND released_key = ? AND tie = ? AND album_no = ?',
  );
  const linkGenre = database.prepare('INSERT OR IGNORE INTO genre_albums VALUES (?, ?, ?, ?)');
  const unlinkGenre = database.prepare(
    'DELETE FROM genre_albums WHERE genre_no = ? AND added_key = ? AND tie = ? AND album_no = ?',
  );

  for (const no of inOrder(touched.albums)) {
    const row = find.get(no);
    if (row === undefined) continue;
    const before = row.links === null ? NOWHERE : unpackLinks(row.links);
    const tie = tieOf(row.id);
    for (const artist of before.artists) unlinkArtist.run(artist, 0, before.releasedKey, tie, no);
    for (const artist of before.guests) unlinkArtist.run(artist, 1, before.releasedKey, tie, no);
    for (const genre of before.genres) unlinkGenre.run(genre, before.addedKey, tie, no);

    let count = 0;
    let durationMs = 0;
    let plays = 0;
    const performers = new Set<number>();
    const genreCounts = new Map<string, number>();
    for (const track of tracks.iterate(no)) {
      const body = unpackTrack(track.body);
      count += 1;
      durationMs += body.durationMs;
      plays += body.plays ?? 0;
      for (const artist of body.artistNumbers) performers.add(artist);
      for (const genre of genresNamed(body.genres)) {
        genreCounts.set(genre.id, (genreCounts.get(genre.id) ?? 0) + 1);
      }
    }
    const body = row.body === null ? null : unpackAlbum(row.body);
    const visible = row.recorded === 1 && count > 0 && body !== null;
    const own = new Set(body?.artistNumbers);
    const links: AlbumLinks = visible
      ? {
          artists: [...own],
          guests: [...performers].filter((artist) => !own.has(artist)),
          genres: [...genreCounts]
            .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
            .flatMap(([genre]) => genreNo.get(genre)?.no ?? []),
          addedKey: row.added_key,
          releasedKey: releasedKey(body.addedAt, body.releaseDate),
        }
      : NOWHERE;
    for (const artist of links.artists) linkArtist.run(artist, 0, links.releasedKey, tie, no);
    for (const artist of links.guests) linkArtist.run(artist, 1, links.releasedKey, tie, no);
    for (const genre of links.genres) linkGenre.run(genre, links.addedKey, tie, no);
    for (const one of [before, links]) {
      for (const artist of [...one.artists, ...one.guests]) touched.artists.add(artist);
      for (const genre of one.genres) touched.genres.add(genre);
    }
    update.run(
      visible ? 1 : 0,
      count,
      durationMs,
      plays,
      popularityKey(plays, body?.releaseDate ?? null),
      packLinks(links),
      no,
    );
    // Names may have changed while it was out of sight.
    if (visible && (row.visible === 0 || row.filed === FILED.nowhere)) touched.albumTexts.add(no);
  }
};

const deriveArtists = (database: Database, touched: Touched): void => {
  const find = database.prepare<[number], { recorded: number; visible: number; filed: Filed }>(
    'SELECT recorded, visible, filed FROM artists WHERE no = ?',
  );
  const keys = database.prepare<[number], { order_key: number }>(
    'SELECT order_key FROM artist_tracks WHERE artist_no = ?',
  );
  const albums = database.prepare<[number], { albums: number }>(
    'SELECT count(*) AS albums FROM artist_albums WHERE artist_no = ? AND guest = 0',
  );
  const cover = database.prepare<[number], { artwork_no: number }>(
    `SELECT albums.artwork_no FROM artist_albums JOIN albums ON albums.no = artist_albums.album_no
     WHERE artist_no = ? AND artwork_no IS NOT NULL ORDER BY guest, released_key, artist_albums.tie LIMIT 1`,
  );
  const update = database.prepare(
    'UPDATE artists SET visible = ?, track_count = ?, album_count = ?, plays = ?, artwork_no = ? WHERE no = ?',
  );
  for (const no of inOrder(touched.artists)) {
    const row = find.get(no);
    if (row === undefined) continue;
    let tracks = 0;
    let plays = 0;
    for (const { order_key: key } of keys.iterate(no)) {
      tracks += 1;
      plays += playsInKey(key);
    }
    const albumCount = albums.get(no)?.albums ?? 0;
    const visible = row.recorded === 1 && tracks + albumCount > 0;
    update.run(visible ? 1 : 0, tracks, albumCount, plays, cover.get(no)?.artwork_no ?? null, no);
    if (visible && (row.visible === 0 || row.filed === FILED.nowhere)) touched.artistTexts.add(no);
  }
};

const deriveGenres = (database: Database, touched: Touched): void => {
  const find = database.prepare<[number], { id: string; name: string }>(
    'SELECT id, name FROM genres WHERE no = ?',
  );
  const tracks = database.prepare<[number], { tracks: number }>(
    'SELECT count(*) AS tracks FROM genre_tracks WHERE genre_no = ?',
  );
  const albums = database.prepare<[number], { albums: number }>(
    'SELECT count(*) AS albums FROM genre_albums WHERE genre_no = ?',
  );
  // As the most popular track writes it: the same name, whichever track came first.
  const top = database.prepare<[number], { body: string }>(
    `SELECT tracks.body FROM genre_tracks JOIN tracks ON tracks.no = genre_tracks.track_no
     WHERE genre_no = ? ORDER BY genre_tracks.order_key, tie LIMIT 1`,
  );
  const cover = database.prepare<[number], { artwork_no: number }>(
    `SELECT albums.artwork_no FROM genre_albums JOIN albums ON albums.no = genre_albums.album_no
     WHERE genre_no = ? AND artwork_no IS NOT NULL ORDER BY genre_albums.added_key, genre_albums.tie LIMIT 1`,
  );
  const update = database.prepare(
    'UPDATE genres SET name = ?, track_count = ?, album_count = ?, artwork_no = ? WHERE no = ?',
  );
  for (const no of inOrder(touched.genres)) {
    const row = find.get(no);
    if (row === undefined) continue;
    const body = top.get(no)?.body;
    const written = body === undefined ? [] : unpackTrack(body).genres;
    const name = written.find((genre) => genreId(genre) === row.id) ?? row.name;
    const coverNumber = cover.get(no)?.artwork_no ?? null;
    update.run(name, tracks.get(no)?.tracks ?? 0, albums.get(no)?.albums ?? 0, coverNumber, no);
  }
};

const fileTexts = (database: Database, touched: Touched, filer: TextFiler): void => {
  const artistName = database.prepare<[number], { name: string }>('SELECT name FROM artists WHERE no = ?');
  const namesOf = (numbers: readonly number[]): string =>
    filedText(numbers.map((no) => artistName.get(no)?.name ?? '').join('\n'));

  const trackColumns = `SELECT tracks.no, tracks.filed, tracks.body, albums.title AS album
    FROM tracks JOIN albums ON albums.no = tracks.album_no`;
  const markTrack = database.prepare('UPDATE tracks SET filed = ? WHERE no = ?');
  const fileTrack = (row: TrackText): void => {
    const body = unpackTrack(row.body);
    const texts = [filedName(body.title), namesOf(body.artistNumbers), filedText(row.album)];
    const filed = filer.file('track', row.no, row.filed, texts);
    if (filed !== row.filed) markTrack.run(filed, row.no);
  };
  if (touched.tracks === 'all') {
    const next = database.prepare<[number, number], TrackText>(
      `${trackColumns} WHERE tracks.no > ? ORDER BY tracks.no LIMIT ?`,
    );
    for (
      let rows = next.all(0, FILED_AT_ONCE);
      rows.length > 0;
      rows = next.all(lastOf(rows), FILED_AT_ONCE)
    ) {
      rows.forEach(fileTrack);
    }
  } else {
    const find = database.prepare<[number], TrackText>(`${trackColumns} WHERE tracks.no = ?`);
    for (const no of inOrder(touched.tracks)) {
      const row = find.get(no);
      if (row !== undefined) fileTrack(row);
    }
  }

  const findAlbum = database.prepare<
    [number],
    { filed: Filed; visible: number; title: string; body: string | null }
  >('SELECT filed, visible, title, body FROM albums WHERE no = ?');
  const markAlbum = database.prepare('UPDATE albums SET filed = ? WHERE no = ?');
  for (const no of inOrder(touched.albumTexts)) {
    const row = findAlbum.get(no);
    if (row?.visible !== 1 || row.body === null) continue;
    const texts = [filedName(row.title), namesOf(unpackAlbum(row.body).artistNumbers)];
    markAlbum.run(filer.file('album', no, row.filed, texts), no);
  }

  const findArtist = database.prepare<[number], { filed: Filed; visible: number; name: string }>(
    'SELECT filed, visible, name FROM artists WHERE no = ?',
  );
  const markArtist = database.prepare('UPDATE artists SET filed = ? WHERE no = ?');
  for (const no of inOrder(touched.artistTexts)) {
    const row = findArtist.get(no);
    if (row?.visible !== 1) continue;
    markArtist.run(filer.file('artist', no, row.filed, [filedName(row.name)]), no);
  }
};
