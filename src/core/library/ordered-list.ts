/**
 * A sorted list that is cheap to change and cheap to show: pieces of some hundred items, of which a view shares all that did not
 * change. Finding is O(log n), a change moves one piece's items, a view after a change copies one piece and the list of pieces.
 */
import type { OrderedView } from './replica.ts';

export interface OrderedList<Item> {
  readonly size: number;
  /** Items that compare as equal stand for one: the list then stays as it is. */
  insert(item: Item): void;
  /** Removes what compares as equal. */
  remove(item: Item): void;
  /** Replaces everything; in any order. */
  replaceAll(items: readonly Item[]): void;
  /** The nearest above or below it, whether it is in the list or not; null at the ends. */
  next(item: Item): Item | null;
  previous(item: Item): Item | null;
  first(): Item | null;
  last(): Item | null;
  /** The same object until something changes. */
  view(): OrderedView<Item>;
}

const PIECE_ITEMS = 256;
const MOST_PIECE_ITEMS = 2 * PIECE_ITEMS;

/** The first index in `0 … length` for which `isAtOrAfter` holds; it holds for all later ones. */
const firstIndex = (length: number, isAtOrAfter: (index: number) => boolean): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAtOrAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const viewOf = <Item>(pieces: readonly (readonly Item[])[], length: number): OrderedView<Item> => {
  const starts: number[] = [];
  let start = 0;
  for (const piece of pieces) {
    starts.push(start);
    start += piece.length;
  }
  const pieceAt = (index: number): number =>
    firstIndex(starts.length, (at) => (starts[at] ?? length) > index) - 1;
  return {
    length,
    at(index) {
      if (!Number.isInteger(index) || index < 0 || index >= length) return undefined;
      const at = pieceAt(index);
      return pieces[at]?.[index - (starts[at] ?? 0)];
    },
    slice(start, end) {
      const from = Math.max(0, start);
      const to = Math.min(length, end);
      const items: Item[] = [];
      for (let at = Math.max(0, pieceAt(from)); items.length < to - from; at += 1) {
        const piece = pieces[at] ?? [];
        const offset = starts[at] ?? 0;
        items.push(...piece.slice(Math.max(0, from - offset), to - offset));
      }
      return items;
    },
    *[Symbol.iterator]() {
      for (const piece of pieces) yield* piece;
    },
  };
};

export const createOrderedList = <Item>(compare: (one: Item, other: Item) => number): OrderedList<Item> => {
  let pieces: Item[][] = [];
  let size = 0;
  let shown: OrderedView<Item> | null = null;
  /** Pieces that no view has: they may be changed in place. */
  let own = new Set<Item[]>();

  /** The piece that holds the item, or would: the last that does not begin above it. */
  const pieceFor = (item: Item): number => {
    const above = firstIndex(pieces.length, (at) => {
      const first = pieces[at]?.[0];
      return first !== undefined && compare(first, item) > 0;
    });
    return Math.max(0, above - 1);
  };
  /** The index in a piece of the first item that is not below. */
  const indexIn = (piece: readonly Item[], item: Item): number =>
    firstIndex(piece.length, (index) => {
      const there = piece[index];
      return there !== undefined && compare(there, item) >= 0;
    });
  const holdsAt = (piece: readonly Item[], index: number, item: Item): boolean => {
    const there = piece[index];
    return there !== undefined && compare(there, item) === 0;
  };
  const writable = (at: number): Item[] => {
    const piece = pieces[at] ?? [];
    if (own.has(piece)) return piece;
    const copy = piece.slice();
    own.add(copy);
    pieces[at] = copy;
    return copy;
  };

  return {
    get size() {
      return size;
    },

    insert(item) {
      const at = pieceFor(item);
      const index = indexIn(pieces[at] ?? [], item);
      if (holdsAt(pieces[at] ?? [], index, item)) return;
      shown = null;
      const piece = writable(at);
      piece.splice(index, 0, item);
      size += 1;
      if (piece.length <= MOST_PIECE_ITEMS) return;
      const upper = piece.splice(PIECE_ITEMS);
      own.add(upper);
      pieces.splice(at + 1, 0, upper);
    },

    remove(item) {
      const at = pieceFor(item);
      const index = indexIn(pieces[at] ?? [], item);
      if (!holdsAt(pieces[at] ?? [], index, item)) return;
      shown = null;
      const piece = writable(at);
      piece.splice(index, 1);
      size -= 1;
      if (piece.length > 0) return;
      own.delete(piece);
      pieces.splice(at, 1);
    },

    replaceAll(items) {
      const sorted = items.toSorted(compare);
      pieces = [];
      for (let start = 0; start < sorted.length; start += PIECE_ITEMS)
        pieces.push(sorted.slice(start, start + PIECE_ITEMS));
      own = new Set(pieces);
      size = sorted.length;
      shown = null;
    },

    next(item) {
      const at = pieceFor(item);
      const piece = pieces[at] ?? [];
      const index = indexIn(piece, item);
      return piece[holdsAt(piece, index, item) ? index + 1 : index] ?? pieces[at + 1]?.[0] ?? null;
    },
    previous(item) {
      const at = pieceFor(item);
      const piece = pieces[at] ?? [];
      return piece[indexIn(piece, item) - 1] ?? pieces[at - 1]?.at(-1) ?? null;
    },
    first: () => pieces[0]?.[0] ?? null,
    last: () => pieces.at(-1)?.at(-1) ?? null,

    view() {
      if (shown === null) {
        shown = viewOf(pieces.slice(), size);
        own = new Set();
      }
      return shown;
    },
  };
};
