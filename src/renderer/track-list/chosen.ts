import type { Track } from '../../contract/catalog-http.ts';
import { i18n } from '../i18n/i18n.ts';
import { sayNotDone } from '../library/undoable.ts';
import { chosenRows, type Selection } from './selection.ts';

/** The rows that something is to be done with. */
export interface Chosen {
  /** In list order, as far as they are at hand. */
  readonly tracks: readonly Track[];
  readonly count: number;
  /** Gets those that are not at hand as well; null: all of them are. */
  readonly fetchAll: (() => Promise<readonly Track[]>) | null;
}

export const chosenOf = (tracks: readonly Track[]): Chosen => ({
  tracks,
  count: tracks.length,
  fetchAll: null,
});

/** The chosen rows of a list, of which some may not be at hand; `tracksAt` gets those, and rejects with HostFailure. */
export function chosenFrom(
  rows: readonly (Track | null)[],
  selection: Selection,
  tracksAt: ((indexes: readonly number[]) => Promise<readonly Track[]>) | undefined,
): Chosen {
  const atHand = chosenRows(rows, selection).filter((track) => track !== null);
  if (atHand.length === selection.selected.size || tracksAt === undefined) return chosenOf(atHand);
  const indexes = [...selection.selected].sort((left, right) => left - right);
  return { tracks: atHand, count: indexes.length, fetchAll: () => tracksAt(indexes) };
}

/** Does it at once where all tracks are at hand; else when they have been had, or says why they could not be. */
export function actOn({ tracks, fetchAll }: Chosen, act: (tracks: readonly Track[]) => void): void {
  if (fetchAll === null) {
    act(tracks);
    return;
  }
  fetchAll().then(act, (failure: unknown) => sayNotDone(i18n.t('toast.notDone', { ns: 'library' }), failure));
}
