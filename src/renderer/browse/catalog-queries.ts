/** Every question the pages ask the catalog: its key, and how it is asked. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AlbumOrder } from '../../contract/catalog-http.ts';
import { host } from '../host/host-client.ts';

const ALBUMS_A_PAGE = 100;
const NAMES_A_PAGE = 200;

/** What the infinite lists share: the cursor goes back as it came. */
interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}
export const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: CursorPage<unknown>): string | undefined => page.nextCursor ?? undefined,
};

export const homeQuery = () => queryOptions({ queryKey: ['home'], queryFn: () => host.catalog.home() });

export const albumQuery = (id: string) =>
  queryOptions({ queryKey: ['album', id], queryFn: () => host.catalog.album({ id }) });

export const artistQuery = (id: string) =>
  queryOptions({ queryKey: ['artist', id], queryFn: () => host.catalog.artist({ id }) });

export const genreQuery = (id: string) =>
  queryOptions({ queryKey: ['genre', id], queryFn: () => host.catalog.genre({ id }) });

export const albumsQuery = (order: AlbumOrder, genre?: string) =>
  infiniteQueryOptions({
    queryKey: ['albums', order, genre ?? null],
    queryFn: ({ pageParam }) =>
      host.catalog.albums({ order, genre, cursor: pageParam, limit: ALBUMS_A_PAGE }),
    ...paging,
  });

export const artistAlbumsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['artist-albums', id],
    queryFn: ({ pageParam }) => host.catalog.artistAlbums({ id, cursor: pageParam, limit: ALBUMS_A_PAGE }),
    ...paging,
  });

export const artistsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['artists'],
    queryFn: ({ pageParam }) => host.catalog.artists({ cursor: pageParam, limit: ALBUMS_A_PAGE }),
    ...paging,
  });

export const genresQuery = () =>
  infiniteQueryOptions({
    queryKey: ['genres'],
    queryFn: ({ pageParam }) => host.catalog.genres({ cursor: pageParam, limit: NAMES_A_PAGE }),
    ...paging,
  });

export const HISTORY_KEY = ['history'] as const;
const HISTORY_LIMIT = 500;
/** Local and quick; kept current by the host's `history` event (see `use-history.ts`). */
export const historyQuery = () =>
  queryOptions({ queryKey: HISTORY_KEY, queryFn: () => host.history.recent({ limit: HISTORY_LIMIT }) });

const ON_REPEAT_SHOWN = 5;
export const onRepeatQuery = () =>
  queryOptions({
    queryKey: [...HISTORY_KEY, 'on-repeat'],
    queryFn: () => host.history.onRepeat({ limit: ON_REPEAT_SHOWN }),
  });

/** Enough tracks to play an artist or a genre from the top; the rest is a page away. */
const TRACKS_TO_PLAY = 200;
export const artistTracksQuery = (id: string) =>
  queryOptions({
    queryKey: ['artist-tracks', id],
    queryFn: () => host.catalog.artistTracks({ id, limit: TRACKS_TO_PLAY }),
  });
export const genreTracksQuery = (id: string) =>
  queryOptions({
    queryKey: ['genre-tracks', id],
    queryFn: () => host.catalog.genreTracks({ id, limit: TRACKS_TO_PLAY }),
  });
