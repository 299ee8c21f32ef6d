/** Playlists as the window shows them: heads, pages of items, duplicates. */
import type { Artwork, Track } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type {
  ListPage,
  PlaylistHead,
  PlaylistItem,
  PlaylistMember,
  PlaylistRequest,
  PlaylistRole,
  PlaylistSort,
  ListRequest,
} from '../../contract/library.ts';
import { roleIn, type PlaylistView } from '../../core/library/playlist-view.ts';
import type { OrderedView } from '../../core/library/replica.ts';
import { wallMsOf } from '../../core/library/stamp.ts';
import { createLruMap } from '../storage/lru-map.ts';
import { filterOf, type KnownRows, type KnownThings } from './known-rows.ts';
import type { Library } from './library.ts';
import type { SmartLists } from './smart-lists.ts';
import { sortedItems } from './sorting.ts';
import type { VisitedPlaylist } from './visited-playlists.ts';

/** An item as it stands, of a plain or a smart playlist. */
export interface ListedItem {
  readonly itemId: string;
  readonly trackId: string;
  readonly addedAtMs: number;
  readonly addedBy: string;
}
type Order = PlaylistRequest & {
  readonly sort: PlaylistSort;
  readonly descending: boolean;
  readonly filter?: string | undefined;
};

/** A playlist that can be looked at: one of the listener's own, or somebody else's as it was seen last. */
export interface ListedPlaylist extends Pick<PlaylistView, 'details' | 'owner' | 'members'> {
  readonly role: PlaylistRole;
  /** Another list after a change. */
  readonly items: Pick<OrderedView<ListedItem>, 'length' | 'slice' | typeof Symbol.iterator>;
  readonly changedAt: string;
  readonly oldSince: string | null;
  /** Of an owner who is no member of a circle that this computer knows. */
  readonly ownerName: string | null;
}

export interface PlaylistLists {
  /**
   * Throws `not_found`: there is none here, it is deleted, or the listener is no member (any more). Throws `forbidden` for somebody
   * else's, in which nothing can be changed.
   */
  own(id: string): PlaylistView;
  /** Throws `not_found` for what is neither the listener's own nor was seen here. */
  view(id: string): ListedPlaylist;
  head(id: string): Promise<PlaylistHead>;
  /** In its own order. */
  all(id: string): Promise<readonly ListedItem[]>;
  ordered(order: Order): Promise<readonly ListedItem[]>;
  page(request: Order & ListRequest): Promise<ListPage<PlaylistItem>>;
  duplicates(id: string): Promise<readonly (readonly PlaylistItem[])[]>;
}

const COVERS = 4;
const MOST_LOOKED_AT_FOR_COVERS = 400;
const MOST_KEPT = 12;

const iso = (ms: number): string => new Date(ms).toISOString();

interface Measured {
  readonly artwork: readonly Artwork[];
  readonly durationMs: number;
}

export const createPlaylistLists = (options: {
  readonly library: Library;
  readonly things: KnownThings;
  readonly rows: KnownRows;
  readonly smart: SmartLists;
  /** Somebody else's, as it was seen last. */
  readonly visited: (id: string) => VisitedPlaylist | null;
  readonly me: () => { readonly id: string; readonly name: string | null };
  /** As the service told; null: it has not. */
  readonly nameOf: (userId: string) => string | null;
}): PlaylistLists => {
  const { library, things, rows, smart, visited, me, nameOf } = options;
  const kept = createLruMap<string, { readonly revision: number; readonly items: readonly ListedItem[] }>(
    MOST_KEPT,
  );
  /** By the items that were looked at, which are another object after a change. */
  const measured = new WeakMap<object, Measured>();

  const ownOrNull = (id: string): (PlaylistView & { readonly role: PlaylistRole }) | null => {
    const found = library.documents.playlist(id)?.replica().view();
    const role = found === undefined ? null : roleIn(found, me().id);
    return found === undefined || found.isDeleted || role === null || role === 'visitor'
      ? null
      : { ...found, role };
  };
  const own = (id: string): PlaylistView => {
    const found = ownOrNull(id);
    if (found !== null) return found;
    throw visited(id) === null
      ? new HostFailure('not_found', `there is no playlist ${id}`)
      : new HostFailure('forbidden', 'what somebody else shares is theirs to change');
  };
  const view = (id: string): ListedPlaylist => {
    const found = ownOrNull(id);
    if (found !== null) {
      const changedAt = iso(found.changedAt === null ? 0 : wallMsOf(found.changedAt));
      return { ...found, changedAt, oldSince: null, ownerName: null };
    }
    const seen = visited(id);
    if (seen === null) throw new HostFailure('not_found', `there is no playlist ${id}`);
    const { owner, items, changedAt, name, description, picture, visibility, rules } = seen;
    return {
      role: 'visitor',
      details: { name, description, picture, visibility, rules },
      owner: owner?.userId ?? null,
      ownerName: owner?.name ?? null,
      members: [],
      items,
      changedAt,
      oldSince: seen.isOld ? iso(seen.seenAtMs) : null,
    };
  };

  const all = async (id: string): Promise<readonly ListedItem[]> => {
    const { details, items, owner } = view(id);
    if (details.rules === null) return [...items];
    const tracks = await smart.tracks(details.rules);
    return tracks.map(({ trackId, addedMs }) => ({
      itemId: trackId,
      trackId,
      addedAtMs: addedMs ?? 0,
      addedBy: owner ?? '',
    }));
  };

  const measure = async ({ details, items }: ListedPlaylist): Promise<Measured & { itemCount: number }> => {
    if (details.rules !== null) {
      const tracks = await smart.tracks(details.rules);
      const artwork = coversOf(tracks.map(({ trackId }) => trackId));
      const durationMs = tracks.reduce((sum, track) => sum + track.durationMs, 0);
      return { artwork, durationMs, itemCount: tracks.length };
    }
    const known = measured.get(items);
    // Titles and covers become known later than the items: only a whole answer is kept.
    if (known !== undefined) return { ...known, itemCount: items.length };
    const ids = [...items].map(({ trackId }) => trackId);
    await rows.read('track', ids);
    let isWhole = true;
    let durationMs = 0;
    for (const trackId of ids) {
      const row = rows.row('track', trackId);
      isWhole &&= row !== null;
      durationMs += row?.durationMs ?? 0;
    }
    const result = { artwork: coversOf(ids), durationMs };
    if (isWhole) measured.set(items, result);
    return { ...result, itemCount: ids.length };
  };
  const coversOf = (trackIds: readonly string[]): readonly Artwork[] => {
    const covers = new Map<string, Artwork>();
    for (const id of trackIds.slice(0, MOST_LOOKED_AT_FOR_COVERS)) {
      const artwork = things.track(id)?.artwork ?? null;
      if (artwork !== null) covers.set(artwork.id, artwork);
      if (covers.size === COVERS) break;
    }
    return [...covers.values()];
  };

  const membersOf = ({ role, owner, ownerName, members }: ListedPlaylist): readonly PlaylistMember[] => {
    if (owner !== null && role === 'visitor') return [{ userId: owner, name: ownerName, role: 'owner' }];
    if (members.length === 0 || owner === null) return [];
    const name = (userId: string): string | null => (userId === me().id ? me().name : nameOf(userId));
    return [
      { userId: owner, name: name(owner), role: 'owner' },
      ...members.map(({ userId, role }) => ({ userId, name: name(userId), role })),
    ];
  };

  const ordered = async (order: Order): Promise<readonly ListedItem[]> => {
    const { id, sort, descending, filter } = order;
    const passes = filterOf(filter);
    if (sort === 'own' && !descending && passes === null) return all(id);
    const key = JSON.stringify([id, sort, descending, filter ?? '']);
    const revision = library.revision();
    const known = kept.get(key);
    if (known?.revision === revision) return known.items;
    const listed = await all(id);
    await rows.read(
      'track',
      listed.map(({ trackId }) => trackId),
    );
    const found = listed
      .map((item) => ({ item, row: rows.row('track', item.trackId), atMs: item.addedAtMs, plays: 0 }))
      .filter(({ row }) => passes === null || passes(row));
    const items = sortedItems(found, sort, descending).map(({ item }) => item);
    kept.set(key, { revision, items });
    return items;
  };

  const shownAs = (item: ListedItem): PlaylistItem => ({
    itemId: item.itemId,
    trackId: item.trackId,
    track: things.track(item.trackId),
    addedAt: iso(item.addedAtMs),
    addedBy: item.addedBy,
  });

  return {
    own,
    view,
    all,
    ordered,
    async head(id) {
      const found = view(id);
      const { details, role, changedAt, oldSince } = found;
      const { artwork, durationMs, itemCount } = await measure(found);
      const { picture } = details;
      return {
        id,
        name: details.name,
        description: details.description,
        picture,
        artwork: picture.kind === 'own' ? [{ id: picture.imageId, palette: null }] : artwork,
        visibility: details.visibility,
        rules: details.rules,
        role,
        members: membersOf(found),
        itemCount,
        durationMs,
        changedAt,
        oldSince,
      };
    },
    async page(request) {
      const { offset, limit } = request;
      const revision = library.revision();
      const found = view(request.id);
      const isPlain =
        found.details.rules === null &&
        request.sort === 'own' &&
        !request.descending &&
        filterOf(request.filter) === null;
      const list = isPlain ? found.items : await ordered(request);
      return { items: list.slice(offset, offset + limit).map(shownAs), total: list.length, revision };
    },
    async duplicates(id) {
      const items = (await all(id)).map(shownAs);
      const recordingOf = (track: Track | null): string | null => track?.isrc ?? null;
      // Items of one track, or of tracks that are one recording, are one group.
      const byRecording = new Map<string, string>();
      const keyOf = ({ trackId, track }: PlaylistItem): string => {
        const isrc = recordingOf(track);
        if (isrc === null) return trackId;
        const first = byRecording.get(isrc) ?? trackId;
        byRecording.set(isrc, first);
        return first;
      };
      return [...Map.groupBy(items, keyOf).values()].filter((group) => group.length > 1);
    },
  };
};
