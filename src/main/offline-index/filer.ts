/** Puts what was seen into rows, and notes what follows from it until `derive` makes it good, once for many filings. */
import type { DatabaseSync } from 'node:sqlite';
import type { Track } from '../../contract/catalog-http.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { createAlbumRows } from './album-rows.ts';
import { createArtistRows } from './artist-rows.ts';
import { createBounds, type OfflineIndexLimits } from './bounds.ts';
import { SEEN_AGAIN_MS, type Touched } from './row-rules.ts';
import type { Filing } from './seen.ts';
import { prepare } from './sql.ts';
import { createTextRows } from './text-rows.ts';
import { createTrackRows } from './track-rows.ts';
import type { Words } from './words.ts';
import { toBody } from './row-body.ts';

/** Small enough that nobody waits for it. */
export type FilingTask =
  | { readonly kind: 'file'; readonly filing: Filing; readonly seenMs: number }
  | { readonly kind: 'hold'; readonly trackId: string; readonly held: boolean }
  | { readonly kind: 'pin'; readonly trackId: string; readonly pinned: boolean }
  /** Removes a little of what is too much. */
  | { readonly kind: 'trim' };

export interface Filer {
  /** In a transaction, with `derive` at its end. */
  carryOut(task: FilingTask): void;
  /** Whether `derive` has as much to do as one transaction should. */
  isFull(): boolean;
  derive(): void;
  /** After the transaction: whether it is written down. */
  ended(isWritten: boolean): void;
  /** Whether there is more than there should be, and something of it may go. */
  isOverLimits(): boolean;
}

/** About two milliseconds' work. */
const MOST_TOUCHED = 24;

export const createFiler = (
  database: DatabaseSync,
  words: Words,
  options: {
    readonly limits: OfflineIndexLimits;
    readonly isHeld: (trackId: string) => boolean;
    readonly isPinned: (trackId: string) => boolean;
  },
): Filer => {
  const touched: Touched = { albums: new Set(), artists: new Set(), dated: new Set() };
  const texts = createTextRows(database);
  const tracks = createTrackRows(database, texts, words, touched);
  const albums = createAlbumRows(database, texts, words, touched);
  const artists = createArtistRows(database, texts, words, touched);
  const nameGenre = prepare(database, 'INSERT OR IGNORE INTO genres(id, name, body) VALUES (?, ?, NULL)');
  const putGenre = prepare(
    database,
    `INSERT INTO genres(id, name, body) VALUES (?, ?, ?) ON CONFLICT(id)
     DO UPDATE SET name = excluded.name, body = excluded.body WHERE body IS NOT excluded.body`,
  );
  const findDocument = prepare<{ body: string; seen_ms: number }>(
    database,
    'SELECT body, seen_ms FROM documents WHERE kind = ? AND id = ?',
  );
  const putDocument = prepare(
    database,
    'INSERT OR REPLACE INTO documents(kind, id, seen_ms, body) VALUES (?, ?, ?, ?)',
  );
  const bounds = createBounds(database, options.limits, {
    track: tracks.remove,
    album: albums.remove,
    artist: artists.remove,
  });

  const putTrack = (track: Track, seenMs: number): void => {
    albums.name(track.album, seenMs);
    for (const artist of track.artists) artists.name(artist, seenMs);
    for (const genre of track.genres) nameGenre.run(genre.id, genre.name);
    tracks.put(track, seenMs, { held: options.isHeld(track.id), pinned: options.isPinned(track.id) });
  };

  const file = (filing: Filing, seenMs: number): void => {
    switch (filing.kind) {
      case 'track':
        return putTrack(filing.track, seenMs);
      case 'album':
        for (const artist of filing.album.artists) artists.name(artist, seenMs);
        return albums.put(filing.album, seenMs);
      case 'artist':
        return artists.put(filing.artist, seenMs);
      case 'genre':
        return putGenre.run(filing.genre.id, filing.genre.name, toBody(filing.genre));
      case 'document': {
        const before = findDocument.get(filing.of, filing.id);
        const body = toBody(filing.document);
        if (before?.body === body && seenMs - before.seen_ms <= SEEN_AGAIN_MS) return;
        return putDocument.run(filing.of, filing.id, seenMs, body);
      }
      default:
        return assertNever(filing);
    }
  };

  const clear = (): void => {
    for (const set of [touched.albums, touched.artists, touched.dated]) set.clear();
  };

  return {
    carryOut: (task) => {
      switch (task.kind) {
        case 'file':
          return file(task.filing, task.seenMs);
        case 'hold':
          return tracks.setHeld(task.trackId, task.held);
        case 'pin':
          return tracks.setPinned(task.trackId, task.pinned);
        case 'trim':
          return bounds.trim();
        default:
          return assertNever(task);
      }
    },
    isFull: () => touched.albums.size + touched.artists.size >= MOST_TOUCHED,
    derive: () => {
      for (const id of touched.dated) tracks.renumber(id);
      for (const id of touched.albums) albums.derive(id);
      for (const id of touched.artists) artists.derive(id);
      words.flush();
      clear();
    },
    ended: (isWritten) => {
      clear();
      if (isWritten) words.committed();
      else words.discard();
    },
    isOverLimits: bounds.isOver,
  };
};
