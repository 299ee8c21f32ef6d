/**
 * Documents that were used lately, and one line for each of them: what one process does to a document it does one after the other,
 * so that it never races with itself. Losing an entry loses nothing but the time to read it again.
 */
import type { DocumentKind } from '../../core/library/documents.ts';
import { createSequence, type Sequence } from '../../core/work/sequence.ts';
import type { DocumentState } from './document-state.ts';

export interface Held<Kind extends DocumentKind> {
  /** Null: to be read from the store. */
  state: DocumentState<Kind> | null;
  /** When it was known to be the newest. */
  seenAtMs: number;
}

interface Entry {
  readonly held: Held<never>;
  readonly line: Sequence;
  waiting: number;
  weight: number;
}

export interface StateCache {
  /** `kind` of a folder never changes: what is held for it is of the kind that was first asked for. */
  use<Kind extends DocumentKind, Value>(
    folder: string,
    work: (held: Held<Kind>) => Promise<Value>,
  ): Promise<Value>;
  weigh(folder: string, weight: number): void;
}

/** Entries of all documents together: some 200 MB. */
const MOST_WEIGHT = 1_000_000;

export const createStateCache = (mostWeight = MOST_WEIGHT): StateCache => {
  const entries = new Map<string, Entry>();
  let weight = 0;

  const makeRoom = (): void => {
    for (const [folder, entry] of entries) {
      if (weight <= mostWeight) return;
      if (entry.waiting > 0) continue;
      entries.delete(folder);
      weight -= entry.weight;
    }
  };

  const entryOf = (folder: string): Entry => {
    const known = entries.get(folder) ?? {
      held: { state: null, seenAtMs: 0 },
      line: createSequence(),
      waiting: 0,
      weight: 0,
    };
    entries.delete(folder);
    entries.set(folder, known);
    return known;
  };

  return {
    use(folder, work) {
      const entry = entryOf(folder);
      entry.waiting += 1;
      return entry.line.inTurn(async () => {
        try {
          return await work(entry.held);
        } finally {
          entry.waiting -= 1;
          makeRoom();
        }
      });
    },
    weigh(folder, now) {
      const entry = entries.get(folder);
      if (entry === undefined) return;
      weight += now - entry.weight;
      entry.weight = now;
    },
  };
};
