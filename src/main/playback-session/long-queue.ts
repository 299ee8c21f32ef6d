/** A queue that comes in pieces: its entries first, and then their order. */
import type { SavedEntry, SavedOrder, SavedQueue } from '../../contract/playback-session.ts';

export const entriesIn = (queue: SavedQueue): readonly SavedEntry[] => [
  ...queue.played,
  ...(queue.current === null ? [] : [queue.current]),
  ...queue.requested,
  ...queue.upcoming,
];

/** The queue that an order describes; null when it names an entry that is none of these. */
export const inOrder = (order: SavedOrder, entries: Iterable<SavedEntry>): SavedQueue | null => {
  const known = new Map<string, SavedEntry>();
  for (const entry of entries) known.set(entry.entryId, entry);
  let isWhole = true;
  const named = (ids: readonly string[]): readonly SavedEntry[] =>
    ids.flatMap((entryId) => {
      const entry = known.get(entryId);
      isWhole &&= entry !== undefined;
      return entry === undefined ? [] : [entry];
    });
  const [current = null] = order.current === null ? [] : named([order.current]);
  const queue: SavedQueue = {
    ...order,
    played: named(order.played),
    current,
    requested: named(order.requested),
    upcoming: named(order.upcoming),
  };
  return isWhole ? queue : null;
};
