import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ShelfEntry } from '../../contract/library.ts';
import { host } from '../host/host-client.ts';
import { LIBRARY_KEY } from './library-store.ts';

/** The shelf, whole: asked for again whenever the library changes. */
export const shelfQuery = () =>
  queryOptions({
    queryKey: [LIBRARY_KEY, 'shelf'],
    queryFn: () => host.library.shelf(),
    staleTime: Infinity,
  });

const NO_ENTRIES: readonly ShelfEntry[] = [];

const holds = (entries: readonly ShelfEntry[], id: string): boolean =>
  entries.some((entry) => (entry.kind === 'folder' ? holds(entry.entries, id) : entry.playlist.id === id));

/** Whether a playlist stands on the shelf, in a folder or not. */
export const useIsOnShelf = (id: string): boolean => holds(useShelf(), id);

/** What stands on the shelf, as far as it is known yet. */
export const useShelf = (): readonly ShelfEntry[] => useQuery(shelfQuery()).data ?? NO_ENTRIES;
