import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { PlaylistItem } from '../../contract/library.ts';
import type { HostFailure } from '../../contract/host-error.ts';
import { ITEMS_A_PAGE, itemsQuery, orderQuery, type ItemRef, type ListView } from './playlist-queries.ts';

export interface PlaylistRows {
  /** The whole list, by ids; null before it is known. */
  readonly order: readonly ItemRef[] | null;
  /** Undefined: not had yet. What was had once stays with its item wherever that moves to. */
  rowOf(itemId: string): PlaylistItem | undefined;
  /** Says which rows are on screen. */
  show(indexes: readonly number[]): void;
  readonly error: HostFailure | null;
  readonly refetch: () => void;
}

const NO_ITEMS: readonly PlaylistItem[] = [];

const pagesOf = (indexes: readonly number[]): readonly number[] =>
  Array.from(new Set(indexes.map((index) => Math.floor(index / ITEMS_A_PAGE))));

/**
 * A playlist of any length: its order whole, its rows by the pages that are on screen. Because rows are known by item and not by
 * place, moving and removing show at once, and nothing on screen goes blank.
 */
export function usePlaylistRows(id: string, view: ListView): PlaylistRows {
  const order = useQuery(orderQuery(id, view));
  const [pages, setPages] = useState<readonly number[]>([0]);
  const answers = useQueries({ queries: pages.map((page) => itemsQuery(id, view, page)) });
  const [had] = useState(() => new Map<string, PlaylistItem>());
  const stamp = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  const rows = useMemo(() => {
    for (const { data = NO_ITEMS } of answers) for (const item of data) had.set(item.itemId, item);
    return { rowOf: (itemId: string) => had.get(itemId) };
    // `stamp` and `pages` say whether any of the answers, which are made anew each time, is another one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [had, stamp, pages]);
  return {
    order: order.data ?? null,
    rowOf: rows.rowOf,
    show(indexes) {
      const wanted = pagesOf(indexes);
      if (wanted.length > 0 && wanted.join() !== pages.join()) setPages(wanted);
    },
    error: order.error,
    refetch: () => void order.refetch(),
  };
}
