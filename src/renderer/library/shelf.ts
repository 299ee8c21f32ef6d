/** The shelf as the window reads it: flat, found in, sorted. Pure. */
import type { PlaylistHead, ShelfEntry } from '../../contract/library.ts';
import { foldLetters, wordsOfFolded } from '../../core/search-text/normalise.ts';

export type FolderEntry = Extract<ShelfEntry, { readonly kind: 'folder' }>;

/** An entry with where it stands. `depth` 0 is the top. */
export interface ShelfLine {
  readonly entry: ShelfEntry;
  readonly depth: number;
  readonly folder: FolderEntry | null;
}

/** Every entry under its folder, those of closed folders left out. */
export function shelfLines(
  entries: readonly ShelfEntry[],
  isClosed: (folderId: string) => boolean,
  depth = 0,
  folder: FolderEntry | null = null,
): readonly ShelfLine[] {
  return entries.flatMap((entry): readonly ShelfLine[] => {
    const line: ShelfLine = { entry, depth, folder };
    if (entry.kind === 'playlist' || isClosed(entry.folderId)) return [line];
    return [line, ...shelfLines(entry.entries, isClosed, depth + 1, entry)];
  });
}

const NEVER_CLOSED = (): boolean => false;

/** All playlists, in the order of the shelf, each with its folder. */
export const shelfPlaylists = (
  entries: readonly ShelfEntry[],
): readonly { readonly playlist: PlaylistHead; readonly folder: FolderEntry | null }[] =>
  shelfLines(entries, NEVER_CLOSED).flatMap(({ entry, folder }) =>
    entry.kind === 'playlist' ? [{ playlist: entry.playlist, folder }] : [],
  );

export const findFolder = (entries: readonly ShelfEntry[], folderId: string): FolderEntry | null => {
  for (const { entry } of shelfLines(entries, NEVER_CLOSED)) {
    if (entry.kind === 'folder' && entry.folderId === folderId) return entry;
  }
  return null;
};

/** Whether tracks may be put into it by hand. */
export const takesTracks = ({ role, rules }: PlaylistHead): boolean =>
  rules === null && (role === 'owner' || role === 'editor');

export const nameOf = (entry: ShelfEntry): string =>
  entry.kind === 'folder' ? entry.name : entry.playlist.name;

/** Whether every word of the query is in the name, whatever its case and accents. */
export const matchesName = (query: string): ((name: string) => boolean) => {
  const words = wordsOfFolded(foldLetters(query));
  return (name) => {
    const folded = foldLetters(name);
    return words.every((word) => folded.includes(word));
  };
};

/** An entry as a page shows it, with the folder it is in. */
export interface ShelfPlace {
  readonly entry: ShelfEntry;
  readonly folder: FolderEntry | null;
}

export interface ShelfOrder {
  readonly sort: 'own' | 'title' | 'changed';
  readonly descending: boolean;
  /** Words that the name must hold; then all folders are looked into. */
  readonly filter: string;
}

/** Folders have no time of their own: they stay before what has one. */
const changedAt = (entry: ShelfEntry): string => (entry.kind === 'playlist' ? entry.playlist.changedAt : '');

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

const compare = (sort: 'title' | 'changed', left: ShelfPlace, right: ShelfPlace): number =>
  sort === 'title'
    ? byName.compare(nameOf(left.entry), nameOf(right.entry))
    : changedAt(left.entry).localeCompare(changedAt(right.entry));

/** What a page of one folder (or of the top) shows: its entries; or whatever is called so, wherever it is. */
export function shelfView(
  shelf: readonly ShelfEntry[],
  folder: FolderEntry | null,
  { sort, descending, filter }: ShelfOrder,
): readonly ShelfPlace[] {
  const matches = matchesName(filter);
  const places: readonly ShelfPlace[] =
    filter === ''
      ? (folder?.entries ?? shelf).map((entry) => ({ entry, folder }))
      : shelfLines(shelf, NEVER_CLOSED).filter(({ entry }) => matches(nameOf(entry)));
  const sorted = sort === 'own' ? places : places.toSorted((left, right) => compare(sort, left, right));
  return descending ? sorted.toReversed() : sorted;
}
