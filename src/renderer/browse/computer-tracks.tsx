import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { TrackPage } from '../../contract/catalog-http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { useFind } from '../track-list/use-find.tsx';
import { Button } from '../ui/button.tsx';
import { computerTracksQuery } from './computer-queries.ts';
import pageStyles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { RowsSkeleton } from './skeletons.tsx';

interface FindPlace {
  /** Where the field that narrows the list is put, in the head of the page. */
  readonly findPlace: HTMLElement | null;
}

/** Every track on this computer, in rows. */
export function ComputerTracks({ findPlace }: FindPlace): ReactNode {
  const t = useTexts('browse');
  const query = useInfiniteQuery(computerTracksQuery());
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  // The list begins with the first page; the others follow by themselves, so that finding in it finds everything.
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage({ cancelRefetch: false });
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return (
    <QueryState query={query} skeleton={<RowsSkeleton rows={12} art />}>
      {({ pages }) => (
        <>
          <Rows pages={pages} findPlace={findPlace} />
          {isFetchNextPageError && (
            <div className={pageStyles.tail} role="alert">
              {t('states.moreFailed')}
              <Button onClick={() => void fetchNextPage({ cancelRefetch: true })}>
                {t('states.tryNow')}
              </Button>
            </div>
          )}
        </>
      )}
    </QueryState>
  );
}

function Rows({ pages, findPlace }: FindPlace & { readonly pages: readonly TrackPage[] }): ReactNode {
  const t = useTexts('browse');
  const tracks = useMemo(() => pages.flatMap((page) => page.items), [pages]);
  const total = Math.max(tracks.length, pages.at(-1)?.total ?? 0);
  const find = useFind(tracks);
  return (
    <>
      {findPlace !== null && createPortal(find.field, findPlace)}
      <TrackList
        tracks={find.tracks}
        layout="mixed"
        label={t('computer.tracks')}
        withHead
        total={find.isNarrowed ? find.tracks.length : total}
        origin={{ kind: 'tracks', id: null, title: t('computer.title') }}
        scope={find.scope}
      />
      {find.nothing}
    </>
  );
}
