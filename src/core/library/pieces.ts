/** The items in their order, in pieces of at most `size`. */
export const inPieces = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Text by its code units, which is how stamps, ids and positions sort. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
