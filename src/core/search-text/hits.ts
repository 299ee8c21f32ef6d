/**
 * Candidates for a query: the most popular few hundred that match, and everything that is called just that. Text indexes are
 * read in order of popularity and never sorted (ARCHITECTURE.md, docs/adr/0007).
 */
import { wholeExpression, wordsExpression, type Kind } from './filed-text.ts';
import { rank, type Candidate, type PreparedQuery } from './rank.ts';

/** Looked at for each kind, and so the most that a total is exact for. */
const MOST_CANDIDATES = 300;
const MOST_WHOLE = 50;

/** The text indexes of whoever searches. */
export interface CandidateSource<Row> {
  /** One list for each place that rows may be filed in: up to `most` that match the expression, most popular first. */
  read(kind: Kind, expression: string, most: number): readonly (readonly Row[])[];
  /** Whether anything at all matches the expression. */
  holds(expression: string): boolean;
  /** Tells rows of one kind apart. */
  key(row: Row): number | string;
  /** What ranking is to know of each row of one answer. */
  describer(kind: Kind): (row: Row) => Candidate;
  /** Under 0 when the left row is the more popular one. Never 0 for two rows. */
  compare(left: Row, right: Row): number;
}

interface Hit<Row> {
  readonly row: Row;
  readonly score: number;
}

export interface Hits<Row> {
  /** Best first. */
  readonly hits: readonly Hit<Row>[];
  readonly total: number;
  readonly capped: boolean;
}

export const NO_HITS: Hits<never> = { hits: [], total: 0, capped: false };

/** What answers the query, in order. */
export const findHits = <Row>(
  source: CandidateSource<Row>,
  kind: Kind,
  query: PreparedQuery,
  typed: string,
): Hits<Row> => {
  const words = wordsExpression(typed);
  if (words === null) return NO_HITS;
  const whole = wholeExpression(kind, typed);
  const found = new Map<number | string, Row>();
  let capped = false;
  for (const candidates of source.read(kind, words, MOST_CANDIDATES + 1)) {
    capped ||= candidates.length > MOST_CANDIDATES;
    for (const row of candidates.slice(0, MOST_CANDIDATES)) found.set(source.key(row), row);
  }
  // With everything in hand there is nothing more to be called that.
  if (capped && whole !== null) {
    for (const rows of source.read(kind, whole, MOST_WHOLE)) {
      for (const row of rows) found.set(source.key(row), row);
    }
  }
  const describe = source.describer(kind);
  const hits = [...found.values()]
    .map((row) => ({ row, score: rank(query, describe(row)) }))
    .sort((left, right) => right.score - left.score || source.compare(left.row, right.row));
  return { hits, total: hits.length, capped };
};

/** Whether anything holds a word that starts like this. */
export const isKnownWord = <Row>(source: CandidateSource<Row>, word: string): boolean => {
  const expression = wordsExpression(word);
  return expression !== null && source.holds(expression);
};
