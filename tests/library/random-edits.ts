/** Edits that listeners might make, over so few things that devices get in each other's way all the time. */
import type { DocumentKind } from '../../src/core/library/documents.ts';
import type { EditOf, PlaylistEdit, SavedEdit, ShelfEdit } from '../../src/core/library/edits.ts';
import { SAVED_KINDS, type ShelfKey } from '../../src/core/library/operations.ts';
import type { PlaylistReplica } from '../../src/core/library/playlist.ts';
import { NEW_DETAILS } from '../../src/core/library/playlist-view.ts';
import type { ReplicaOf } from '../../src/core/library/replicas.ts';
import type { ShelfReplica } from '../../src/core/library/shelf.ts';
import type { RandomSource } from '../../src/core/playback/random.ts';

const oneOf = <Item>(items: readonly Item[], random: RandomSource): Item | undefined =>
  items.length === 0 ? undefined : items[random.below(items.length)];
const someOf = <Item>(items: readonly Item[], random: RandomSource): readonly Item[] =>
  Array.from({ length: Math.min(items.length, 1 + random.below(3)) }, () => oneOf(items, random)).flatMap(
    (item) => (item === undefined ? [] : [item]),
  );
const idOf = (kind: string, number: number): string => `${kind}${number}`.padEnd(20, '0');

const savedEdits = (random: RandomSource): readonly SavedEdit[] => {
  const kind = oneOf(SAVED_KINDS, random) ?? 'track';
  const ids = someOf([0, 1, 2, 3, 4], random).map((number) => idOf(kind, number));
  return random.below(2) === 0
    ? [{ type: 'save', kind, items: ids.map((id) => ({ id })) }]
    : [{ type: 'unsave', kind, ids }];
};

const FOLDERS = [0, 1, 2, 3].map((number) => `f${number}`.padEnd(12, '0'));
const SHELF_KEYS: readonly ShelfKey[] = [
  ...FOLDERS.map((folderId): ShelfKey => `folder:${folderId}`),
  ...[0, 1, 2, 3].map((number): ShelfKey => `playlist:${idOf('p', number)}`),
];
const shelfEdits = (replica: ShelfReplica, random: RandomSource): readonly ShelfEdit[] => {
  const there = [...replica.view().entries.keys()];
  const target = {
    folderId: random.below(3) === 0 ? null : (oneOf(FOLDERS, random) ?? null),
    before: random.below(2) === 0 ? null : (oneOf(there, random) ?? null),
  };
  switch (random.below(6)) {
    case 0:
    case 1: {
      const keys = [...new Set(someOf(SHELF_KEYS, random))];
      const entries = keys.map((key) => ({ key, name: key.startsWith('folder') ? key.slice(7, 9) : null }));
      return [{ type: 'put', target, entries }];
    }
    case 2:
      return [{ type: 'take', keys: someOf(there, random) }];
    case 3: {
      const key = oneOf(
        there.filter((each) => each.startsWith('folder')),
        random,
      );
      return key === undefined ? [] : [{ type: 'rename', key, name: `folder ${random.below(100)}` }];
    }
    case 4: {
      // Folders into folders: on two devices at once they get into each other.
      const folders = there.filter((key) => key.startsWith('folder'));
      const folderId = oneOf(folders, random)?.slice(7) ?? null;
      return [{ type: 'place', keys: someOf(folders, random), target: { folderId, before: null } }];
    }
    default:
      return [{ type: 'place', keys: someOf(there, random), target }];
  }
};

const playlistEdits = (replica: PlaylistReplica, random: RandomSource): readonly PlaylistEdit[] => {
  const view = replica.view();
  if (view.owner === null)
    return [{ type: 'create', details: { ...NEW_DETAILS, name: `list ${random.below(100)}` } }];
  const there = [...view.items].map(({ itemId }) => itemId);
  const before = random.below(3) === 0 ? null : (oneOf(there, random) ?? null);
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2: {
      const trackIds = someOf([0, 1, 2, 3, 4], random).map((number) => idOf('track', number));
      return [{ type: 'add', before, tracks: trackIds.map((trackId) => ({ trackId })) }];
    }
    case 3:
    case 4:
      return [{ type: 'remove', itemIds: someOf(there, random) }];
    case 5:
    case 6:
    case 7:
      return [{ type: 'move', before, itemIds: someOf(there, random) }];
    case 8:
      return [
        oneOf<PlaylistEdit>(
          [
            { type: 'edit', changes: { name: `list ${random.below(100)}` } },
            { type: 'edit', changes: { description: `about ${random.below(100)}` } },
            { type: 'edit', changes: { visibility: random.below(2) === 0 ? 'public' : 'private' } },
            { type: 'member', userId: 'friend', role: random.below(2) === 0 ? 'editor' : null },
          ],
          random,
        ) ?? { type: 'restore' },
      ];
    default:
      return [random.below(2) === 0 ? { type: 'delete' } : { type: 'restore' }];
  }
};

const EDITS: {
  readonly [Kind in DocumentKind]: (
    replica: ReplicaOf<Kind>,
    random: RandomSource,
  ) => readonly EditOf[Kind][];
} = {
  saved: (_, random) => savedEdits(random),
  shelf: shelfEdits,
  playlist: playlistEdits,
};
export const randomEdits = <Kind extends DocumentKind>(
  kind: Kind,
  replica: ReplicaOf<Kind>,
  random: RandomSource,
): readonly EditOf[Kind][] => EDITS[kind](replica, random);
