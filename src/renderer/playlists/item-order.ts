/** Where chosen items of a playlist go when they are moved. Rules only; `order` is the playlist's own order, by item id. */

/** The item that what is dropped into a gap stands before: the first at or after it that does not move itself; null at the end. */
export const targetOfGap = (
  order: readonly string[],
  gap: number,
  moving: ReadonlySet<string>,
): string | null => order.slice(Math.max(gap, 0)).find((itemId) => !moving.has(itemId)) ?? null;

/** The order once they stand together before `before` (null: at the end), in the order in which they stood. */
export const movedOrder = (
  order: readonly string[],
  moving: ReadonlySet<string>,
  before: string | null,
): readonly string[] => {
  const moved = order.filter((itemId) => moving.has(itemId));
  const rest = order.filter((itemId) => !moving.has(itemId));
  const at = before === null ? -1 : rest.indexOf(before);
  const place = at < 0 ? rest.length : at;
  return [...rest.slice(0, place), ...moved, ...rest.slice(place)];
};

export type Step = 'up' | 'down' | 'top' | 'bottom';

/**
 * The gap that a key leads the chosen items to: they close up and go one row past the outermost of them. `gap` as `targetOfGap` takes
 * it; null when they stand there already.
 */
export const gapOfStep = (
  order: readonly string[],
  moving: ReadonlySet<string>,
  step: Step,
): number | null => {
  const rows = order.flatMap((itemId, row) => (moving.has(itemId) ? [row] : []));
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return null;
  const isTogether = last - first + 1 === rows.length;
  switch (step) {
    case 'up':
      return first === 0 && isTogether ? null : Math.max(first - 1, 0);
    case 'down':
      return last === order.length - 1 && isTogether ? null : Math.min(last + 2, order.length);
    case 'top':
      return first === 0 && isTogether ? null : 0;
    case 'bottom':
      return last === order.length - 1 && isTogether ? null : order.length;
  }
};

/** Whether a drop into this gap would leave everything as it is. */
export const staysInPlace = (order: readonly string[], gap: number, moving: ReadonlySet<string>): boolean =>
  movedOrder(order, moving, targetOfGap(order, gap, moving)).every((itemId, row) => itemId === order[row]);
