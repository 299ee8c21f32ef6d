/** The words of an index, as the vocabulary reads them. */
import type { Database } from 'better-sqlite3';
import { createVocabulary, type Vocabulary, type WordBlock } from '../../core/search-text/vocabulary.ts';

const aligned = (bytes: Buffer): ArrayBuffer => {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
};

/** Reads the words of an index; read again when the index has changed. */
export const readVocabulary = (
  database: Database,
  blocks: readonly WordBlock[] = readBlocks(database),
): Vocabulary => {
  const changes = new Map<string, number>();
  for (const row of database
    .prepare<[], { word: string; change: number }>('SELECT word, change FROM word_changes')
    .iterate()) {
    changes.set(row.word, row.change);
  }
  const spelling = database.prepare<[string], { spelling: string }>(
    'SELECT spelling FROM spellings WHERE word = ?',
  );
  return createVocabulary({ blocks, changes, spelling: (word) => spelling.get(word)?.spelling ?? null });
};

/** The words of the last build: they stay as they are until the next. */
export const readBlocks = (database: Database): readonly WordBlock[] =>
  database
    .prepare<[], { length: number; words: Buffer; signatures: Buffer; counts: Buffer }>(
      'SELECT length, words, signatures, counts FROM word_blocks',
    )
    .all()
    .map((row) => ({
      length: row.length,
      codes: new Uint16Array(aligned(row.words)),
      signatures: new Uint32Array(aligned(row.signatures)),
      counts: new Uint32Array(aligned(row.counts)),
    }));
