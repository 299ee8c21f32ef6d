/** How often each word stands in titles and names: the vocabulary that typing mistakes are measured against. */
import { spellings } from './tokens.ts';

export interface WordCounter {
  /** Counts the words of a text in (1) or out (-1). */
  count(text: string, change: 1 | -1): void;
  /** What was counted, by word. */
  readonly counts: ReadonlyMap<string, number>;
  /** How a word is written where that is not how it is folded: as it was counted first. */
  readonly spelt: ReadonlyMap<string, string>;
  clear(): void;
}

export const createWordCounter = (): WordCounter => {
  const counts = new Map<string, number>();
  const spelt = new Map<string, string>();
  return {
    counts,
    spelt,
    count: (text, change) => {
      for (const { word, spelling } of spellings(text)) {
        counts.set(word, (counts.get(word) ?? 0) + change);
        if (spelling !== word && change === 1 && !spelt.has(word)) spelt.set(word, spelling);
      }
    },
    clear: () => {
      counts.clear();
      spelt.clear();
    },
  };
};
