/** The search of `/v1/search`: the rules of `core/search-text` over the rows of an index. */
import type { Database, Statement } from 'better-sqlite3';
import type { BestMatch, SearchReply } from '../../contract/catalog-http.ts';
import type { Kind } from '../../core/search-text/filed-text.ts';
import type { CandidateSource, Hits } from '../../core/search-text/hits.ts';
import { playsInKey } from '../../core/search-text/order-keys.ts';
import { search, type SearchFindings, type SearchQuestion } from '../../core/search-text/search.ts';
import type { Vocabulary } from '../../core/search-text/vocabulary.ts';
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
import { unpackAlbum, unpackTrack } from './row-codec.ts';
import { FILED } from './schema.ts';

export interface CatalogQuestion extends SearchQuestion {
  /** Items given of each kind. */
  readonly limit: number;
}

interface CandidateRow {
  readonly no: number;
  readonly name: string;
  readonly body: string | null;
  readonly plays: number;
}

const NAMED: Readonly<Record<Kind, string>> = {
  track: `'' AS name, rows.body AS body, rows.order_key AS plays`,
  album: 'rows.title AS name, rows.body AS body, rows.plays AS plays',
  artist: 'rows.name AS name, NULL AS body, rows.plays AS plays',
};

const createCandidateSource = (database: Database, rows: CatalogRows): CandidateSource<CandidateRow> => {
  // NOT INDEXED: by number, and nothing else; the planner would rather scan the small index of fresh rows for each hit.
  const statementFor = (kind: Kind, place: 'base' | 'fresh') =>
    database.prepare<[string, number], CandidateRow>(
      `SELECT rows.no, ${NAMED[kind]} FROM ${kind}_text_${place} AS text
       CROSS JOIN ${kind}s AS rows NOT INDEXED ON rows.no = text.rowid
       WHERE text.${kind}_text_${place} MATCH ? AND rows.filed = ${FILED[place]}
       ${kind === 'track' ? '' : 'AND rows.visible = 1'} LIMIT ?`,
    );
  const statements: Readonly<Record<Kind, readonly Statement<[string, number], CandidateRow>[]>> = {
    track: [statementFor('track', 'base'), statementFor('track', 'fresh')],
    album: [statementFor('album', 'base'), statementFor('album', 'fresh')],
    artist: [statementFor('artist', 'base'), statementFor('artist', 'fresh')],
  };
  return {
    read: (kind, expression, most) => statements[kind].map((statement) => statement.all(expression, most)),
    // Whatever is in the catalog has a track, whose text holds its album's title and its artists' names.
    holds: (expression) => statements.track.some((statement) => statement.get(expression, 1) !== undefined),
    key: (row) => row.no,
    compare: (left, right) => left.no - right.no,
    describer: (kind) => {
      // Popular tracks share few artists: each is looked up once.
      const names = new Map<number, string>();
      const nameOf = (artistNo: number): string => {
        const known = names.get(artistNo) ?? rows.artistRefs([artistNo])[0]?.name ?? '';
        names.set(artistNo, known);
        return known;
      };
      return (row) => {
        if (kind === 'artist') return { title: row.name, artists: [], plays: row.plays };
        const track = kind === 'track' ? unpackTrack(row.body ?? '') : null;
        const numbers = track?.artistNumbers ?? unpackAlbum(row.body ?? '').artistNumbers;
        return {
          title: track?.title ?? row.name,
          artists: numbers.map(nameOf),
          plays: track === null ? row.plays : playsInKey(row.plays),
        };
      };
    },
  };
};

export const createCatalogSearch = (
  database: Database,
  rows: CatalogRows,
): ((question: CatalogQuestion, vocabulary: () => Vocabulary) => SearchReply) => {
  const source = createCandidateSource(database, rows);
  const track = database.prepare<[number], TrackRow>(
    `SELECT ${TRACK_COLUMNS} FROM ${TRACK_TABLES} WHERE tracks.no = ?`,
  );
  const album = database.prepare<[number], AlbumRow>(`SELECT ${ALBUM_COLUMNS} FROM albums WHERE no = ?`);
  const artist = database.prepare<[number], ArtistRow>(`SELECT ${ARTIST_COLUMNS} FROM artists WHERE no = ?`);

  const bestMatch = (best: SearchFindings<CandidateRow>['best']): BestMatch | null => {
    if (best === null) return null;
    const { no } = best.row;
    switch (best.kind) {
      case 'track':
        return { kind: 'track', track: rows.track(present(track.get(no))) };
      case 'album':
        return { kind: 'album', album: rows.album(present(album.get(no))) };
      case 'artist':
        return { kind: 'artist', artist: rows.artist(present(artist.get(no))) };
    }
  };

  return (question, vocabulary) => {
    const { found, correctedQuery, best } = search(source, question, vocabulary);
    const items = <Row, Item>(
      hits: Hits<CandidateRow>,
      get: (no: number) => Row | undefined,
      toItem: (row: Row) => Item,
    ) => ({
      items: hits.hits.slice(0, question.limit).map((hit) => toItem(present(get(hit.row.no)))),
      total: hits.total,
      capped: hits.capped,
    });
    return {
      query: question.query,
      correctedQuery,
      best: bestMatch(best),
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
