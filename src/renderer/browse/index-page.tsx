import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, type ReactNode } from 'react';
import type { HostFailure } from '../../contract/host-error.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Button } from '../ui/button.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { VirtualCoverGrid } from './cover-grid.tsx';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { IndexSkeleton } from './skeletons.tsx';

interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export interface IndexPageProps<Item> {
  readonly title: string;
  /** Over the title: whose or what kind of list this is. */
  readonly kicker?: ReactNode;
  readonly query: UseInfiniteQueryResult<InfiniteData<CursorPage<Item>>, HostFailure>;
  readonly countText: (total: number) => string;
  /** What orders or filters the list. */
  readonly controls?: ReactNode;
  readonly idOf: (item: Item) => string;
  readonly render: (item: Item) => ReactNode;
  readonly notFoundTitle?: string;
}

/** A list without end behind a cursor: title, count, a grid that fetches on as the listener scrolls. */
export function IndexPage<Item>(props: IndexPageProps<Item>): ReactNode {
  usePageArtwork(null);
  usePageTitle(props.title);
  const { query } = props;
  return (
    <QueryState
      query={query}
      skeleton={<IndexSkeleton />}
      {...(props.notFoundTitle === undefined ? {} : { notFoundTitle: props.notFoundTitle })}
    >
      {(pages) => (
        <IndexContent
          {...props}
          pages={pages.pages}
          hasFailed={query.isFetchNextPageError}
          fetchNextPage={query.fetchNextPage}
        />
      )}
    </QueryState>
  );
}

function IndexContent<Item>(
  props: IndexPageProps<Item> & Pick<CursorGridProps<Item>, 'pages' | 'hasFailed' | 'fetchNextPage'>,
): ReactNode {
  return (
    <div>
      <header className={styles.head}>
        {props.kicker !== undefined && <p className={styles.kicker}>{props.kicker}</p>}
        <div className={props.kicker === undefined ? undefined : styles.title}>
          <SleeveTitle text={props.title} size="l" />
        </div>
        <div className={styles.headLine}>
          {props.controls}
          <p className={props.controls === undefined ? styles.total : styles.count}>
            {props.countText(props.pages.at(-1)?.total ?? 0)}
          </p>
        </div>
      </header>
      <CursorGrid {...props} label={props.title} />
    </div>
  );
}

export interface CursorGridProps<Item> {
  readonly pages: readonly CursorPage<Item>[];
  /** Whether the next page could not be had. */
  readonly hasFailed: boolean;
  readonly fetchNextPage: (options: { cancelRefetch: boolean }) => unknown;
  readonly label: string;
  readonly idOf: (item: Item) => string;
  readonly render: (item: Item) => ReactNode;
}

/** Covers behind a cursor: fetched on as the listener scrolls, with a way on when that fails. */
export function CursorGrid<Item>(props: CursorGridProps<Item>): ReactNode {
  const t = useTexts('browse');
  const { pages, fetchNextPage, hasFailed } = props;
  const items = useMemo(() => pages.flatMap((page) => page.items), [pages]);
  const total = pages.at(-1)?.total ?? 0;
  const isComplete = pages.at(-1)?.nextCursor === null;
  const needMore = useCallback(() => {
    if (!hasFailed) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, hasFailed]);
  return (
    <>
      <VirtualCoverGrid
        items={items}
        total={isComplete ? items.length : Math.max(total, items.length + 1)}
        label={props.label}
        idOf={props.idOf}
        render={props.render}
        onNeedMore={needMore}
      />
      {hasFailed && (
        <div className={styles.tail} role="alert">
          {t('states.moreFailed')}
          <Button onClick={() => void fetchNextPage({ cancelRefetch: true })}>{t('states.tryNow')}</Button>
        </div>
      )}
    </>
  );
}
