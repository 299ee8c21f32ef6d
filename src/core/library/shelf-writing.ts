/** From what a listener wants done to the shelf to the operations that say it, and back. */
import { assertNever } from '../playback/assert-never.ts';
import type { ShelfEdit, ShelfTarget } from './edits.ts';
import { MOST_OPERATION_ITEMS, type ShelfKey, type ShelfOperation, type ShelfPlace } from './operations.ts';
import { inPieces } from './pieces.ts';
import type { Pen } from './replica.ts';
import { roomFor } from './room.ts';
import { folderIdOf, folderKey, type ShelfItem } from './shelf-tree.ts';
import type { Stamp } from './stamp.ts';

/** The shelf as the writer finds it. */
export interface Shelf {
  readonly entries: ReadonlyMap<ShelfKey, ShelfItem>;
  in(folderId: string | null): readonly ShelfItem[];
  livesOf(key: ShelfKey): readonly Stamp[];
}
type Unstamped<Operation> = Operation extends ShelfOperation ? Omit<Operation, 'stamp'> : never;
export type ShelfDraft = Unstamped<ShelfOperation>;
interface Placed {
  readonly key: ShelfKey;
  readonly place: ShelfPlace;
}

/** Places for `count` entries there, and for the neighbours that make room; `left` are those that leave their places. */
const placesAt = (
  shelf: Shelf,
  target: ShelfTarget,
  left: ReadonlySet<ShelfKey>,
  count: number,
  pen: Pen,
): { readonly places: readonly ShelfPlace[]; readonly spread: readonly Placed[] } => {
  const { before } = target;
  // A folder that is gone meanwhile stands for the top.
  const isThere = target.folderId !== null && shelf.entries.has(folderKey(target.folderId));
  const folderId = isThere ? target.folderId : null;
  const siblings = shelf.in(folderId);
  const staying = siblings.filter(({ key }) => !left.has(key));
  const index = new Map(staying.map(({ key }, at) => [key, at]));
  // A place that moves itself stands for the first one behind it that stays.
  const from = siblings.findIndex(({ key }) => key === before);
  const named = from < 0 ? undefined : siblings.slice(from).find(({ key }) => !left.has(key));
  const gap = named === undefined ? staying.length : (index.get(named.key) ?? staying.length);
  const step = (by: number) => (item: ShelfItem) => staying[(index.get(item.key) ?? 0) + by] ?? null;
  const { positions, spread } = roomFor({
    after: staying[gap - 1] ?? null,
    before: staying[gap] ?? null,
    count,
    previous: step(-1),
    next: step(1),
    random: pen.random,
  });
  return {
    places: positions.map((position) => ({ folderId, position })),
    spread: spread.map(({ item, position }) => ({ key: item.key, place: { folderId, position } })),
  };
};

const placing = (shelf: Shelf, placed: readonly Placed[]): readonly ShelfDraft[] => {
  const entries = placed.flatMap(({ key, place }) => {
    const life = shelf.livesOf(key).at(-1);
    return life === undefined ? [] : [{ key, life, place }];
  });
  return inPieces(entries, MOST_OPERATION_ITEMS).map((piece) => ({ type: 'place', entries: piece }));
};

/** Whether a folder stands in another, however deep, or is it. */
const isWithin = (shelf: Shelf, folderId: string | null, outer: ReadonlySet<ShelfKey>): boolean => {
  for (let at = folderId; at !== null;) {
    if (outer.has(folderKey(at))) return true;
    at = shelf.entries.get(folderKey(at))?.folderId ?? null;
  }
  return false;
};

const taking = (shelf: Shelf, keys: readonly ShelfKey[], pen: Pen): readonly ShelfDraft[] => {
  const taken = new Set(keys.filter((key) => shelf.entries.has(key)));
  const kept = [...taken].flatMap((key) => {
    const folderId = folderIdOf(key);
    if (folderId === null) return [];
    const inside = shelf.in(folderId).filter((item) => !taken.has(item.key));
    if (inside.length === 0) return [];
    // What is in it moves to where the outermost folder stood that is taken with it.
    let outer = shelf.entries.get(key);
    for (;;) {
      const above =
        outer === undefined || outer.folderId === null
          ? undefined
          : shelf.entries.get(folderKey(outer.folderId));
      if (above === undefined || !taken.has(above.key)) break;
      outer = above;
    }
    const target = { folderId: outer?.folderId ?? null, before: outer?.key ?? null };
    const { places, spread } = placesAt(shelf, target, new Set(), inside.length, pen);
    return [
      ...spread,
      ...inside.flatMap((item, index) => {
        const place = places[index];
        return place === undefined ? [] : [{ key: item.key, place }];
      }),
    ];
  });
  const gone = [...taken].map((key) => ({ key, lives: shelf.livesOf(key) }));
  return [
    ...placing(shelf, kept),
    ...inPieces(gone, MOST_OPERATION_ITEMS).map((piece) => ({ type: 'take', entries: piece }) as const),
  ];
};

/** Empty when the edit changes nothing: a folder is not moved into itself. To be applied in that order. */
export const shelfDrafts = (shelf: Shelf, edit: ShelfEdit, pen: Pen): readonly ShelfDraft[] => {
  switch (edit.type) {
    case 'put': {
      const added = edit.entries.filter(({ key }) => !shelf.entries.has(key));
      if (added.length === 0) return [];
      const { places, spread } = placesAt(shelf, edit.target, new Set(), added.length, pen);
      const entries = added.flatMap(({ key, name }, index) => {
        const place = places[index];
        return place === undefined ? [] : [{ key, place, name }];
      });
      return [
        ...placing(shelf, spread),
        ...inPieces(entries, MOST_OPERATION_ITEMS).map((piece) => ({ type: 'put', entries: piece }) as const),
      ];
    }
    case 'take':
      return taking(shelf, edit.keys, pen);
    case 'place': {
      const keys = [...new Set(edit.keys)].filter((key) => shelf.entries.has(key));
      if (keys.length === 0 || isWithin(shelf, edit.target.folderId, new Set(keys))) return [];
      const { places, spread } = placesAt(shelf, edit.target, new Set(keys), keys.length, pen);
      const placed = keys.flatMap((key, index) => {
        const place = places[index];
        return place === undefined ? [] : [{ key, place }];
      });
      return placing(shelf, [...spread, ...placed]);
    }
    case 'rename': {
      const life = shelf.livesOf(edit.key).at(-1);
      return life === undefined || shelf.entries.get(edit.key)?.name === edit.name
        ? []
        : [{ type: 'rename', key: edit.key, life, name: edit.name }];
    }
    case 'putBack': {
      const entries = edit.entries.filter(({ key }) => !shelf.entries.has(key));
      return entries.length === 0 ? [] : [{ type: 'put', entries }];
    }
    case 'placeBack':
      return placing(shelf, edit.entries);
    default:
      return assertNever(edit);
  }
};

/** What takes an operation back, as things stand: to be asked before it is applied. */
export const shelfInverse = (
  shelf: Pick<Shelf, 'entries'>,
  operation: ShelfOperation,
): readonly ShelfEdit[] => {
  const standing = (keys: readonly ShelfKey[]) =>
    keys.flatMap((key) => {
      const item = shelf.entries.get(key);
      if (item === undefined) return [];
      return [{ key, place: { folderId: item.folderId, position: item.position }, name: item.name }];
    });
  switch (operation.type) {
    case 'put': {
      const keys = operation.entries.map(({ key }) => key).filter((key) => !shelf.entries.has(key));
      if (keys.length === 0) return [];
      const added = new Set(keys);
      // A folder that comes back takes in what had been put there before; that goes back to where it stands now.
      const adopted = [...shelf.entries.values()].filter(
        ({ folderId, putIn }) => folderId !== putIn && putIn !== null && added.has(folderKey(putIn)),
      );
      const entries = standing(adopted.map(({ key }) => key));
      return [
        { type: 'take', keys },
        ...(entries.length === 0 ? [] : [{ type: 'placeBack', entries } as const]),
      ];
    }
    case 'take': {
      const entries = standing(operation.entries.map(({ key }) => key));
      return entries.length === 0 ? [] : [{ type: 'putBack', entries }];
    }
    case 'place': {
      const entries = standing(operation.entries.map(({ key }) => key));
      return entries.length === 0 ? [] : [{ type: 'placeBack', entries }];
    }
    case 'rename': {
      const name = shelf.entries.get(operation.key)?.name;
      return name === undefined || name === null ? [] : [{ type: 'rename', key: operation.key, name }];
    }
    default:
      return assertNever(operation);
  }
};
