/** A host that keeps one playlist in memory and does with it what the contract says, for tests of the page. */
import { HostFailure } from '../../contract/host-error.ts';
import type { ListRequest, PlaylistHead, PlaylistItem, PlaylistSort } from '../../contract/library.ts';
import { movedOrder } from './item-order.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { libraryStore, takeLibrary } from '../library/library-store.ts';
import { trackOf } from '../playback/test-support.ts';

export const PLAYLIST_ID = 'p'.repeat(20);
export const ME = 'me';

export const itemOf = (name: string, changes: Partial<PlaylistItem> = {}): PlaylistItem => ({
  itemId: `item-${name}`,
  trackId: trackOf(name).id,
  track: trackOf(name),
  addedAt: '2026-11-21T10:00:00Z',
  addedBy: ME,
  ...changes,
});

export const headOf = (changes: Partial<PlaylistHead> = {}): PlaylistHead => ({
  id: PLAYLIST_ID,
  name: 'Late train',
  description: '',
  picture: { kind: 'covers' },
  artwork: [],
  visibility: 'private',
  rules: null,
  role: 'owner',
  members: [],
  itemCount: 0,
  durationMs: 0,
  changedAt: '2026-11-21T10:00:00Z',
  oldSince: null,
  ...changes,
});

type View = {
  readonly sort: PlaylistSort;
  readonly descending: boolean;
  readonly filter?: string;
};

export interface PlaylistForTests extends HostForTests {
  /** The order as the host has it, by the names of the items. */
  order(): string;
  countOf(method: string): number;
}

/** The window has one library, whatever the test. */
const libraryRevision = (): number => libraryStore.getState().state?.revision ?? 0;

/** @param refuses what the host does not do, and why */
export function playlistHost(options: {
  readonly head: PlaylistHead | HostFailure;
  readonly items: readonly PlaylistItem[];
  readonly refuses?: Readonly<Record<string, HostFailure>>;
}): PlaylistForTests {
  let { head, items } = options;
  let revision = libraryRevision() + 1;
  const backs = new Map<string, () => void>();
  const tell = (): void =>
    takeLibrary({
      revision,
      counts: { track: 0, album: 0, artist: 0, playlist: 1 },
      sync: { state: 'local' },
      refused: 0,
    });
  const told = (): void => {
    revision += 1;
    tell();
  };
  tell();
  const set = (method: string, next: readonly PlaylistItem[], nextHead = head) => {
    const refused = options.refuses?.[method];
    if (refused !== undefined) throw refused;
    const before = { items, head };
    items = next;
    head = nextHead;
    const undo = `undo-${revision}`;
    backs.set(undo, () => void set('undo', before.items, before.head));
    told();
    return { undo };
  };
  const seen = ({ sort, descending, filter = '' }: View): readonly PlaylistItem[] => {
    const found = items.filter(
      ({ track }) => filter === '' || track?.title.toLowerCase().includes(filter.toLowerCase()),
    );
    const sorted =
      sort === 'title'
        ? found.toSorted((left, right) => (left.track?.title ?? '').localeCompare(right.track?.title ?? ''))
        : found;
    return descending ? sorted.toReversed() : sorted;
  };
  const stand = standInHost({
    'cache.marks': () => ({}),
    'library.marks': () => [],
    'library.shelf': () => [],
    'library.undo': ({ token }: { readonly token: string }) => {
      const back = backs.get(token);
      if (back === undefined) throw new HostFailure('not_found', 'this token was used');
      backs.delete(token);
      back();
      return { undo: `undo-${revision - 1}` };
    },
    'playlists.get': () => {
      if (head instanceof HostFailure) throw head;
      return { ...head, itemCount: items.length, durationMs: items.length * 180_000 };
    },
    'playlists.trackIds': (view: View) => {
      const refused = options.refuses?.['trackIds'];
      if (refused !== undefined) throw refused;
      return seen(view).map(({ itemId, trackId }) => ({ itemId, trackId }));
    },
    'playlists.items': (request: View & ListRequest) => {
      const all = seen(request);
      const page = all.slice(request.offset, request.offset + request.limit);
      return { items: page, total: all.length, revision };
    },
    'playlists.duplicates': () => {
      const groups = new Map<string, PlaylistItem[]>();
      for (const item of items) groups.set(item.trackId, [...(groups.get(item.trackId) ?? []), item]);
      return Array.from(groups.values()).filter(({ length }) => length > 1);
    },
    'playlists.preview': () => ({ tracks: [], total: 0, durationMs: 0 }),
    'playlists.move': ({ itemIds, before }: { itemIds: readonly string[]; before: string | null }) => {
      const byId = new Map(items.map((item) => [item.itemId, item]));
      const after = movedOrder([...byId.keys()], new Set(itemIds), before);
      return set(
        'move',
        after.flatMap((itemId) => byId.get(itemId) ?? []),
      );
    },
    'playlists.remove': ({ itemIds }: { itemIds: readonly string[] }) =>
      set(
        'remove',
        items.filter(({ itemId }) => !itemIds.includes(itemId)),
      ),
    'playlists.add': (request: { trackIds: readonly string[]; before?: string | null }) => {
      const added = request.trackIds.flatMap((trackId, index) => {
        const like = items.find((item) => item.trackId === trackId);
        return like === undefined ? [] : [{ ...like, itemId: `${like.itemId}-again-${revision}-${index}` }];
      });
      const at = items.findIndex(({ itemId }) => itemId === request.before);
      const place = at < 0 ? items.length : at;
      return {
        ...set('add', [...items.slice(0, place), ...added, ...items.slice(place)]),
        added: added.length,
        skipped: 0,
      };
    },
    'playlists.create': ({ name }: { name: string }) => ({
      undo: 'undo-create',
      playlist: headOf({ id: 'q'.repeat(20), name }),
    }),
    'playlists.edit': ({ changes }: { changes: Partial<PlaylistHead> }) =>
      set('edit', items, head instanceof HostFailure ? head : { ...head, ...changes }),
  });
  return {
    ...stand,
    order: () => items.map(({ track }) => track?.title.slice(-1) ?? '?').join(''),
    countOf: (method) => stand.calls.filter((call) => call.method === method).length,
  };
}
