/** Other words for a query that found nothing, or next to nothing: what the listener probably meant to type. */
import { queryTokens } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Each attempt is a search; a query that has not been understood by then is left alone. */
const MOST_ATTEMPTS = 6;

interface Word {
  readonly text: string;
  readonly prefix: boolean;
  /** Which piece of the query, between spaces, it is of. */
  readonly piece: number;
}

/**
 * Queries to try instead, most likely first, spelt as the catalog spells them. Words that the catalog knows are kept, unless
 * it knows them all: then one at a time is doubted.
 */
export const corrections = (
  query: string,
  vocabulary: Vocabulary,
  known: (word: string) => boolean,
): readonly string[] => {
  const pieces = query.split(/\s+/u).filter((piece) => piece !== '');
  const words: Word[] = pieces.flatMap((piece, index) =>
    queryTokens(piece).map((token) => ({
      text: token.text,
      prefix: index === pieces.length - 1,
      piece: index,
    })),
  );
  const unknown = words.filter((word) => !known(word.text));
  const doubted = unknown.length > 0 ? unknown : words;
  const choices = new Map(doubted.map((word) => [word, vocabulary.similar(word.text, word.prefix)]));

  const spell = (replaced: ReadonlyMap<Word, string>): string =>
    pieces
      .map((piece, index) => {
        const own = words.filter((word) => word.piece === index);
        if (!own.some((word) => replaced.has(word))) return piece;
        return own.map((word) => replaced.get(word) ?? word.text).join(' ');
      })
      .join(' ');

  const attempts: string[] = [];
  if (unknown.length > 0) {
    if (unknown.some((word) => (choices.get(word) ?? []).length === 0)) return [];
    const first = new Map(
      unknown.map((word) => [word, vocabulary.spelling(choices.get(word)?.[0]?.word ?? word.text)]),
    );
    attempts.push(spell(first));
    for (const word of unknown) {
      for (const other of (choices.get(word) ?? []).slice(1)) {
        attempts.push(spell(new Map([...first, [word, vocabulary.spelling(other.word)]])));
      }
    }
  } else {
    for (const word of doubted) {
      for (const other of choices.get(word) ?? []) {
        attempts.push(spell(new Map([[word, vocabulary.spelling(other.word)]])));
      }
    }
  }
  return attempts.slice(0, MOST_ATTEMPTS);
};
