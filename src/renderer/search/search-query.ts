import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { SearchKind, SearchReply } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { OrFromComputer } from '../../contract/offline.ts';
import { host } from '../host/host-client.ts';
import { queryClient } from '../host/queries.ts';

export interface SearchQuestion {
  readonly query: string;
  readonly kind: SearchKind | null;
  readonly exact: boolean;
}

/** A first look at every kind. */
const OVERVIEW_LIMIT = 20;
/** The most that the contract gives of one kind; further down nobody looks, but types another letter. */
const KIND_LIMIT = 200;
/** A catalog grows while it is searched: the same question is asked anew after a moment, with the old answer in view. */
const FRESH_MS = 3_000;
const KEPT_MS = 60_000;

/**
 * One question and its answer. A reply carries its question: one that answers another query is refused, so that no
 * mix-up on the way can ever show results under a query they do not belong to.
 */
export const searchQuery = ({ query, kind, exact }: SearchQuestion) =>
  queryOptions({
    queryKey: ['search', query, kind, exact],
    queryFn: async (): Promise<OrFromComputer<SearchReply>> => {
      const reply = await host.catalog.search({
        query,
        limit: kind === null ? OVERVIEW_LIMIT : KIND_LIMIT,
        ...(kind === null ? {} : { kind }),
        correct: !exact,
      });
      if (reply.query !== query) {
        throw new HostFailure('cancelled', `the reply to "${query}" answers "${reply.query}"`);
      }
      return reply;
    },
    staleTime: FRESH_MS,
    gcTime: KEPT_MS,
  });

/** The answer to this question; the answer before it until this one comes, so that the page never goes blank. */
export const useSearch = (question: SearchQuestion) =>
  useQuery({
    ...searchQuery(question),
    enabled: question.query !== '',
    placeholderData: keepPreviousData,
  });

/** The answer for someone who does not wait for a page: Enter in the box. Throws HostFailure. */
export const askSearch = (question: SearchQuestion): Promise<OrFromComputer<SearchReply>> =>
  queryClient.fetchQuery(searchQuery(question));
