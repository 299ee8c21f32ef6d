/** For a clock that turned out to be wrong: the same operations with new stamps, before they have been taken anywhere. */
import type { LibraryOperation } from './operations.ts';
import type { Stamp, StampClock } from './stamp.ts';

/**
 * In their order. Lives that these very operations gave keep belonging to them. A replica that has applied the old ones is to be made
 * anew from what is confirmed.
 */
export const restamped = <Operation extends LibraryOperation>(
  operations: readonly Operation[],
  clock: Pick<StampClock, 'next'>,
): readonly Operation[] => {
  const stamps = new Map<Stamp, Stamp>();
  const renewed = (stamp: Stamp): Stamp => stamps.get(stamp) ?? stamp;
  const withLives = <Item extends object>(item: Item): Item => ({
    ...item,
    ...('lives' in item && Array.isArray(item.lives) ? { lives: item.lives.map(renewed) } : {}),
    ...('life' in item && typeof item.life === 'string' ? { life: renewed(item.life) } : {}),
  });
  return operations.map((operation) => {
    const stamp = clock.next();
    stamps.set(operation.stamp, stamp);
    return {
      ...withLives(operation),
      ...('items' in operation ? { items: operation.items.map(withLives) } : {}),
      ...('entries' in operation ? { entries: operation.entries.map(withLives) } : {}),
      stamp,
    };
  });
};
