import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { Selection } from '../track-list/selection.ts';
import { moveItems, pasteItems, removeItems, takeItems } from './item-actions.ts';
import { gapOfStep, movedOrder, staysInPlace, targetOfGap, type Step } from './item-order.ts';
import type { ItemRef } from './playlist-queries.ts';

export interface ItemEdits {
  /** What came of the last move, to be read out. */
  readonly said: string;
  /** Items to right before the row `gap`. */
  moveTo(gap: number, itemIds: readonly string[]): void;
  step(direction: Step): void;
  remove(): void;
  take(kind: 'copy' | 'cut'): void;
  paste(): void;
}

/** What is done to the chosen items of a list, by keys, menu or hand; choice and focus follow. */
export function useItemEdits(options: {
  readonly playlistId: string;
  readonly order: readonly ItemRef[];
  readonly selection: Selection;
  readonly setSelection: (selection: Selection) => void;
  readonly idsOf: (selection: Selection) => readonly string[];
  readonly titleOf: (itemId: string | undefined) => string;
  readonly focusOn: (index: number) => void;
  /** The list is editable, and stands in its own order. */
  readonly canMove: boolean;
}): ItemEdits {
  const { playlistId, order, selection, setSelection, idsOf, titleOf, focusOn, canMove } = options;
  const t = useTexts('playlists');
  const [said, setSaid] = useState('');

  const moveTo = (gap: number, itemIds: readonly string[]): void => {
    const ids = order.map(({ itemId }) => itemId);
    const moving = new Set(itemIds);
    if (itemIds.length === 0 || staysInPlace(ids, gap, moving)) return;
    const before = targetOfGap(ids, gap, moving);
    // In the order in which they stand, whatever the order in which they were chosen.
    const inOrder = ids.filter((itemId) => moving.has(itemId));
    const first = movedOrder(ids, moving, before).findIndex((itemId) => moving.has(itemId));
    const selected = new Set(inOrder.map((_, offset) => first + offset));
    void moveItems({ id: playlistId, order, itemIds: inOrder, before, title: titleOf(inOrder[0]) }).then(
      setSaid,
    );
    setSelection({
      selected: selection.selected.size > 0 ? selected : new Set(),
      anchor: first,
      focus: first,
    });
    focusOn(first);
  };
  const step = (direction: Step): void => {
    if (!canMove) {
      setSaid(t('list.notSorted'));
      return;
    }
    const itemIds = idsOf(selection);
    const gap = gapOfStep(
      order.map(({ itemId }) => itemId),
      new Set(itemIds),
      direction,
    );
    if (gap !== null) moveTo(gap, itemIds);
  };
  const remove = (): void => {
    const itemIds = idsOf(selection);
    if (itemIds.length === 0) return;
    const gone = new Set(itemIds);
    const above = order.findIndex(({ itemId }) => gone.has(itemId));
    const next = Math.max(Math.min(above, order.length - itemIds.length - 1), 0);
    void removeItems(playlistId, itemIds, titleOf(itemIds[0]));
    setSelection({ selected: new Set(), anchor: next, focus: next });
    if (itemIds.length < order.length) focusOn(next);
  };
  const take = (kind: 'copy' | 'cut'): void => {
    const taken = new Set(idsOf(selection));
    const items = order.filter(({ itemId }) => taken.has(itemId));
    takeItems({ kind, playlistId, items }, titleOf(items[0]?.itemId));
  };
  const paste = (): void => {
    const last = Math.max(-1, ...selection.selected);
    // After what is chosen, as text is pasted after the cursor; at the end of a list that shows another order.
    const before = canMove ? (order[(last < 0 ? selection.focus : last) + 1]?.itemId ?? null) : null;
    void pasteItems(playlistId, order, before);
  };
  return { said, moveTo, step, remove, take, paste };
}
