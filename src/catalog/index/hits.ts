/**
 * Candidates for a query: the most popular few hundred that match, and everything that is called just that. Both text
 * indexes are read in row order and never sorted (ARCHITECTURE.md, docs/adr/0007).
 */
import type { Database, Statement } from 'better-sqlite3';
import { rank, type PreparedQuery } from '../../core/search-text/rank.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { wholeExpression, wordsExpression } from './filed-text.ts';
import { playsInKey } from './order-keys.ts';
import { unpackAlbum, unpackTrack } from './row-codec.ts';
import { FILED, type Kind } from './schema.ts';

/** Looked at for each kind, and so the most that a total is exact for. */
export const MOST_CANDIDATES = 300;
const MOST_WHOLE = 50;

export interface Hit {
  readonly no: number;
  readonly score: number;
}

export interface Hits {
  /** Best first. */
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly capped: boolean;
}

export const NO_HITS: Hits = { hits: [], total: 0, capped: false };

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

export interface HitFinder {
  find(kind: Kind, query: PreparedQuery, typed: string): Hits;
  /** Whether anything at all holds a word that starts like this. */
  known(word: string): boolean;
}

export const createHitFinder = (database: Database, rows: CatalogRows): HitFinder => {
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

  const score = (
    kind: Kind,
    query: PreparedQuery,
    row: CandidateRow,
    nameOf: (artistNo: number) => string,
  ): Hit => {
    if (kind === 'artist')
      return { no: row.no, score: rank(query, { title: row.name, artists: [], plays: row.plays }) };
    const track = kind === 'track' ? unpackTrack(row.body ?? '') : null;
    const numbers = track?.artistNumbers ?? unpackAlbum(row.body ?? '').artistNumbers;
    return {
      no: row.no,
      score: rank(query, {
        title: track?.title ?? row.name,
        artists: numbers.map(nameOf),
        plays: track === null ? row.plays : playsInKey(row.plays),
      }),
    };
  };

  return {
    known: (word) => {
      const expression = wordsExpression(word);
      return (
        expression !== null &&
        statements.track.some((statement) => statement.get(expression, 1) !== undefined)
      );
    },
    find: (kind, query, typed) => {
      const words = wordsExpression(typed);
      if (words === null) return NO_HITS;
      const whole = wholeExpression(kind, typed);
      const found = new Map<number, CandidateRow>();
      let capped = false;
      for (const statement of statements[kind]) {
        const candidates = statement.all(words, MOST_CANDIDATES + 1);
        capped ||= candidates.length > MOST_CANDIDATES;
        for (const row of candidates.slice(0, MOST_CANDIDATES)) found.set(row.no, row);
      }
      // With everything in hand there is nothing more to be called that.
      if (capped && whole !== null) {
        for (const statement of statements[kind]) {
          for (const row of statement.all(whole, MOST_WHOLE)) found.set(row.no, row);
        }
      }
      // Popular tracks share few artists: each is looked up once.
      const names = new Map<number, string>();
      const nameOf = (artistNo: number): string => {
        const known = names.get(artistNo) ?? rows.artistRefs([artistNo])[0]?.name ?? '';
        names.set(artistNo, known);
        return known;
      };
      const hits = [...found.values()]
        .map((row) => score(kind, query, row, nameOf))
        .sort((left, right) => right.score - left.score || left.no - right.no);
      return { hits, total: hits.length, capped };
    },
  };
};
