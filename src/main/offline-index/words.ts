/** The words of the index: counted as titles and names come and go, packed for mending typing mistakes when needed. */
import type { DatabaseSync } from 'node:sqlite';
import {
  createVocabulary,
  wordBlocks,
  type Vocabulary,
  type WordBlock,
} from '../../core/search-text/vocabulary.ts';
import { createWordCounter } from '../../core/search-text/word-counts.ts';
import { prepare } from './sql.ts';

export interface Words {
  /** Counts the words of a text in (1) or out (-1). */
  count(text: string, change: 1 | -1): void;
  /** Writes down what was counted; in the transaction that wrote the texts. */
  flush(): void;
  /** After that transaction: it is so from now on. */
  committed(): void;
  /** After that transaction failed: nothing was counted. */
  discard(): void;
  /** Reads some of what is in the file into memory; gives whether there is more. */
  load(): boolean;
  vocabulary(): Vocabulary;
}

/** In SQLite's order, which is that of the bytes in UTF-8. */
const isUpTo = (word: string, last: string): boolean =>
  Buffer.compare(Buffer.from(word), Buffer.from(last)) <= 0;

const LOADED_AT_ONCE = 2_000;

export const createWords = (database: DatabaseSync): Words => {
  const counter = createWordCounter();
  const byLength = new Map<number, Map<string, number>>();
  const blocks = new Map<number, readonly WordBlock[]>();
  /** Everything up to this word is in memory; null when all of it is. */
  let loadedUpTo: string | null = '';

  const add = prepare(
    database,
    `INSERT INTO words(word, count, spelling) VALUES (?, ?, ?) ON CONFLICT(word)
     DO UPDATE SET count = count + excluded.count, spelling = coalesce(spelling, excluded.spelling)`,
  );
  const removeUnused = prepare(database, 'DELETE FROM words WHERE word = ? AND count <= 0');
  const next = prepare<{ word: string; count: number }>(
    database,
    'SELECT word, count FROM words WHERE word > ? ORDER BY word LIMIT ?',
  );
  const findSpelling = prepare<{ spelling: string | null }>(
    database,
    'SELECT spelling FROM words WHERE word = ?',
  );

  const addInMemory = (word: string, change: number): void => {
    const words = byLength.get(word.length) ?? new Map<string, number>();
    byLength.set(word.length, words);
    const count = (words.get(word) ?? 0) + change;
    if (count > 0) words.set(word, count);
    else words.delete(word);
    blocks.delete(word.length);
  };

  const load = (): boolean => {
    if (loadedUpTo === null) return false;
    const rows = next.all(loadedUpTo, LOADED_AT_ONCE);
    for (const { word, count } of rows) addInMemory(word, count);
    loadedUpTo = rows.length < LOADED_AT_ONCE ? null : (rows.at(-1)?.word ?? null);
    return loadedUpTo !== null;
  };

  return {
    count: counter.count,
    discard: counter.clear,
    load,
    flush: () => {
      for (const [word, change] of counter.counts) {
        if (change === 0) continue;
        add.run(word, change, counter.spelt.get(word) ?? null);
        if (change < 0) removeUnused.run(word);
      }
    },
    committed: () => {
      for (const [word, change] of counter.counts) {
        // What is not loaded yet will be, with this change in it.
        if (loadedUpTo === null || isUpTo(word, loadedUpTo)) addInMemory(word, change);
      }
      counter.clear();
    },
    vocabulary: () => {
      while (load());
      for (const [length, words] of byLength) {
        if (!blocks.has(length)) blocks.set(length, wordBlocks(words));
      }
      return createVocabulary({
        blocks: [...blocks.values()].flat(),
        changes: new Map(),
        spelling: (word) => findSpelling.get(word)?.spelling ?? null,
      });
    },
  };
};
