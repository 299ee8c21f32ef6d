/** What a search page shows is said by its address alone: `/search?q=…&kind=album&exact=1`. */
import { searchKindSchema, type SearchKind } from '../../contract/catalog-http.ts';

export interface SearchAddress {
  /** As typed, outer spaces and all: the box shows it back. */
  readonly text: string;
  /** Null for all kinds. */
  readonly kind: SearchKind | null;
  /** True takes the letters as typed ("search instead for …"). */
  readonly exact: boolean;
}

export const SEARCH_PATH = '/search';

/** The longest query that the contract takes. */
const MOST_LETTERS = 200;

export const readSearchAddress = (parameters: URLSearchParams): SearchAddress => {
  const kind = searchKindSchema.safeParse(parameters.get('kind'));
  return {
    text: (parameters.get('q') ?? '').slice(0, MOST_LETTERS),
    kind: kind.success ? kind.data : null,
    exact: parameters.get('exact') === '1',
  };
};

export const searchPath = ({ text, kind, exact }: SearchAddress): string => {
  const parameters = new URLSearchParams();
  if (text !== '') parameters.set('q', text);
  if (kind !== null) parameters.set('kind', kind);
  if (exact) parameters.set('exact', '1');
  const query = parameters.toString();
  return query === '' ? SEARCH_PATH : `${SEARCH_PATH}?${query}`;
};

/** The query as it is asked: what is typed, without the spaces around and doubled between words. */
export const askedQuery = (text: string): string =>
  text.trim().replaceAll(/\s+/g, ' ').slice(0, MOST_LETTERS);
