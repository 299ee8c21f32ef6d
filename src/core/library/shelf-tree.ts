/** From where each entry of the shelf says it stands to one tree, the same on every device whatever was moved at once. */
import type { ShelfKey, ShelfPlace } from './operations.ts';
import { compareText } from './pieces.ts';
import type { Stamp } from './stamp.ts';

export interface ShelfItem {
  readonly key: ShelfKey;
  readonly position: string;
  /** A folder's; null for a playlist. */
  readonly name: string | null;
  /** The folder in which it is shown; null: at the top. */
  readonly folderId: string | null;
  /** The folder in which it was put: another than `folderId` while that one is gone. */
  readonly putIn: string | null;
}
/** An entry as it was written: its place, and when it was put there. */
export interface PlacedEntry {
  readonly key: ShelfKey;
  readonly name: string | null;
  readonly place: ShelfPlace;
  readonly placedAt: Stamp;
}

export const folderKey = (folderId: string): ShelfKey => `folder:${folderId}`;
const FOLDER_PREFIX = 'folder:';
/** The id in a folder's key; null for a playlist. */
export const folderIdOf = (key: ShelfKey): string | null =>
  key.startsWith(FOLDER_PREFIX) ? key.slice(FOLDER_PREFIX.length) : null;

/** One operation may have placed several; then the key decides. */
const laterFirst = (entries: ReadonlyMap<ShelfKey, PlacedEntry>, one: ShelfKey, other: ShelfKey): number =>
  compareText(entries.get(other)?.placedAt ?? '', entries.get(one)?.placedAt ?? '') ||
  compareText(one, other);

/**
 * The folders that stand in themselves, by way of others, because two devices moved them into each other: of every such ring the
 * one that was placed last. Taken to the top it opens the ring, and the other moves hold.
 */
const ringOpeners = (entries: ReadonlyMap<ShelfKey, PlacedEntry>): ReadonlySet<ShelfKey> => {
  const openers = new Set<ShelfKey>();
  const done = new Set<ShelfKey>();
  for (const start of entries.keys()) {
    const path: ShelfKey[] = [];
    const onPath = new Map<ShelfKey, number>();
    for (let key: ShelfKey | null = start; key !== null && !done.has(key);) {
      const at = onPath.get(key);
      if (at !== undefined) {
        const ring = path.slice(at).toSorted((one, other) => laterFirst(entries, one, other));
        if (ring[0] !== undefined) openers.add(ring[0]);
        break;
      }
      onPath.set(key, path.length);
      path.push(key);
      const parent: string | null = entries.get(key)?.place.folderId ?? null;
      key = parent === null ? null : folderKey(parent);
    }
    for (const key of path) done.add(key);
  }
  return openers;
};

/** What stands in each folder (null: at the top), in its order. What a folder holds that is gone stands at the top. */
export const shelfTree = (
  entries: ReadonlyMap<ShelfKey, PlacedEntry>,
): ReadonlyMap<string | null, readonly ShelfItem[]> => {
  const openers = ringOpeners(entries);
  const items = [...entries.values()].map(({ key, name, place }): ShelfItem => {
    const isThere = place.folderId !== null && entries.has(folderKey(place.folderId)) && !openers.has(key);
    const folderId = isThere ? place.folderId : null;
    return { key, name, position: place.position, folderId, putIn: place.folderId };
  });
  items.sort((one, other) => compareText(one.position, other.position) || compareText(one.key, other.key));
  return Map.groupBy(items, ({ folderId }) => folderId);
};
