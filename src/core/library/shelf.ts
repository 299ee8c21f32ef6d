/** Which playlists are in a listener's library, in which folders, in what order. */
import { assertNever } from '../playback/assert-never.ts';
import { oneStep } from '../work/steps.ts';
import type { ShelfEdit } from './edits.ts';
import { lastWritten } from './lives.ts';
import type { ShelfKey, ShelfOperation } from './operations.ts';
import type { Replica } from './replica.ts';
import { createSeenStamps } from './seen-stamps.ts';
import { shelfTree, type PlacedEntry, type ShelfItem } from './shelf-tree.ts';
import { shelfDrafts, shelfInverse } from './shelf-writing.ts';
import { createShownLives } from './shown-lives.ts';
import type { ShelfFields, ShelfSnapshot } from './snapshot.ts';

export interface ShelfView {
  readonly entries: ReadonlyMap<ShelfKey, ShelfItem>;
  /** In their order; null for the top. */
  in(folderId: string | null): readonly ShelfItem[];
}
export interface ShelfReplica extends Replica<'shelf'> {
  /** The same object until something changes. */
  view(): ShelfView;
}

interface Birth {
  readonly key: ShelfKey;
}
const NOTHING: ShelfSnapshot = {
  kind: 'shelf',
  seen: {},
  entries: [],
  unsettled: { gone: [], early: [] },
};
const NONE: readonly never[] = [];

const viewOf = (placed: ReadonlyMap<ShelfKey, PlacedEntry>): ShelfView => {
  const tree = shelfTree(placed);
  return {
    entries: new Map([...tree.values()].flat().map((item) => [item.key, item])),
    in: (folderId) => tree.get(folderId) ?? NONE,
  };
};

/** Begins with a snapshot, or with nothing. */
export const createShelfReplica = (start: ShelfSnapshot = NOTHING): ShelfReplica => {
  const seen = createSeenStamps(start.seen);
  const placed = new Map<ShelfKey, PlacedEntry>();
  let shown: ShelfView | null = null;
  const entries = createShownLives<Birth, ShelfFields, PlacedEntry>({
    horizon: start.seen,
    unsettled: start.unsettled,
    show(_, lives) {
      const newest = lives.at(-1);
      const place = lastWritten(lives, 'place');
      const name = lastWritten(lives, 'name');
      if (newest === undefined || place === null || name === null) return null;
      return { key: newest.birth.key, name: name[0], place: place[0], placedAt: place[1] };
    },
    isSame: (one, other) =>
      one.name === other.name && one.placedAt === other.placedAt && one.place === other.place,
    replace(before, after) {
      if (after !== null) placed.set(after.key, after);
      else if (before !== null) placed.delete(before.key);
      shown = null;
    },
  });
  for (const [key, life, place, name] of start.entries)
    entries.add(key, { life, birth: { key }, fields: { place, name } });

  const view = (): ShelfView => {
    shown ??= viewOf(placed);
    return shown;
  };

  const applyOne = (operation: ShelfOperation): boolean => {
    const { stamp } = operation;
    if (!seen.admit(stamp)) return false;
    let isChanged = false;
    switch (operation.type) {
      case 'put':
        for (const { key, place, name } of operation.entries) {
          const fields = { place: [place, stamp] as const, name: [name, stamp] as const };
          isChanged = entries.add(key, { life: stamp, birth: { key }, fields }) || isChanged;
        }
        return isChanged;
      case 'take':
        for (const { key, lives } of operation.entries) isChanged = entries.remove(key, lives) || isChanged;
        return isChanged;
      case 'place':
        for (const { key, life, place } of operation.entries)
          isChanged = entries.write(key, life, { place: [place, stamp] }) || isChanged;
        return isChanged;
      case 'rename':
        return entries.write(operation.key, operation.life, { name: [operation.name, stamp] });
      default:
        return assertNever(operation);
    }
  };

  const snapshot = (): ShelfSnapshot => ({
    kind: 'shelf',
    seen: seen.now(),
    entries: [...placed.keys()].flatMap((key) =>
      entries.of(key).map(({ life, fields }) => [key, life, fields.place, fields.name] as const),
    ),
    unsettled: entries.unsettled(seen.now()),
  });

  return {
    kind: 'shelf',
    view,
    seen: seen.now,
    inverse: (operation) => shelfInverse(view(), operation),
    apply: (operations) => operations.map(applyOne).includes(true),
    change(edits, pen) {
      const operations: ShelfOperation[] = [];
      const undo: ShelfEdit[] = [];
      const livesOf = (key: ShelfKey) => entries.of(key).map(({ life }) => life);
      for (const edit of edits) {
        for (const draft of shelfDrafts({ ...view(), livesOf }, edit, pen)) {
          const operation = { ...draft, stamp: pen.clock.next() };
          undo.unshift(...shelfInverse(view(), operation));
          applyOne(operation);
          operations.push(operation);
        }
      }
      return { operations, undo };
    },
    snapshot,
    snapshotInSteps: () => oneStep(snapshot),
  };
};
