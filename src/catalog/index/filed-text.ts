/** The text a row is filed under, and the expressions that find it. */
import { matchExpression } from '../../core/search-text/match-expression.ts';
import { normalise } from '../../core/search-text/normalise.ts';
import { documentTokens, queryTokens } from '../../core/search-text/tokens.ts';
import { TEXT_COLUMNS, type Kind } from './schema.ts';

/** A private character, which no query can hold: what follows is a whole title, written together. */
const WHOLE = '\ue000';
/**
 * Titles up to this many words are also filed as a whole: among a million that hold `love`, the one that is called `Love`
 * must come first, however seldom it is played. More words are rare enough together.
 */
const MOST_WORDS_FILED_WHOLE = 2;

const wholeOf = (text: string): string | null => {
  const words = normalise(text).split(' ');
  return words.length > MOST_WORDS_FILED_WHOLE || words[0] === '' ? null : `${WHOLE}${words.join('')}`;
};

export const filedText = (text: string): string => documentTokens(text).join(' ');

/** A title or name: its tokens, and if it is short the whole. */
export const filedName = (name: string): string => {
  const whole = wholeOf(name);
  return whole === null ? filedText(name) : `${filedText(name)} ${whole}`;
};

/** Finds what holds all words of the query; null when it has none. */
export const wordsExpression = (query: string): string | null => matchExpression(queryTokens(query));

/** Finds what is called just that; null when so long a name is not filed whole. */
export const wholeExpression = (kind: Kind, query: string): string | null => {
  const text = normalise(query).replaceAll(' ', '');
  return text === '' ? null : `${TEXT_COLUMNS[kind][0]} : "${WHOLE}${text}"`;
};
