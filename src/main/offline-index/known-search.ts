/** The service's search, over what is known here. */
import type { DatabaseSync } from 'node:sqlite';
import {
  searchRequestSchema,
  type AlbumSummary,
  type ArtistSummary,
  type BestMatch,
  type SearchReply,
  type SearchRequest,
  type Track,
} from '../../contract/catalog-http.ts';
import type { Kind } from '../../core/search-text/filed-text.ts';
import type { CandidateSource, Hits } from '../../core/search-text/hits.ts';
import { playsInKey } from '../../core/search-text/order-keys.ts';
import { search, type SearchFindings } from '../../core/search-text/search.ts';
import type { Vocabulary } from '../../core/search-text/vocabulary.ts';
import { NAMES_APART } from './row-rules.ts';
import { GarbledIndex, prepare } from './sql.ts';
import { readBody } from './row-body.ts';

interface CandidateRow {
  readonly id: string;
  readonly name: string;
  readonly artists: string;
  readonly order_key: number;
  readonly tie: number;
}

const NAMED: Readonly<Record<Kind, string>> = {
  track: 'rows.title AS name, rows.artists',
  album: 'rows.title AS name, rows.artists',
  artist: `rows.name, '' AS artists`,
};

const createCandidateSource = (database: DatabaseSync): CandidateSource<CandidateRow> => {
  const statementFor = (kind: Kind) =>
    prepare<CandidateRow>(
      database,
      `SELECT rows.id, ${NAMED[kind]}, rows.order_key, rows.tie FROM ${kind}_text AS text
       CROSS JOIN ${kind}s AS rows ON rows.no = text.rowid WHERE text.${kind}_text MATCH ? LIMIT ?`,
    );
  const statements = {
    track: statementFor('track'),
    album: statementFor('album'),
    artist: statementFor('artist'),
  };
  return {
    read: (kind, expression, most) => [statements[kind].all(expression, most)],
    holds: (expression) =>
      Object.values(statements).some((statement) => statement.get(expression, 1) !== undefined),
    key: (row) => row.id,
    describer: () => (row) => ({
      title: row.name,
      artists: row.artists === '' ? [] : row.artists.split(NAMES_APART),
      plays: playsInKey(row.order_key),
    }),
    compare: (left, right) =>
      left.order_key - right.order_key || left.tie - right.tie || (left.id < right.id ? -1 : 1),
  };
};

export const createKnownSearch = (
  database: DatabaseSync,
  vocabulary: () => Vocabulary,
): ((request: SearchRequest) => SearchReply) => {
  const source = createCandidateSource(database);
  const bodyOf = {
    track: prepare<{ body: string }>(database, 'SELECT body FROM tracks WHERE id = ?'),
    album: prepare<{ body: string }>(database, 'SELECT body FROM albums WHERE id = ?'),
    artist: prepare<{ body: string }>(database, 'SELECT body FROM artists WHERE id = ?'),
  };
  const read = <Item>(kind: Kind, id: string): Item => {
    const row = bodyOf[kind].get(id);
    if (row === undefined) throw new GarbledIndex('A row that was found is not there.');
    return readBody<Item>(row.body);
  };

  const bestMatch = (best: SearchFindings<CandidateRow>['best']): BestMatch | null => {
    if (best === null) return null;
    switch (best.kind) {
      case 'track':
        return { kind: 'track', track: read<Track>('track', best.row.id) };
      case 'album':
        return { kind: 'album', album: read<AlbumSummary>('album', best.row.id) };
      case 'artist':
        return { kind: 'artist', artist: read<ArtistSummary>('artist', best.row.id) };
    }
  };

  return (request) => {
    const question = searchRequestSchema.parse(request);
    const { found, correctedQuery, best } = search(source, question, vocabulary);
    const items = <Item>(kind: Kind, { hits, total, capped }: Hits<CandidateRow>) => ({
      items: hits.slice(0, question.limit).map((hit) => read<Item>(kind, hit.row.id)),
      total,
      capped,
    });
    return {
      query: question.query,
      correctedQuery,
      best: bestMatch(best),
      tracks: items<Track>('track', found.track),
      albums: items<AlbumSummary>('album', found.album),
      artists: items<ArtistSummary>('artist', found.artist),
    };
  };
};
