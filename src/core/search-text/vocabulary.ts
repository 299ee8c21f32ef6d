/**
 * The words of a catalog, in memory (about 24 bytes each), for finding what a mistyped word was meant to be. All words
 * of a fitting length are looked at, but most only by their signature: a million words take a few milliseconds.
 */
import { allowedDistance, codeDistance, codesOf, editDistance } from './edit-distance.ts';

export interface SimilarWord {
  readonly word: string;
  readonly distance: number;
  /** In how many titles and names it stands. */
  readonly count: number;
}

export interface Vocabulary {
  /**
   * The words it could have been meant as, best first: fewest mistakes, same first letter, most frequent. With `prefix`
   * also longer words whose beginning it resembles: the listener may still be typing.
   */
  similar(word: string, prefix: boolean): readonly SimilarWord[];
  spelling(word: string): string;
}

/** All words of one length, one after the other. */
export interface WordBlock {
  readonly length: number;
  readonly codes: Uint16Array;
  readonly signatures: Uint32Array;
  readonly counts: Uint32Array;
}

const MOST_SIMILAR = 4;
/** A shorter beginning resembles too much. */
const SHORTEST_PREFIX = 5;
const PREFIX_DISTANCE = 1;
const LONGEST_COMPLETION = 8;

/**
 * One bit for each of 32 groups of letters. A single mistake changes at most two bits (a wrong letter takes one away and
 * brings one), so words whose signatures differ in more than `2 · distance` bits need not be compared.
 */
const signatureOf = (codes: ArrayLike<number>, start: number, length: number): number => {
  let signature = 0;
  for (let index = start; index < start + length; index += 1) signature |= 1 << ((codes[index] ?? 0) & 31);
  return signature >>> 0;
};

/** Packs the words that are there at all. */
export const wordBlocks = (counts: ReadonlyMap<string, number>): readonly WordBlock[] => {
  const byLength = Map.groupBy(
    [...counts.keys()].filter((word) => (counts.get(word) ?? 0) > 0),
    (word) => word.length,
  );
  return [...byLength].map(([length, words]) => {
    words.sort();
    const codes = new Uint16Array(words.length * length);
    const signatures = new Uint32Array(words.length);
    const numbers = new Uint32Array(words.length);
    words.forEach((word, index) => {
      codes.set(codesOf(word), index * length);
      signatures[index] = signatureOf(codes, index * length, length);
      numbers[index] = counts.get(word) ?? 0;
    });
    return { length, codes, signatures, counts: numbers };
  });
};

const bitsIn = (value: number): number => {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const better = (left: SimilarWord, right: SimilarWord, first: string): number =>
  left.distance - right.distance ||
  Number(right.word.startsWith(first)) - Number(left.word.startsWith(first)) ||
  right.count - left.count ||
  (left.word < right.word ? -1 : 1);

/** `changes` are counts to be added to those of the blocks; `spelling` gives null for a word that is written as folded. */
export const createVocabulary = (words: {
  readonly blocks: readonly WordBlock[];
  readonly changes: ReadonlyMap<string, number>;
  readonly spelling: (word: string) => string | null;
}): Vocabulary => {
  const { blocks, changes } = words;
  return {
    spelling: (word) => words.spelling(word) ?? word,
    similar: (word, prefix) => {
      const limit = allowedDistance(word.length);
      if (limit === 0) return [];
      const codes = codesOf(word);
      const signature = signatureOf(codes, 0, codes.length);
      const found = new Map<string, SimilarWord>();
      const offer = (candidate: string, distance: number, base: number): void => {
        const count = base + (changes.get(candidate) ?? 0);
        if (count > 0 && distance <= limit && candidate !== word)
          found.set(candidate, { word: candidate, distance, count });
      };
      const nameOf = (block: WordBlock, index: number): string =>
        String.fromCharCode(...block.codes.subarray(index * block.length, (index + 1) * block.length));

      for (const block of blocks) {
        const { length } = block;
        if (Math.abs(length - codes.length) <= limit) {
          for (let index = 0; index < block.counts.length; index += 1) {
            if (bitsIn((block.signatures[index] ?? 0) ^ signature) > 2 * limit) continue;
            const distance = codeDistance(codes, 0, codes.length, block.codes, index * length, length, limit);
            if (distance <= limit) offer(nameOf(block, index), distance, block.counts[index] ?? 0);
          }
        } else if (
          prefix &&
          codes.length >= SHORTEST_PREFIX &&
          length > codes.length &&
          length <= codes.length + LONGEST_COMPLETION
        ) {
          for (let index = 0; index < block.counts.length; index += 1) {
            const start = index * length;
            if (block.codes[start] !== codes[0]) continue;
            const distance = codeDistance(
              codes,
              0,
              codes.length,
              block.codes,
              start,
              codes.length,
              PREFIX_DISTANCE,
            );
            if (distance <= PREFIX_DISTANCE) offer(nameOf(block, index), distance, block.counts[index] ?? 0);
          }
        }
      }
      for (const [candidate, change] of changes) {
        if (change <= 0 || found.has(candidate)) continue;
        const whole = editDistance(word, candidate, limit);
        if (whole <= limit) {
          offer(candidate, whole, 0);
        } else if (prefix && word.length >= SHORTEST_PREFIX && candidate.startsWith(word.charAt(0))) {
          const begun = editDistance(word, candidate.slice(0, word.length), PREFIX_DISTANCE);
          if (begun <= PREFIX_DISTANCE && candidate.length > word.length) offer(candidate, begun, 0);
        }
      }
      return [...found.values()]
        .sort((left, right) => better(left, right, word.charAt(0)))
        .slice(0, MOST_SIMILAR);
    },
  };
};
