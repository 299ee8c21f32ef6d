/** The shelf as the window reads it: flat, found in, sorted. Pure. */
import type { PlaylistHead, ShelfEntry } from '../../contract/library.ts';
import { foldLetters, wordsOfFolded } from '../../core/search-text/normalise.ts';

export type FolderEntry = Extract<ShelfEntry, { readonly kind: 'folder' }>;
export type PlaylistEntry = Extract<ShelfEntry, { readonly kind: 'playlist' }>;

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
