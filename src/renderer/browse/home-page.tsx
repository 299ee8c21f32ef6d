import { useQuery } from '@tanstack/react-query';
import { Copy, RefreshCw } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { GenreSummary, Home } from '../../contract/catalog-http.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useCurrentTrack } from '../playback/playback-hooks.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { PageMessage } from '../ui/page-message.tsx';
import { SectionHeading } from '../ui/section-heading.tsx';
import { Shelf } from '../ui/shelf.tsx';
import { showToast } from '../ui/toast.ts';
import { homeQuery, onRepeatQuery } from './catalog-queries.ts';
import { albumsPlayedLately, chooseHero, mostPlayed } from './home-facts.ts';
import { HomeHero } from './home-hero.tsx';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { namesOf, RecordCard } from './record-card.tsx';
import { NewRecords } from './record-rows.tsx';
import { HomeSkeleton } from './skeletons.tsx';
import { useHistory } from './use-history.ts';
import { albumsPath, genrePath } from './paths.ts';

/** As many as the widest shelf holds; what does not fit is left out. */
const SHELF_RECORDS = 10;
const TABLE_ROWS = 8;
const GENRES_SHOWN = 24;
const PUBLISH_COMMAND = 'riffle-catalog publish <folder>';

/** Home: where you stopped, what you played, what is new, what everyone plays. */
export function HomePage(): ReactNode {
  const t = useTexts('browse');
  const query = useQuery(homeQuery());
  usePageTitle(t('home.label'));
  return (
    <QueryState query={query} skeleton={<HomeSkeleton />}>
      {(home) =>
        // This computer may know records without one track of theirs: then it is not the catalog that is empty.
        home.totals.tracks === 0 && (home.fromComputer !== true || home.newest.length === 0) ? (
          <EmptyCatalog onLookAgain={() => void query.refetch()} />
        ) : (
          <HomeContent home={home} />
        )
      }
    </QueryState>
  );
}

function HomeContent({ home }: { readonly home: Home }): ReactNode {
  const t = useTexts('browse');
  const current = useCurrentTrack();
  const history = useHistory();
  const lately = useMemo(() => albumsPlayedLately(history.data ?? [], SHELF_RECORDS), [history.data]);
  const popular = useMemo(() => mostPlayed(home.popularTracks).slice(0, TABLE_ROWS), [home.popularTracks]);
  const hero = chooseHero(current, home.newest);
  const firstVisit = lately.length === 0;
  const records = firstVisit ? home.popularAlbums : home.newest;
  return (
    <div className={styles.stack}>
      {hero !== null && <HomeHero hero={hero} />}
      {firstVisit ? (
        <Shelf title={t('home.new')} action={<Link href="/albums">{t('all')}</Link>}>
          {home.newest.slice(0, SHELF_RECORDS).map((album) => (
            <RecordCard key={album.id} {...album} second={namesOf(album.artists)} />
          ))}
        </Shelf>
      ) : (
        <Shelf title={t('home.playedLately')} action={<Link href="/history">{t('all')}</Link>}>
          {lately.map((album) => (
            <RecordCard key={album.id} {...album} second={namesOf(album.artists)} />
          ))}
        </Shelf>
      )}
      <OnRepeat />
      <div className={popular.length > 0 && records.length > 0 ? styles.columns : undefined}>
        {records.length > 0 && (
          <section aria-label={t(firstVisit ? 'home.popularAlbums' : 'home.new')}>
            <SectionHeading
              title={t(firstVisit ? 'home.popularAlbums' : 'home.new')}
              action={
                <Link href={firstVisit ? albumsPath('popular') : albumsPath('newest')}>{t('all')}</Link>
              }
            />
            <NewRecords albums={records.slice(0, TABLE_ROWS)} />
          </section>
        )}
        {popular.length > 0 && (
          <section aria-label={t('home.mostPlayed')}>
            <SectionHeading title={t('home.mostPlayed')} />
            <div className={styles.tight}>
              <TrackList
                tracks={popular}
                layout="chart"
                label={t('home.mostPlayed')}
                origin={{ kind: 'home', id: null, title: t('home.mostPlayed') }}
              />
            </div>
          </section>
        )}
      </div>
      {home.genres.length > 0 && <Genres genres={home.genres.slice(0, GENRES_SHOWN)} />}
    </div>
  );
}

/** What the listener plays again and again; nothing while there is no such thing. */
function OnRepeat(): ReactNode {
  const t = useTexts('privacy');
  const { data = [] } = useQuery(onRepeatQuery());
  const title = t('history.onRepeat');
  if (data.length === 0) return null;
  return (
    <section aria-label={title}>
      <SectionHeading title={title} action={<Link href="/history">{t('history.all')}</Link>} />
      <TrackList
        tracks={data}
        layout="results"
        label={title}
        origin={{ kind: 'home', id: null, title }}
        scope="on-repeat"
      />
    </section>
  );
}

function Genres({ genres }: { readonly genres: readonly GenreSummary[] }): ReactNode {
  const t = useTexts('browse');
  return (
    <section aria-label={t('home.genres')}>
      <SectionHeading title={t('home.genres')} action={<Link href="/genres">{t('all')}</Link>} />
      <GenreNames genres={genres} />
    </section>
  );
}

/** Genres as running text, each with its number of tracks. */
export function GenreNames({ genres }: { readonly genres: readonly GenreSummary[] }): ReactNode {
  return (
    <ul className={classNames(styles.names, styles.wide)}>
      {genres.map((genre) => (
        <li key={genre.id}>
          <Link href={genrePath(genre.id)}>
            {genre.name}
            <sup>{formatCount(genre.trackCount)}</sup>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The operator's first day: what to do, and the command to do it with. */
function EmptyCatalog({ onLookAgain }: { readonly onLookAgain: () => void }): ReactNode {
  const t = useTexts('browse');
  const copy = (): void => {
    navigator.clipboard.writeText(PUBLISH_COMMAND).then(
      () => showToast({ tone: 'done', text: t('home.commandCopied') }),
      () => showToast({ tone: 'failed', text: t('home.commandNotCopied') }),
    );
  };
  return (
    <div>
      <PageMessage
        kind="empty"
        title={t('home.emptyTitle')}
        help={
          <>
            {t('home.emptyHelp')}
            <code className={styles.command}>{PUBLISH_COMMAND}</code>
          </>
        }
        actions={
          <>
            <Button icon={Copy} onClick={copy}>
              {t('home.copyCommand')}
            </Button>
            <Button variant="bare" icon={RefreshCw} onClick={onLookAgain}>
              {t('home.lookAgain')}
            </Button>
          </>
        }
      />
    </div>
  );
}
