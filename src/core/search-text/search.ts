/** The search: candidates of each kind, in order, the best of all, and a second try for mistyped words. */
import { corrections } from './correction.ts';
import { KINDS, type Kind } from './filed-text.ts';
import { findHits, isKnownWord, NO_HITS, type CandidateSource, type Hits } from './hits.ts';
import { MATCH, prepareQuery } from './rank.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface SearchQuestion {
  readonly query: string;
  /** Only this kind; all of them when it is left out. */
  readonly kind?: Kind | undefined;
  /** Whether a query that finds next to nothing may be mended. */
  readonly correct: boolean;
}

type Found<Row> = Readonly<Record<Kind, Hits<Row>>>;

export interface SearchFindings<Row> {
  readonly found: Found<Row>;
  /** What was searched instead, or null when the query was taken as typed. */
  readonly correctedQuery: string | null;
  readonly best: { readonly kind: Kind; readonly row: Row } | null;
}

/** Under this many hits a query is doubted, unless one of them is called just that. */
const FEW_HITS = 3;
/** … and given up for another one that finds this many times more. */
const MANY_TIMES_MORE = 10;

const totalOf = (found: Found<unknown>): number => found.track.total + found.album.total + found.artist.total;
const bestScore = (found: Found<unknown>): number =>
  Math.max(...KINDS.map((kind) => found[kind].hits[0]?.score ?? 0));

/** Of equal matches the artist, then the track: a title is sooner a song's than its single's. */
const BEST_ORDER: readonly Kind[] = ['artist', 'track', 'album'];

const bestOf = <Row>(found: Found<Row>): SearchFindings<Row>['best'] => {
  const [best] = BEST_ORDER.flatMap((kind) => {
    const hit = found[kind].hits[0];
    return hit === undefined ? [] : [{ kind, row: hit.row, match: Math.floor(hit.score) }];
  }).sort((left, right) => right.match - left.match);
  return best === undefined ? null : { kind: best.kind, row: best.row };
};

/** Answers one question. The vocabulary is asked for only when the query is doubted. */
export const search = <Row>(
  source: CandidateSource<Row>,
  question: SearchQuestion,
  vocabulary: () => Vocabulary,
): SearchFindings<Row> => {
  const find = (typed: string): Found<Row> => {
    const query = prepareQuery(typed);
    const of = (kind: Kind): Hits<Row> =>
      question.kind === undefined || question.kind === kind ? findHits(source, kind, query, typed) : NO_HITS;
    return { track: of('track'), album: of('album'), artist: of('artist') };
  };

  const found = find(question.query);
  const total = totalOf(found);
  if (question.correct && total < FEW_HITS && bestScore(found) < MATCH.exactArtist) {
    for (const attempt of corrections(question.query, vocabulary(), (word) => isKnownWord(source, word))) {
      const other = find(attempt);
      if (totalOf(other) > Math.max(0, total * MANY_TIMES_MORE)) {
        return { found: other, correctedQuery: attempt, best: bestOf(other) };
      }
    }
  }
  return { found, correctedQuery: null, best: bestOf(found) };
};
