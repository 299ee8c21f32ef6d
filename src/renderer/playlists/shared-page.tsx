import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { QueryState } from '../browse/page-states.tsx';
import { NotFoundPage } from '../frame/lost-pages.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { playlistPath } from '../library/library-paths.ts';
import { sharedQuery } from './playlist-queries.ts';
import { PlaylistSkeleton } from './playlist-skeleton.tsx';
import { useSharedLink } from './shared-store.ts';

/** Where a link to somebody's playlist leads: to the playlist, or to why it cannot be shown. */
export function SharedPage(): ReactNode {
  const { shareId } = useSharedLink();
  return shareId === null ? <NotFoundPage /> : <Opening shareId={shareId} />;
}

function Opening({ shareId }: { readonly shareId: string }): ReactNode {
  const t = useTexts('playlists');
  const query = useQuery(sharedQuery(shareId));
  return (
    <QueryState query={query} skeleton={<PlaylistSkeleton />} notFoundTitle={t('visitor.nothing')}>
      {({ id }) => <Redirect to={playlistPath(id)} replace />}
    </QueryState>
  );
}
