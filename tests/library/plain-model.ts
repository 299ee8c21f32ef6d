/**
 * What a set of operations means, worked out without any of the rules' own code and without regard for cost: a thing is there if some
 * addition of it is not named by any removal; a field is what the highest stamp wrote. Also how a replica shows it, for comparing.
 */
import type { PlaylistOperation, SavedOperation, ShelfOperation } from '../../src/core/library/operations.ts';
import type { PlaylistReplica } from '../../src/core/library/playlist.ts';
import type { SavedReplica } from '../../src/core/library/saved.ts';
import type { ShelfReplica } from '../../src/core/library/shelf.ts';

interface Write {
  readonly key: string;
  readonly life: string;
  readonly stamp: string;
  readonly value: unknown;
}
const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row)).toSorted();

/** The last value written to lives of a key that are still there; undefined when none is. */
const lastOf = (key: string, alive: ReadonlySet<string>, writes: readonly Write[]): unknown =>
  writes
    .filter((write) => write.key === key && alive.has(`${key} ${write.life}`))
    .toSorted((one, other) => (one.stamp < other.stamp ? -1 : 1))
    .at(-1)?.value;

export const savedMeant = (operations: readonly SavedOperation[]): readonly string[] => {
  const removed = new Set(
    operations.flatMap((operation) =>
      operation.type === 'unsave'
        ? operation.items.flatMap(({ id, lives }) => lives.map((life) => `${operation.kind} ${id} ${life}`))
        : [],
    ),
  );
  const there = operations.flatMap((operation) =>
    operation.type === 'save'
      ? operation.items
          .filter(({ id }) => !removed.has(`${operation.kind} ${id} ${operation.stamp}`))
          .map(({ id }) => [operation.kind, id])
      : [],
  );
  return [...new Set(sorted(there))];
};
export const savedShown = (replica: SavedReplica): readonly string[] =>
  sorted(
    (['track', 'album', 'artist'] as const).flatMap((kind) =>
      [...replica.list(kind)].map(({ id }) => [kind, id]),
    ),
  );

/** Where entries were put, by their last writers; not what that makes of a tree. */
export const shelfMeant = (operations: readonly ShelfOperation[]): readonly string[] => {
  const removed = new Set(
    operations.flatMap((operation) =>
      operation.type === 'take'
        ? operation.entries.flatMap(({ key, lives }) => lives.map((life) => `${key} ${life}`))
        : [],
    ),
  );
  const names: Write[] = [];
  const places: Write[] = [];
  const alive = new Set<string>();
  for (const operation of operations) {
    const { stamp } = operation;
    if (operation.type === 'put') {
      for (const { key, place, name } of operation.entries) {
        if (!removed.has(`${key} ${stamp}`)) alive.add(`${key} ${stamp}`);
        names.push({ key, life: stamp, stamp, value: name });
        places.push({ key, life: stamp, stamp, value: place });
      }
    } else if (operation.type === 'place') {
      for (const { key, life, place } of operation.entries) places.push({ key, life, stamp, value: place });
    } else if (operation.type === 'rename') {
      names.push({ key: operation.key, life: operation.life, stamp, value: operation.name });
    }
  }
  const keys = new Set([...alive].map((each) => each.slice(0, each.indexOf(' '))));
  return sorted([...keys].map((key) => [key, lastOf(key, alive, names), lastOf(key, alive, places)]));
};
export const shelfWritten = (replica: ShelfReplica): readonly string[] =>
  sorted(
    [...Map.groupBy(replica.snapshot().entries, ([key]) => key)].map(([key, rows]) => [
      key,
      rows
        .map(([, , , name]) => name)
        .toSorted((one, other) => (one[1] < other[1] ? -1 : 1))
        .at(-1)?.[0],
      rows
        .map(([, , place]) => place)
        .toSorted((one, other) => (one[1] < other[1] ? -1 : 1))
        .at(-1)?.[0],
    ]),
  );
/** The tree, in its order. */
export const shelfShown = (replica: ShelfReplica): unknown => {
  const view = replica.view();
  const within = (folderId: string | null): readonly unknown[] =>
    view
      .in(folderId)
      .map(({ key, name }) => [key, name, key.startsWith('folder:') ? within(key.slice(7)) : null]);
  return within(null);
};
/** Every entry is somewhere in the tree, once: counts those that can be reached from the top. */
export const shelfReached = (replica: ShelfReplica): number => {
  const view = replica.view();
  const within = (folderId: string | null): number =>
    view
      .in(folderId)
      .reduce((sum, { key }) => sum + 1 + (key.startsWith('folder:') ? within(key.slice(7)) : 0), 0);
  return within(null);
};

export const playlistMeant = (operations: readonly PlaylistOperation[]): unknown => {
  const inTime = operations.toSorted((one, other) => (one.stamp < other.stamp ? -1 : 1));
  const removed = new Set(
    inTime.flatMap((operation) =>
      operation.type === 'remove'
        ? operation.items.flatMap(({ itemId, lives }) => lives.map((life) => `${itemId} ${life}`))
        : [],
    ),
  );
  const positions: Write[] = [];
  const alive = new Set<string>();
  const tracks = new Map<string, string>();
  const details: Record<string, unknown> = {};
  const members: Record<string, string | null> = {};
  let isDeleted = false;
  for (const operation of inTime) {
    const { stamp } = operation;
    switch (operation.type) {
      case 'create':
        Object.assign(details, operation.details);
        break;
      case 'edit':
        Object.assign(details, operation.changes);
        break;
      case 'member':
        members[operation.userId] = operation.role;
        break;
      case 'delete':
      case 'restore':
        isDeleted = operation.type === 'delete';
        break;
      case 'add':
        for (const { itemId, trackId, position } of operation.items) {
          if (!removed.has(`${itemId} ${stamp}`)) alive.add(`${itemId} ${stamp}`);
          tracks.set(itemId, trackId);
          positions.push({ key: itemId, life: stamp, stamp, value: position });
        }
        break;
      case 'move':
        for (const { itemId, life, position } of operation.items)
          positions.push({ key: itemId, life, stamp, value: position });
        break;
      case 'remove':
        break;
    }
  }
  const itemIds = [...new Set([...alive].map((each) => each.slice(0, each.indexOf(' '))))];
  const items = itemIds.map((itemId): readonly [string, string, string] => [
    String(lastOf(itemId, alive, positions)),
    itemId,
    tracks.get(itemId) ?? '',
  ]);
  return {
    details,
    isDeleted,
    members: Object.entries(members).filter(([, role]) => role !== null),
    items: items.toSorted((one, other) => (one.join(' ') < other.join(' ') ? -1 : 1)),
  };
};
export const playlistShown = (replica: PlaylistReplica): unknown => {
  const { details, isDeleted, members, items } = replica.view();
  return {
    details: replica.view().owner === null ? {} : details,
    isDeleted,
    members: members.map(({ userId, role }) => [userId, role]),
    items: [...items].map(({ position, itemId, trackId }) => [position, itemId, trackId]),
  };
};
