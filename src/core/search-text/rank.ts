/**
 * The order of what was found: how well it answers the query first, how much it is played second. The index hands over a
 * few hundred candidates in order of popularity; this puts them in order.
 */
import { normalise } from './normalise.ts';

/** What ranking needs to know of a track, an album (`artists`: its artists) or an artist (`artists`: none). */
export interface Candidate {
  readonly title: string;
  readonly artists: readonly string[];
  readonly plays: number | null;
}

/** A query made ready once for many candidates. */
export interface PreparedQuery {
  readonly text: string;
  readonly compact: string;
  readonly words: readonly string[];
}

/** Best first; the numbers are only compared. */
export const MATCH = {
  exactTitle: 9,
  exactTitleWrittenTogether: 8,
  exactArtist: 7,
  titleAndArtistNamed: 6,
  titlePrefix: 5,
  allWordsInTitle: 4,
  artistPrefix: 3,
  allWordsInTitleAndArtists: 2,
  elsewhere: 1,
} as const;

export type Match = (typeof MATCH)[keyof typeof MATCH];

const withoutSpaces = (text: string): string => text.replaceAll(' ', '');
const wordsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

export const prepareQuery = (query: string): PreparedQuery => {
  const text = normalise(query);
  return { text, compact: withoutSpaces(text), words: wordsOf(text) };
};

/** All but the last word in full, the last one at least begun. */
const holdsAll = (asked: readonly string[], words: readonly string[]): boolean =>
  asked.every((word, index) =>
    index === asked.length - 1 ? words.some((other) => other.startsWith(word)) : words.includes(word),
  );

/** In which way a candidate answers the query. */
export const matchOf = (query: PreparedQuery, candidate: Candidate): Match => {
  const title = normalise(candidate.title);
  if (title === query.text) return MATCH.exactTitle;
  if (withoutSpaces(title) === query.compact) return MATCH.exactTitleWrittenTogether;
  const artists = candidate.artists.map((artist) => normalise(artist));
  if (artists.some((artist) => artist === query.text || withoutSpaces(artist) === query.compact)) {
    return MATCH.exactArtist;
  }
  const titleWords = wordsOf(title);
  const artistWords = artists.flatMap(wordsOf);
  const together = holdsAll(query.words, [...titleWords, ...artistWords]);
  if (
    together &&
    query.words.length > titleWords.length &&
    titleWords.every((word) => query.words.includes(word))
  ) {
    return MATCH.titleAndArtistNamed;
  }
  if (title.startsWith(query.text)) return MATCH.titlePrefix;
  if (holdsAll(query.words, titleWords)) return MATCH.allWordsInTitle;
  if (artists.some((artist) => artist.startsWith(query.text))) return MATCH.artistPrefix;
  return together ? MATCH.allWordsInTitleAndArtists : MATCH.elsewhere;
};

/** Larger is better: the way it matches before the comma, plays after it (0 to under 1, growing with every play). */
export const rank = (query: PreparedQuery, candidate: Candidate): number =>
  matchOf(query, candidate) + Math.log2(1 + (candidate.plays ?? 0)) / 64;
