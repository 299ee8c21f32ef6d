/** What can be found, the text it is filed under, and the expressions that find it: the same in the service and offline. */
import { matchExpression } from './match-expression.ts';
import { normalise } from './normalise.ts';
import { documentTokens, queryTokens } from './tokens.ts';

export const KINDS = ['track', 'album', 'artist'] as const;
export type Kind = (typeof KINDS)[number];
/** The columns of each kind's text; the first is what it is called. */
export const TEXT_COLUMNS = {
  track: ['title', 'artists', 'album'],
  album: ['title', 'artists'],
  artist: ['name'],
} as const satisfies Record<Kind, readonly string[]>;

/**
 * SQLite's FTS5 tokenizer for filed text, which has been through `documentTokens` already: folded, separated by spaces.
 * `ascii` leaves every letter beyond ASCII alone, and with all signs declared as letters a token is exactly what stands
 * between two spaces, so that both sides follow one set of rules, ours, and not those of the Unicode version in SQLite.
 */
export const FILED_TEXT_TOKENIZER = `ascii tokenchars ''!#$%&()*+,-./:;<=>?@[]^_{|}~\\''`;

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
