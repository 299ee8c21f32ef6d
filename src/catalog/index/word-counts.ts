/** Writes down how often each word stands in titles and names. */
import type { Database } from 'better-sqlite3';
import { wordBlocks } from '../../core/search-text/vocabulary.ts';
import { createWordCounter } from '../../core/search-text/word-counts.ts';

export interface WordCounts {
  /** Counts the words of a text in (1) or out (-1). */
  count(text: string, change: 1 | -1): void;
  /** Writes down what was counted. */
  flush(): void;
}

const writeSpellings = (database: Database, spelt: ReadonlyMap<string, string>): void => {
  const add = database.prepare('INSERT OR IGNORE INTO spellings(word, spelling) VALUES (?, ?)');
  for (const [word, spelling] of spelt) add.run(word, spelling);
};

/** Counts changes to the words of a built index. */
export const createWordChanges = (database: Database): WordCounts => {
  const counter = createWordCounter();
  return {
    count: counter.count,
    flush: () => {
      const change = database.prepare(
        `INSERT INTO word_changes(word, change) VALUES (?, ?)
         ON CONFLICT(word) DO UPDATE SET change = change + excluded.change`,
      );
      for (const [word, difference] of counter.counts) if (difference !== 0) change.run(word, difference);
      writeSpellings(database, counter.spelt);
      counter.clear();
    },
  };
};

/** Counts the words of a whole catalog and writes them as blocks of equal length, which are read in one go. */
export const createWordBlocks = (database: Database): WordCounts => {
  const counter = createWordCounter();
  return {
    count: counter.count,
    flush: () => {
      const add = database.prepare(
        'INSERT INTO word_blocks(length, words, signatures, counts) VALUES (?, ?, ?, ?)',
      );
      for (const block of wordBlocks(counter.counts)) {
        add.run(
          block.length,
          Buffer.from(block.codes.buffer),
          Buffer.from(block.signatures.buffer),
          Buffer.from(block.counts.buffer),
        );
      }
      writeSpellings(database, counter.spelt);
    },
  };
};
