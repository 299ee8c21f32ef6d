/** How often each word stands in titles and names: the vocabulary that typing mistakes are measured against. */
import type { Database } from 'better-sqlite3';
import { spellings } from '../../core/search-text/tokens.ts';
import { codesOf } from '../../core/search-text/edit-distance.ts';

export interface WordCounts {
  /** Counts the words of a text in (1) or out (-1). */
  count(text: string, change: 1 | -1): void;
  /** Writes down what was counted. */
  flush(): void;
}

/**
 * One bit for each of 32 groups of letters. A single mistake changes at most two bits (a wrong letter takes one away and
 * brings one), so words whose signatures differ in more than `2 · distance` bits need not be compared.
 */
export const signatureOf = (codes: ArrayLike<number>, start: number, length: number): number => {
  let signature = 0;
  for (let index = start; index < start + length; index += 1) signature |= 1 << ((codes[index] ?? 0) & 31);
  return signature >>> 0;
};

const createCounts = () => {
  const counts = new Map<string, number>();
  const spelt = new Map<string, string>();
  const count = (text: string, change: 1 | -1): void => {
    for (const { word, spelling } of spellings(text)) {
      counts.set(word, (counts.get(word) ?? 0) + change);
      if (spelling !== word && change === 1 && !spelt.has(word)) spelt.set(word, spelling);
    }
  };
  return { counts, spelt, count };
};

const writeSpellings = (database: Database, spelt: ReadonlyMap<string, string>): void => {
  const add = database.prepare('INSERT OR IGNORE INTO spellings(word, spelling) VALUES (?, ?)');
  for (const [word, spelling] of spelt) add.run(word, spelling);
};

/** Counts changes to the words of a built index. */
export const createWordChanges = (database: Database): WordCounts => {
  const { counts, spelt, count } = createCounts();
  return {
    count,
    flush: () => {
      const change = database.prepare(
        `INSERT INTO word_changes(word, change) VALUES (?, ?)
         ON CONFLICT(word) DO UPDATE SET change = change + excluded.change`,
      );
      for (const [word, difference] of counts) if (difference !== 0) change.run(word, difference);
      writeSpellings(database, spelt);
      counts.clear();
      spelt.clear();
    },
  };
};

/** Counts the words of a whole catalog and writes them as blocks of equal length, which are read in one go. */
export const createWordBlocks = (database: Database): WordCounts => {
  const { counts, spelt, count } = createCounts();
  return {
    count,
    flush: () => {
      const byLength = Map.groupBy(
        [...counts.keys()].filter((word) => (counts.get(word) ?? 0) > 0),
        (word) => word.length,
      );
      const add = database.prepare(
        'INSERT INTO word_blocks(length, words, signatures, counts) VALUES (?, ?, ?, ?)',
      );
      for (const [length, words] of byLength) {
        words.sort();
        const codes = new Uint16Array(words.length * length);
        const signatures = new Uint32Array(words.length);
        const numbers = new Uint32Array(words.length);
        words.forEach((word, index) => {
          codes.set(codesOf(word), index * length);
          signatures[index] = signatureOf(codes, index * length, length);
          numbers[index] = counts.get(word) ?? 0;
        });
        add.run(
          length,
          Buffer.from(codes.buffer),
          Buffer.from(signatures.buffer),
          Buffer.from(numbers.buffer),
        );
      }
      writeSpellings(database, spelt);
    },
  };
};
