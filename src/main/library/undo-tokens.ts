import { HostFailure } from '../../contract/host-error.ts';
import { createLruMap } from '../storage/lru-map.ts';
import type { LibraryEdit } from './library-edit.ts';
import { newPlaylistId } from './random-ids.ts';

/** What takes changes back, each as one, for as long as the app runs. */
export interface UndoTokens {
  /** Null: there is nothing to take back. */
  keep(edits: readonly LibraryEdit[]): string | null;
  /** Throws `not_found` for a token that was used or is too old. */
  find(token: string): readonly LibraryEdit[];
  use(token: string): void;
}

/** A removal of a whole playlist holds every item of it. */
const MOST_TOKENS = 100;

export const createUndoTokens = (): UndoTokens => {
  const kept = createLruMap<string, readonly LibraryEdit[]>(MOST_TOKENS);
  return {
    keep(edits) {
      if (edits.length === 0) return null;
      const token = newPlaylistId();
      kept.set(token, edits);
      return token;
    },
    find(token) {
      const edits = kept.get(token);
      if (edits === undefined)
        throw new HostFailure('not_found', 'there is nothing to take back by this token');
      return edits;
    },
    use: (token) => kept.delete(token),
  };
};
