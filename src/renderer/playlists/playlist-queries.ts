/** Every question the pages ask about playlists. Their keys begin as all of the library's do: asked again when it changes. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PlaylistItem, PlaylistSort } from '../../contract/library.ts';
import type { SmartRules } from '../../core/library/smart/rules.ts';
import { host } from '../host/host-client.ts';
import { queryClient } from '../host/queries.ts';
import { LIBRARY_KEY } from '../library/library-store.ts';

/** How a playlist is looked at; changes nothing of it. */
export interface ListView {
  readonly sort: PlaylistSort;
  readonly descending: boolean;
  /** Words that are looked for; empty: all. */
  readonly filter: string;
}
export const OWN_VIEW: ListView = { sort: 'own', descending: false, filter: '' };
export const isOwnView = ({ sort, descending, filter }: ListView): boolean =>
  sort === 'own' && !descending && filter === '';

export interface ItemRef {
  readonly itemId: string;
  readonly trackId: string;
}

const asked = ({ sort, descending, filter }: ListView) => ({
  sort,
  descending,
  ...(filter === '' ? {} : { filter }),
});

export const headQuery = (id: string) =>
  queryOptions({
    queryKey: [LIBRARY_KEY, 'playlist', id],
    queryFn: () => host.playlists.get({ id }),
    // Of somebody else's nobody tells how it changes: it is asked for anew whenever it is opened.
    staleTime: ({ state }) => (state.data?.role === 'visitor' ? 0 : Infinity),
  });

/** What a link leads to. The page that it leads to has the answer already. */
export const sharedQuery = (shareId: string) =>
  queryOptions({
    queryKey: [LIBRARY_KEY, 'shared', shareId],
    queryFn: async () => {
      const playlist = await host.playlists.openShared({ shareId });
      queryClient.setQueryData(headQuery(playlist.id).queryKey, playlist);
      return playlist;
    },
    // A link may have been taken back since it was opened last.
    staleTime: 0,
    gcTime: 0,
  });

export const orderKey = (id: string, view: ListView) =>
  [LIBRARY_KEY, 'playlist-order', id, view.sort, view.descending, view.filter] as const;
/** The whole list by ids; of another view of it the old one stays until this is there. */
export const orderQuery = (id: string, view: ListView) =>
  queryOptions({
    queryKey: orderKey(id, view),
    queryFn: (): Promise<readonly ItemRef[]> => host.playlists.trackIds({ id, ...asked(view) }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

/** Rows are had by pages of this many. */
export const ITEMS_A_PAGE = 100;
export const itemsQuery = (id: string, view: ListView, page: number) =>
  queryOptions({
    queryKey: [LIBRARY_KEY, 'playlist-items', id, view.sort, view.descending, view.filter, page],
    queryFn: async (): Promise<readonly PlaylistItem[]> => {
      const request = { id, offset: page * ITEMS_A_PAGE, limit: ITEMS_A_PAGE, ...asked(view) };
      return (await host.playlists.items(request)).items;
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** As many as the contract gives at once. */
const ITEMS_AT_ONCE = 500;
/** Every item of a view, in order: to play all of it. Rejects as the host does. */
export async function allItems(id: string, view: ListView): Promise<readonly PlaylistItem[]> {
  const items: PlaylistItem[] = [];
  for (;;) {
    const page = await host.playlists.items({
      id,
      offset: items.length,
      limit: ITEMS_AT_ONCE,
      ...asked(view),
    });
    items.push(...page.items);
    if (items.length >= page.total || page.items.length === 0) return items;
  }
}

export const duplicatesQuery = (id: string) =>
  queryOptions({
    queryKey: [LIBRARY_KEY, 'playlist-duplicates', id],
    queryFn: () => host.playlists.duplicates({ id }),
    staleTime: Infinity,
  });

const PREVIEW_TRACKS = 50;
export const previewQuery = (rules: SmartRules) =>
  queryOptions({
    queryKey: [LIBRARY_KEY, 'preview', rules],
    queryFn: () => host.playlists.preview({ rules, limit: PREVIEW_TRACKS }),
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });

/**
 * Shows an order before the host has said so. Answers that are under way are older, and dropped; what the host says next stands.
 * Gives how to take it back.
 */
export async function showOrder(
  id: string,
  change: (order: readonly ItemRef[]) => readonly ItemRef[],
): Promise<() => void> {
  const key = orderKey(id, OWN_VIEW);
  await queryClient.cancelQueries({ queryKey: key });
  const before = queryClient.getQueryData<readonly ItemRef[]>(key);
  if (before !== undefined) queryClient.setQueryData(key, change(before));
  return () => void queryClient.invalidateQueries({ queryKey: key });
}
