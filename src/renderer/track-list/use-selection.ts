import { useState } from 'react';
import { fitToRows, NOTHING_SELECTED, type Selection } from './selection.ts';

/**
 * The selection of one list. It is let go when `listId` changes (another page, another query) and fitted when rows are
 * added or removed, while rendering and not after it, so that no frame shows rows chosen that are no more.
 */
export function useSelection(
  listId: string,
  rowCount: number,
): readonly [Selection, (next: Selection) => void] {
  const [state, setState] = useState({ listId, selection: NOTHING_SELECTED });
  const current = state.listId === listId ? state.selection : NOTHING_SELECTED;
  const selection = fitToRows(current, rowCount);
  const change = (next: Selection): void => setState({ listId, selection: next });
  return [selection, change];
}
