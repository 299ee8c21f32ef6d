/** How the listener likes to look at each part of the library, kept on this computer. */
import { z } from 'zod';
import { create } from 'zustand';
import { SAVED_SORTS } from '../../contract/library.ts';
import { reportFailure } from '../report-failure.ts';
import type { LibraryPlace } from './library-paths.ts';

const STORAGE_KEY = 'riffle.library-views';

/** `own`: the order of the shelf; `changed`: of playlists alone. */
export const SHELF_SORTS = ['own', 'title', 'changed'] as const;

const savedViewSchema = z.object({
  sort: z.enum(SAVED_SORTS),
  descending: z.boolean(),
  as: z.enum(['grid', 'list']),
});
const shelfViewSchema = savedViewSchema.extend({ sort: z.enum(SHELF_SORTS) });
export type SavedView = Readonly<z.infer<typeof savedViewSchema>>;
export type ShelfView = Readonly<z.infer<typeof shelfViewSchema>>;

export interface LibraryViews extends Readonly<Record<Exclude<LibraryPlace, 'playlists'>, SavedView>> {
  readonly playlists: ShelfView;
  /** Folders that stand closed in the sidebar. */
  readonly closedFolders: readonly string[];
}

const MOST_CLOSED = 1000;
const NEWEST_FIRST = { sort: 'saved', descending: true } as const;
const DEFAULTS: LibraryViews = {
  tracks: { ...NEWEST_FIRST, as: 'list' },
  albums: { ...NEWEST_FIRST, as: 'grid' },
  artists: { ...NEWEST_FIRST, as: 'grid' },
  playlists: { sort: 'own', descending: false, as: 'grid' },
  closedFolders: [],
};

const viewsSchema: z.ZodType<LibraryViews> = z.object({
  tracks: savedViewSchema.catch(DEFAULTS.tracks),
  albums: savedViewSchema.catch(DEFAULTS.albums),
  artists: savedViewSchema.catch(DEFAULTS.artists),
  playlists: shelfViewSchema.catch(DEFAULTS.playlists),
  closedFolders: z.array(z.string()).max(MOST_CLOSED).readonly().catch([]),
});

/** What cannot be read counts as not chosen yet: a view is a convenience. */
export const readViews = (stored: string | null): LibraryViews => {
  if (stored === null) return DEFAULTS;
  try {
    const parsed = viewsSchema.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
};

export const useLibraryViews = create<LibraryViews>(() =>
  readViews(globalThis.localStorage?.getItem(STORAGE_KEY) ?? null),
);

/** Changes how something is looked at, and remembers it. */
export function changeViews(change: Partial<LibraryViews>): void {
  useLibraryViews.setState(change);
  try {
    globalThis.localStorage?.setItem(STORAGE_KEY, JSON.stringify(useLibraryViews.getState()));
  } catch (failure) {
    // A full store forgets a view with the window; nothing of the library is in it.
    reportFailure(failure);
  }
}
