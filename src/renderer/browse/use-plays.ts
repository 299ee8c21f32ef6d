import {
  keepPreviousData,
  useQueries,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { HistoryDay, HistoryEntry } from '../../contract/history.ts';
import type { HostFailure } from '../../contract/host-error.ts';
import { host, subscribe } from '../host/host-client.ts';

const PLAYS_KEY = 'plays';
const PLAYS_A_PAGE = 100;
/** Those in sight, and some to scroll back to. */
const MOST_PAGES = 8;
const FIRST_PAGE: readonly number[] = [0];

/** Every play, of which only what is in sight is had. */
export interface Plays {
  /** How many there are of each day. */
  readonly query: UseQueryResult<readonly HistoryDay[], HostFailure>;
  /** As long as the history; null: not had yet. */
  readonly entries: readonly (HistoryEntry | null)[];
  readonly show: (indexes: readonly number[]) => void;
}

const pagesFor = (before: readonly number[], indexes: readonly number[]): readonly number[] => {
  const needed = new Set(indexes.map((index) => Math.floor(index / PLAYS_A_PAGE)));
  if ([...needed].every((page) => before.includes(page))) return before;
  return [...before.filter((page) => !needed.has(page)), ...needed].slice(-Math.max(MOST_PAGES, needed.size));
};

export function usePlays(find: string): Plays {
  const client = useQueryClient();
  const [wanted, setWanted] = useState<{ readonly find: string; readonly pages: readonly number[] }>({
    find,
    pages: FIRST_PAGE,
  });
  const pages = wanted.find === find ? wanted.pages : FIRST_PAGE;
  useEffect(
    () => subscribe('history', () => void client.invalidateQueries({ queryKey: [PLAYS_KEY] })),
    [client],
  );
  const days = useQuery<readonly HistoryDay[], HostFailure>({
    queryKey: [PLAYS_KEY, 'days', find],
    queryFn: () => host.history.days({ find }),
    placeholderData: keepPreviousData,
  });
  const total = (days.data ?? []).reduce((sum, { plays }) => sum + plays, 0);
  const combine = useCallback(
    (answers: readonly { readonly data?: readonly HistoryEntry[] | undefined }[]) => {
      const all = Array.from({ length: total }, (): HistoryEntry | null => null);
      for (const [at, { data = [] }] of answers.entries())
        for (const [place, entry] of data.entries()) {
          const index = (pages[at] ?? 0) * PLAYS_A_PAGE + place;
          if (index < total) all[index] = entry;
        }
      return all;
    },
    [pages, total],
  );
  const entries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [PLAYS_KEY, 'page', find, page],
      queryFn: () => host.history.page({ find, offset: page * PLAYS_A_PAGE, limit: PLAYS_A_PAGE }),
    })),
    combine,
  });
  return {
    query: days,
    entries,
    show: (indexes) => {
      const next = pagesFor(pages, indexes);
      if (next !== pages) setWanted({ find, pages: next });
    },
  };
}
