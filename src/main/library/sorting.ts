/** Orders that lists can be asked for. What is not known comes last, whichever way; ties stay as they were. */
import type { PlaylistSort, SavedSort } from '../../contract/library.ts';
import type { KnownRow } from './known-rows.ts';

type SortValue = string | number | null;
export interface Sortable {
  readonly row: KnownRow | null;
  /** When it was saved or added. */
  readonly atMs: number;
  readonly plays: number;
}

const byTitle = ({ row }: Sortable): SortValue => row?.title ?? null;
const byLength = ({ row }: Sortable): SortValue => (row === null ? null : (row.durationMs ?? row.title));
const byArtist = ({ row }: Sortable): SortValue => (row === null ? null : row.artist || row.title);
const byAlbum = ({ row }: Sortable): SortValue => (row === null ? null : row.album || row.title);

const SAVED_VALUES: Readonly<Record<SavedSort, (item: Sortable) => SortValue>> = {
  saved: ({ atMs }) => atMs,
  title: byTitle,
  artist: byArtist,
  album: byAlbum,
  length: byLength,
  released: ({ row }) => row?.released ?? null,
  plays: ({ plays }) => plays,
};
const PLAYLIST_VALUES: Readonly<Record<Exclude<PlaylistSort, 'own'>, (item: Sortable) => SortValue>> = {
  title: byTitle,
  artist: byArtist,
  album: byAlbum,
  added: ({ atMs }) => atMs,
  length: byLength,
};

const sorted = <Item extends Sortable>(
  items: readonly Item[],
  valueOf: (item: Item) => SortValue,
  descending: boolean,
): readonly Item[] => {
  const direction = descending ? -1 : 1;
  return items
    .map((item) => ({ item, value: valueOf(item) }))
    .sort((one, other) => {
      if (one.value === null || other.value === null)
        return one.value === other.value ? 0 : one.value === null ? 1 : -1;
      return one.value === other.value ? 0 : one.value < other.value ? -direction : direction;
    })
    .map(({ item }) => item);
};

export const sortedSaved = <Item extends Sortable>(
  items: readonly Item[],
  sort: SavedSort,
  descending: boolean,
): readonly Item[] => sorted(items, SAVED_VALUES[sort], descending);

/** `own` is the order in which they are given. */
export const sortedItems = <Item extends Sortable>(
  items: readonly Item[],
  sort: PlaylistSort,
  descending: boolean,
): readonly Item[] => {
  if (sort !== 'own') return sorted(items, PLAYLIST_VALUES[sort], descending);
  return descending ? items.toReversed() : items;
};
