/** The search of `/v1/search`: candidates of each kind, in order, the best of all, and a second try for mistyped words. */
import type { Database } from 'better-sqlite3';
import type { BestMatch, SearchKind, SearchReply } from '../../contract/catalog-http.ts';
import { MATCH, prepareQuery } from '../../core/search-text/rank.ts';
import {
  ALBUM_COLUMNS,
  ARTIST_COLUMNS,
  TRACK_COLUMNS,
  TRACK_TABLES,
  type AlbumRow,
  type ArtistRow,
  type CatalogRows,
  type TrackRow,
} from './catalog-rows.ts';
import { corrections } from './correction.ts';
import { createHitFinder, NO_HITS, type Hits } from './hits.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface SearchQuestion {
  readonly query: string;
  readonly limit: number;
  readonly kind?: SearchKind | undefined;
  readonly correct: boolean;
}

type Found = Readonly<Record<SearchKind, Hits>>;

/** Under this many hits a query is doubted, unless one of them is called just that. */
const FEW_HITS = 3;
/** … and given up for another one that finds this many times more. */
const MANY_TIMES_MORE = 10;

const totalOf = (found: Found): number => found.track.total + found.album.total + found.artist.total;
const bestScore = (found: Found): number =>
  Math.max(...[found.track, found.album, found.artist].map((hits) => hits.hits[0]?.score ?? 0));

/** Of equal matches the artist, then the track: a title is sooner a song's than its single's. */
const BEST_ORDER: readonly SearchKind[] = ['artist', 'track', 'album'];

export const createCatalogSearch = (
  database: Database,
  rows: CatalogRows,
): ((question: SearchQuestion, vocabulary: () => Vocabulary) => SearchReply) => {
  const finder = createHitFinder(database, rows);
  const track = database.prepare<[number], TrackRow>(
    `SELECT ${TRACK_COLUMNS} FROM ${TRACK_TABLES} WHERE tracks.no = ?`,
  );
  const album = database.prepare<[number], AlbumRow>(`SELECT ${ALBUM_COLUMNS} FROM albums WHERE no = ?`);
  const artist = database.prepare<[number], ArtistRow>(`SELECT ${ARTIST_COLUMNS} FROM artists WHERE no = ?`);

  const find = (typed: string, kind: SearchKind | undefined): Found => {
    const query = prepareQuery(typed);
    const of = (one: SearchKind): Hits =>
      kind === undefined || kind === one ? finder.find(one, query, typed) : NO_HITS;
    return { track: of('track'), album: of('album'), artist: of('artist') };
  };

  const bestOf = (found: Found): BestMatch | null => {
    const ranked = BEST_ORDER.flatMap((kind) => {
      const hit = found[kind].hits[0];
      return hit === undefined ? [] : [{ kind, no: hit.no, match: Math.floor(hit.score) }];
    }).sort((left, right) => right.match - left.match);
    const [best] = ranked;
    if (best === undefined) return null;
    switch (best.kind) {
      case 'track':
        return { kind: 'track', track: rows.track(present(track.get(best.no))) };
      case 'album':
        return { kind: 'album', album: rows.album(present(album.get(best.no))) };
      case 'artist':
        return { kind: 'artist', artist: rows.artist(present(artist.get(best.no))) };
    }
  };

  return (question, vocabulary) => {
    let found = find(question.query, question.kind);
    let correctedQuery: string | null = null;
    const total = totalOf(found);
    if (question.correct && total < FEW_HITS && bestScore(found) < MATCH.exactArtist) {
      for (const attempt of corrections(question.query, vocabulary(), finder.known)) {
        const other = find(attempt, question.kind);
        if (totalOf(other) > Math.max(0, total * MANY_TIMES_MORE)) {
          found = other;
          correctedQuery = attempt;
          break;
        }
      }
    }
    const items = <Row, Item>(
      hits: Hits,
      get: (no: number) => Row | undefined,
      toItem: (row: Row) => Item,
    ) => ({
      items: hits.hits.slice(0, question.limit).map((hit) => toItem(present(get(hit.no)))),
      total: hits.total,
      capped: hits.capped,
    });
    return {
      query: question.query,
      correctedQuery,
      best: bestOf(found),
      tracks: items(found.track, (no) => track.get(no), rows.track),
      albums: items(found.album, (no) => album.get(no), rows.album),
      artists: items(found.artist, (no) => artist.get(no), rows.artist),
    };
  };
};

const present = <Row>(row: Row | undefined): Row => {
  if (row === undefined) throw new Error('A row that was found is not there: the index is damaged.');
  return row;
};
