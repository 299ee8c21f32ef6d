/** Orders that lists can be asked for. What is not known comes last, whichever way; ties stay as they were. */
import type { PlaylistSort, SavedSort } from '../../contract/library.ts';
import { mergedInSteps, sortedInSteps, type Steps } from '../../core/work/steps.ts';
import type { KnownRow } from './known-rows.ts';

export type SortValue = string | number | null;
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

/** What an item is sorted by, worked out once. */
export interface Valued<Item> {
  readonly item: Item;
  readonly value: SortValue;
}
const compare =
  (direction: 1 | -1) =>
  (one: Valued<unknown>, other: Valued<unknown>): number => {
    if (one.value === null || other.value === null)
      return one.value === other.value ? 0 : one.value === null ? 1 : -1;
    return one.value === other.value ? 0 : one.value < other.value ? -direction : direction;
  };
const directionOf = (descending: boolean): 1 | -1 => (descending ? -1 : 1);

export const valuedSaved = <Item extends Sortable>(item: Item, sort: SavedSort): Valued<Item> => ({
  item,
  value: SAVED_VALUES[sort](item),
});
export const sortedValues = <Item>(
  values: readonly Valued<Item>[],
  descending: boolean,
): Steps<readonly Valued<Item>[]> => sortedInSteps(values, compare(directionOf(descending)));
/** Two sorted lists as one, without sorting it anew. */
export const mergedValues = <Item>(
  one: readonly Valued<Item>[],
  other: readonly Valued<Item>[],
  descending: boolean,
): Steps<readonly Valued<Item>[]> => mergedInSteps(one, other, compare(directionOf(descending)));

/** `own` is the order in which they are given. */
export const sortedItems = <Item extends Sortable>(
  items: readonly Item[],
  sort: PlaylistSort,
  descending: boolean,
): readonly Item[] => {
  if (sort === 'own') return descending ? items.toReversed() : items;
  const valueOf = PLAYLIST_VALUES[sort];
  const values = items.map((item) => ({ item, value: valueOf(item) }));
  return values.toSorted(compare(directionOf(descending))).map(({ item }) => item);
};
