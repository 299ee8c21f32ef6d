import { useQueries, type QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostFailure } from '../../contract/host-error.ts';
import type { ListPage, ListRequest } from '../../contract/library.ts';
import { LIBRARY_KEY } from './library-store.ts';

export const ITEMS_A_PAGE = 100;
/** Pages held on to: those in sight, and some to scroll back to. */
const MOST_PAGES = 8;
/** What has scrolled away is forgotten soon: a library is long, and asking for it again is quick. */
const FORGET_AFTER_MS = 30_000;

/** A list of which only what is on screen is had. */
export interface SparseList<Item> {
  /** As long as the list; null: not had yet. Null altogether before the first answer. */
  readonly items: readonly (Item | null)[] | null;
  readonly error: HostFailure | null;
  readonly refetch: () => void;
  /** Says which places are on screen. */
  readonly show: (indexes: readonly number[]) => void;
  /** What is shown is the answer to an older question, until that to the new one is there. */
  readonly isOld: boolean;
}

const FIRST_PAGE: readonly number[] = [0];

interface Held<Item> {
  readonly stamp: string;
  readonly items: readonly (Item | null)[] | null;
}

/** The pages that hold those places; the ones of before stay as long as there is room. */
export const pagesFor = (before: readonly number[], indexes: readonly number[]): readonly number[] => {
  const needed = new Set(indexes.map((index) => Math.floor(index / ITEMS_A_PAGE)));
  if ([...needed].every((page) => before.includes(page))) return before;
  const kept = before.filter((page) => !needed.has(page));
  return [...kept, ...needed].slice(-Math.max(MOST_PAGES, needed.size));
};

/** The whole list, with what is had in its places. */
export const placeItems = <Item>(
  total: number,
  pages: readonly { readonly page: number; readonly items: readonly Item[] }[],
): readonly (Item | null)[] => {
  const all = Array.from({ length: total }, (): Item | null => null);
  for (const { page, items } of pages) {
    for (const [at, item] of items.entries()) {
      const index = page * ITEMS_A_PAGE + at;
      if (index < total) all[index] = item;
    }
  }
  return all;
};

/**
 * A list of any length, of which the pages in sight are asked for, and asked for again when the library changes.
 *
 * @param question what is asked for, apart from the page: another one is another list
 */
export function useSparseList<Item>(
  question: QueryKey,
  fetchPage: (request: Pick<ListRequest, 'offset' | 'limit'>) => Promise<ListPage<Item>>,
): SparseList<Item> {
  const id = JSON.stringify(question);
  const [wanted, setWanted] = useState<{ readonly id: string; readonly pages: readonly number[] }>({
    id,
    pages: FIRST_PAGE,
  });
  const pages = wanted.id === id ? wanted.pages : FIRST_PAGE;
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [LIBRARY_KEY, ...question, page],
      queryFn: () => fetchPage({ offset: page * ITEMS_A_PAGE, limit: ITEMS_A_PAGE }),
      staleTime: Infinity,
      gcTime: FORGET_AFTER_MS,
    })),
  });
  const had = answers.flatMap(({ data }, at) => {
    const page = pages[at];
    return data === undefined || page === undefined ? [] : [{ page, data }];
  });
  // Of answers of different ages the newest says how long the list is.
  const newest = had.toSorted((left, right) => right.data.revision - left.data.revision)[0]?.data;
  const total = newest?.total ?? null;

  // Put together once for each set of answers. Until another question has its first one, what was shown stays, so that the
  // page does not blink at each letter.
  const [held, setHeld] = useState<Held<Item>>({ stamp: '', items: null });
  const stamp = [id, total, pages, answers.map(({ dataUpdatedAt }) => dataUpdatedAt)].join();
  if (total !== null && held.stamp !== stamp) {
    setHeld({
      stamp,
      items: placeItems(
        total,
        had.map(({ page, data }) => ({ page, items: data.items })),
      ),
    });
  }
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  return {
    items: held.items,
    error: total === null ? error : null,
    refetch: () => {
      for (const answer of answers) void answer.refetch();
    },
    show: (indexes) => {
      // Rows tell one after the other within a frame, so each goes on from what the one before has asked for.
      setWanted((before) => {
        const pagesBefore = before.id === id ? before.pages : FIRST_PAGE;
        const next = pagesFor(pagesBefore, indexes);
        return next === before.pages ? before : { id, pages: next };
      });
    },
    isOld: total === null && held.items !== null,
  };
}
