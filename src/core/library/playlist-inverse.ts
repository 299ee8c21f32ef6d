/** What takes an operation on a playlist back. */
import { assertNever } from '../playback/assert-never.ts';
import type { FormerPlace, PlaylistEdit } from './edits.ts';
import type { DetailChanges, PlaylistOperation } from './operations.ts';
import { compareText } from './pieces.ts';
import type { PlaylistHead } from './playlist-head.ts';
import type { PlaylistItems } from './playlist-items.ts';
import type { ShownItem } from './playlist-view.ts';

const placeOf = (items: PlaylistItems, item: ShownItem): FormerPlace & { readonly itemId: string } => ({
  itemId: item.itemId,
  position: item.position,
  after: items.list.previous(item)?.itemId ?? null,
  before: items.list.next(item)?.itemId ?? null,
});

/** Those of them that are there, in the playlist's order. */
const present = (items: PlaylistItems, ids: readonly string[]): readonly ShownItem[] =>
  ids
    .flatMap((itemId) => items.shown(itemId) ?? [])
    .sort((one, other) => compareText(one.position, other.position) || compareText(one.itemId, other.itemId));

/** As things stand: to be asked before the operation is applied. Empty when it would change nothing. */
export const playlistInverse = (
  { head, items }: { readonly head: PlaylistHead; readonly items: PlaylistItems },
  operation: PlaylistOperation,
): readonly PlaylistEdit[] => {
  switch (operation.type) {
    case 'create':
      return [{ type: 'delete' }];
    case 'edit': {
      const { details } = head.current();
      const fields = new Set(
        Object.entries(operation.changes)
          .filter(([, value]) => value !== undefined)
          .map(([field]) => field),
      );
      const changes: DetailChanges = Object.fromEntries(
        Object.entries(details).filter(([field]) => fields.has(field)),
      );
      return [{ type: 'edit', changes }];
    }
    case 'add':
      return [{ type: 'remove', itemIds: operation.items.map(({ itemId }) => itemId) }];
    case 'remove': {
      const removed = present(
        items,
        operation.items.map(({ itemId }) => itemId),
      );
      if (removed.length === 0) return [];
      return [
        {
          type: 'addBack',
          items: removed.map((item) => ({
            ...placeOf(items, item),
            trackId: item.trackId,
            by: item.addedBy,
            atMs: item.addedAtMs,
          })),
        },
      ];
    }
    case 'move': {
      const moved = present(
        items,
        operation.items.map(({ itemId }) => itemId),
      );
      if (moved.length === 0) return [];
      return [{ type: 'moveBack', items: moved.map((item) => placeOf(items, item)) }];
    }
    case 'member':
      return [{ type: 'member', userId: operation.userId, role: head.roleOf(operation.userId) }];
    case 'delete':
      return head.current().isDeleted ? [] : [{ type: 'restore' }];
    case 'restore':
      return head.current().isDeleted ? [{ type: 'delete' }] : [];
    default:
      return assertNever(operation);
  }
};
