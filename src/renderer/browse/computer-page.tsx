import { useInfiniteQuery } from '@tanstack/react-query';
import { Disc3, Play, Search, Shuffle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { usePageTitle } from '../frame/page-title.ts';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useDownloads } from '../offline/downloads-store.ts';
import { useIsAway } from '../offline/use-is-away.ts';
import { mayKeepOffline, useSession } from '../session/session-store.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { useSizeTexts } from './catalog-size.ts';
import styles from './computer-page.module.css';
import {
  computerAlbumsQuery,
  computerArtistsQuery,
  computerTracksQuery,
  playComputer,
  useFreshComputer,
} from './computer-queries.ts';
import { ComputerTracks } from './computer-tracks.tsx';
import { CursorGrid } from './index-page.tsx';
import pageStyles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { ArtistCard, namesOf, RecordCard } from './record-card.tsx';
import { GridSkeleton, IndexSkeleton } from './skeletons.tsx';

const SHOWS = ['albums', 'artists', 'tracks'] as const;
type Show = (typeof SHOWS)[number];

/** What plays without a network, kept on purpose or played before: records, artists or tracks (`?show=tracks`). */
export function ComputerPage(): ReactNode {
  const t = useTexts('browse');
  const [parameters] = useSearchParams();
  const show = SHOWS.find((name) => name === parameters.get('show')) ?? 'albums';
  const tracks = useInfiniteQuery(computerTracksQuery());
  usePageArtwork(null);
  usePageTitle(t('computer.title'));
  useFreshComputer();
  return (
    <QueryState query={tracks} skeleton={<IndexSkeleton />}>
      {({ pages }) => (pages[0]?.total === 0 ? <NothingHere /> : <MusicHere show={show} />)}
    </QueryState>
  );
}

function MusicHere({ show }: { readonly show: Show }): ReactNode {
  const t = useTexts('browse');
  const [, setParameters] = useSearchParams();
  const [findPlace, setFindPlace] = useState<HTMLElement | null>(null);
  const totals: Readonly<Record<Show, number | undefined>> = {
    albums: useInfiniteQuery(computerAlbumsQuery()).data?.pages[0]?.total,
    artists: useInfiniteQuery(computerArtistsQuery()).data?.pages[0]?.total,
    tracks: useInfiniteQuery(computerTracksQuery()).data?.pages[0]?.total,
  };
  return (
    <div>
      <header className={pageStyles.head}>
        <SleeveTitle text={t('computer.title')} size="l" />
        <KeptUntil />
        <div className={pageStyles.headLine}>
          <div className={styles.plays}>
            <Button variant="primary" icon={Play} filled onClick={() => void playComputer(false)}>
              {t('play')}
            </Button>
            <Button icon={Shuffle} onClick={() => void playComputer(true)}>
              {t('shuffle')}
            </Button>
          </div>
          <div role="group" aria-label={t('computer.show')} className={styles.shows}>
            {SHOWS.map((name) => (
              <Chip
                key={name}
                selected={name === show}
                count={totals[name] ?? ''}
                onClick={() => setParameters({ show: name }, { replace: true })}
              >
                {t(`computer.${name}`)}
              </Chip>
            ))}
          </div>
          <div ref={setFindPlace} className={styles.find} />
        </div>
      </header>
      {show === 'albums' && <Albums />}
      {show === 'artists' && <Artists />}
      {show === 'tracks' && <ComputerTracks findPlace={findPlace} />}
    </div>
  );
}

function Albums(): ReactNode {
  const t = useTexts('browse');
  const query = useInfiniteQuery(computerAlbumsQuery());
  return (
    <QueryState query={query} skeleton={<GridSkeleton cards={14} />}>
      {({ pages }) => (
        <CursorGrid
          pages={pages}
          hasFailed={query.isFetchNextPageError}
          fetchNextPage={query.fetchNextPage}
          label={t('computer.albums')}
          idOf={(album) => album.id}
          render={(album) => <RecordCard {...album} second={namesOf(album.artists)} />}
        />
      )}
    </QueryState>
  );
}

function Artists(): ReactNode {
  const t = useTexts('browse');
  const sizeTexts = useSizeTexts();
  const query = useInfiniteQuery(computerArtistsQuery());
  return (
    <QueryState query={query} skeleton={<GridSkeleton cards={14} />}>
      {({ pages }) => (
        <CursorGrid
          pages={pages}
          hasFailed={query.isFetchNextPageError}
          fetchNextPage={query.fetchNextPage}
          label={t('computer.artists')}
          idOf={(artist) => artist.id}
          render={(artist) => <ArtistCard {...artist} second={sizeTexts.short(artist)} />}
        />
      )}
    </QueryState>
  );
}

const LEASE_WORDS = { valid: 'keptUntil', ending: 'keptEnding', over: 'keptOver' } as const;
/** Of a listener who is no longer premium: going online changes nothing. */
const FREE_LEASE_WORDS = { valid: 'keptFree', ending: 'keptFree', over: 'keptFreeOver' } as const;

/** Until when kept music plays without a network; nothing while nothing is kept. */
function KeptUntil(): ReactNode {
  const t = useTexts('browse');
  const lease = useDownloads((downloads) => downloads.lease);
  const renews = useSession(mayKeepOffline);
  if (lease.state === 'none') return null;
  const words = renews ? LEASE_WORDS : FREE_LEASE_WORDS;
  return (
    <p className={lease.state === 'valid' && renews ? styles.lease : styles.leaseEnding}>
      {t(`computer.${words[lease.state]}`, { date: formatDate(lease.validUntil, 'day') })}
    </p>
  );
}

function NothingHere(): ReactNode {
  const t = useTexts('browse');
  const [, navigate] = useLocation();
  const isAway = useIsAway();
  return (
    <PageMessage
      kind="empty"
      title={t('computer.emptyTitle')}
      help={t('computer.emptyHelp')}
      // Without the service there is nothing to find that could be kept.
      actions={
        isAway ? undefined : (
          <>
            <Button variant="primary" icon={Search} onClick={() => navigate('/search')}>
              {t('computer.findMusic')}
            </Button>
            <Button variant="bare" icon={Disc3} onClick={() => navigate('/albums')}>
              {t('computer.toAlbums')}
            </Button>
          </>
        )
      }
    />
  );
}
