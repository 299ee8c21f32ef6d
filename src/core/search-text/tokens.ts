/**
 * What is looked up, and what a title is filed under. A title is filed under more forms than a query asks for, so that
 * `acdc`, `ac dc` and `AC/DC` all find `AC/DC`, and `Muenchen`, `Munchen` and `München` all find `München`.
 */
import { foldLetters, normalise, wordsOfFolded } from './normalise.ts';

/** One thing a query asks for. A prefix also takes every longer word that starts with it. */
export interface QueryToken {
  readonly text: string;
  readonly prefix: boolean;
}

/** Longer queries are cut: 200 characters of one-letter words would cost more than they tell apart. */
const MAX_QUERY_TOKENS = 12;
const MAX_TOKEN_LETTERS = 40;
const MAX_JOINED_PARTS = 6;

/** Scripts written without spaces: filed in pairs of neighbouring characters. */
const PAIRED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+/gu;
const PAIRED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u;
const NOT_IN_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/[äæ]/gu, 'ae'],
  [/[öøœ]/gu, 'oe'],
  [/ü/gu, 'ue'],
  [/å/gu, 'aa'],
];
const HAS_WRITTEN_OUT_FORM = /[äöüøå]/u;

const cut = (word: string): string =>
  word.length <= MAX_TOKEN_LETTERS ? word : [...word].slice(0, MAX_TOKEN_LETTERS).join('');

const runsOf = (word: string): readonly string[] =>
  PAIRED.test(word) ? (word.match(PAIRED_RUN) ?? []) : [word];

const pairsOf = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.slice(0, -1).map((character, index) => `${character}${characters[index + 1] ?? ''}`);
};

/** The tokens of a query, in order, the last one a prefix: the listener may still be typing. */
export const queryTokens = (query: string): readonly QueryToken[] => {
  const tokens: QueryToken[] = [];
  for (const word of normalise(query).split(' ')) {
    if (word === '') continue;
    for (const run of runsOf(word)) {
      if (!PAIRED.test(run)) tokens.push({ text: cut(run), prefix: false });
      else if ([...run].length === 1) tokens.push({ text: run, prefix: true });
      else tokens.push(...pairsOf(run).map((text) => ({ text, prefix: false })));
    }
  }
  const kept = tokens.slice(0, MAX_QUERY_TOKENS);
  return kept.map((token, index) => (index === kept.length - 1 ? { ...token, prefix: true } : token));
};

/** The texts of `queryTokens`. */
export const tokens = (query: string): readonly string[] => queryTokens(query).map((token) => token.text);

const fileWord = (word: string, into: Set<string>): void => {
  for (const run of runsOf(word)) {
    if (!PAIRED.test(run)) {
      into.add(cut(run));
      continue;
    }
    for (const pair of pairsOf(run)) into.add(pair);
    into.add([...run].at(-1) ?? run);
  }
};

const fileChunk = (chunk: string, into: Set<string>): void => {
  const lower = chunk.toLowerCase();
  for (const word of wordsOfFolded(foldLetters(chunk))) fileWord(word, into);
  const parts = lower.split(NOT_IN_WORD).filter((part) => part !== '');
  if (parts.length > 1) {
    const folded = parts.map((part) => foldLetters(part));
    for (const part of folded) for (const word of wordsOfFolded(part)) fileWord(word, into);
    if (parts.length <= MAX_JOINED_PARTS) fileWord(folded.join(''), into);
  }
  if (HAS_WRITTEN_OUT_FORM.test(lower)) {
    const written = WRITTEN_OUT.reduce((text, [letter, letters]) => text.replace(letter, letters), lower);
    for (const word of wordsOfFolded(foldLetters(written))) fileWord(word, into);
  }
  if (chunk === '&' || chunk === '+') {
    into.add('and');
    into.add('und');
  }
  for (const pictograph of chunk.match(PICTOGRAPH) ?? []) {
    if (pictograph.charCodeAt(0) > 0x7f) into.add(pictograph);
  }
};

/** Everything a text is filed under, each once. Holds the tokens of the text itself asked as a query. */
export const documentTokens = (text: string): readonly string[] => {
  const filed = new Set<string>();
  for (const word of normalise(text).split(' ')) if (word !== '') fileWord(word, filed);
  for (const chunk of text.normalize('NFC').split(/\s+/u)) if (chunk !== '') fileChunk(chunk, filed);
  filed.delete('');
  return [...filed];
};

/** A word of a text, folded, with the way it was written: what a corrected query is shown with. */
export interface WordSpelling {
  readonly word: string;
  readonly spelling: string;
}

/** The words of a text that a typing mistake can be measured against: of letters, three or more of them. */
export const spellings = (text: string): readonly WordSpelling[] => {
  const found: WordSpelling[] = [];
  for (const chunk of text.normalize('NFC').split(/[^\p{L}\p{N}\p{M}'’.$!]+/u)) {
    const word = normalise(chunk);
    if (word.length < 3 || word.length > MAX_TOKEN_LETTERS || word.includes(' ') || PAIRED.test(word))
      continue;
    if (!/\p{L}/u.test(word)) continue;
    found.push({ word, spelling: chunk.toLowerCase().replace(/^['’.$!]+|['’.$!]+$/gu, '') });
  }
  return found;
};
