/** What stands in a playlist, in its order, kept as it changes. */
import { assertNever } from '../playback/assert-never.ts';
import { lastWritten } from './lives.ts';
import type { PlaylistOperation } from './operations.ts';
import { createOrderedList, type OrderedList } from './ordered-list.ts';
import { compareText } from './pieces.ts';
import type { ShownItem } from './playlist-view.ts';
import { createShownLives } from './shown-lives.ts';
import type { ItemFields, PlaylistSnapshot, Seen } from './snapshot.ts';
import type { Stamp } from './stamp.ts';

export type ItemOperation = Extract<
  PlaylistOperation,
  { readonly type: 'add' } | { readonly type: 'remove' } | { readonly type: 'move' }
>;

export interface PlaylistItems {
  /** Whether it is shown differently now. */
  apply(operation: ItemOperation): boolean;
  shown(itemId: string): ShownItem | null;
  livesOf(itemId: string): readonly Stamp[];
  readonly list: Pick<OrderedList<ShownItem>, 'next' | 'previous' | 'first' | 'last' | 'view'>;
  snapshot(seen: Seen): Pick<PlaylistSnapshot, 'people' | 'items' | 'unsettled'>;
}

interface Birth {
  readonly trackId: string;
  readonly by: string;
  readonly atMs: number;
}

const inOrder = (one: ShownItem, other: ShownItem): number =>
  compareText(one.position, other.position) || compareText(one.itemId, other.itemId);

export const createPlaylistItems = (
  start: Pick<PlaylistSnapshot, 'seen' | 'people' | 'items' | 'unsettled'>,
): PlaylistItems => {
  const list = createOrderedList<ShownItem>(inOrder);
  const items = createShownLives<Birth, ItemFields, ShownItem>({
    horizon: start.seen,
    unsettled: start.unsettled,
    show(itemId, lives) {
      const newest = lives.at(-1);
      const position = lastWritten(lives, 'position');
      if (newest === undefined || position === null) return null;
      const { trackId, by, atMs } = newest.birth;
      return { itemId, trackId, addedBy: by, addedAtMs: atMs, position: position[0] };
    },
    isSame: (one, other) =>
      one.position === other.position &&
      one.trackId === other.trackId &&
      one.addedBy === other.addedBy &&
      one.addedAtMs === other.addedAtMs,
    replace(before, after) {
      if (before !== null) list.remove(before);
      if (after !== null) list.insert(after);
    },
  });

  for (const [itemId, life, trackId, person, atMs, position, moved] of start.items) {
    const birth = { trackId, by: start.people[person] ?? '', atMs };
    items.load(itemId, { life, birth, fields: { position: [position, moved ?? life] } });
  }
  list.replaceAll([...items.keys()].flatMap((itemId) => items.shown(itemId) ?? []));

  return {
    apply(operation) {
      const { stamp } = operation;
      let isChanged = false;
      switch (operation.type) {
        case 'add':
          for (const { itemId, trackId, position, by, atMs } of operation.items) {
            const birth = { trackId, by: by ?? operation.by, atMs: atMs ?? operation.atMs };
            const life = { life: stamp, birth, fields: { position: [position, stamp] as const } };
            isChanged = items.add(itemId, life) || isChanged;
          }
          return isChanged;
        case 'remove':
          for (const { itemId, lives } of operation.items)
            isChanged = items.remove(itemId, lives) || isChanged;
          return isChanged;
        case 'move':
          for (const { itemId, life, position } of operation.items)
            isChanged = items.write(itemId, life, { position: [position, stamp] }) || isChanged;
          return isChanged;
        default:
          return assertNever(operation);
      }
    },
    shown: items.shown,
    livesOf: (itemId) => items.of(itemId).map(({ life }) => life),
    list,
    snapshot(seen) {
      const people = new Map<string, number>();
      const rows = [...items.keys()].flatMap((itemId) =>
        items.of(itemId).map(({ life, birth, fields }) => {
          const person = people.get(birth.by) ?? people.size;
          people.set(birth.by, person);
          const [position, moved] = fields.position;
          const row = [itemId, life, birth.trackId, person, birth.atMs, position] as const;
          return moved === life ? row : ([...row, moved] as const);
        }),
      );
      return { people: [...people.keys()], items: rows, unsettled: items.unsettled(seen) };
    },
  };
};
