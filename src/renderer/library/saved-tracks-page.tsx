import { History, Pause, Play, Search, Shuffle } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { SAVED_TRACKS_SOURCE } from '../../contract/offline.ts';
import { FailureMessage } from '../browse/page-states.tsx';
import pageStyles from '../browse/page.module.css';
import { RowsSkeleton } from '../browse/skeletons.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { KeepButton } from '../offline/keep-button.tsx';
import { useCurrentOrigin, useIsPlaying } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { actOn, type Chosen } from '../track-list/chosen.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { Button } from '../ui/button.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import styles from './library.module.css';
import { LIKED_ORIGIN_ID } from './library-paths.ts';
import { useLibrary } from './library-store.ts';
import { LibraryToolbar } from './library-toolbar.tsx';
import { changeViews, useLibraryViews } from './library-views.ts';
import { likedOrigin, playSavedFrom, savedTracksAt, shuffleSaved } from './play-saved.ts';
import { setSaved } from './save-actions.ts';
import { useSparseList } from './use-sparse-list.ts';

const SORTS = ['saved', 'title', 'artist', 'album', 'length', 'released', 'plays'] as const;
const FIRST_ROWS = 12;

const removeChosen = (chosen: Chosen): void =>
  actOn(chosen, (tracks) => void setSaved('track', tracks, false));

/** Every liked track, however many there are: the rows in sight are asked for. */
export function SavedTracksPage(): ReactNode {
  const t = useTexts('library');
  usePageTitle(t('places.tracks'));
  usePageArtwork(null);
  const view = useLibraryViews(({ tracks }) => tracks);
  const { sort, descending } = view;
  const saved = useLibrary(({ counts }) => counts.track);
  const [filter, setFilter] = useState('');
  const asked = useDeferredValue(filter.trim());
  const order = useMemo(() => ({ sort, descending, filter: asked }), [sort, descending, asked]);
  const list = useSparseList(['tracks', sort, descending, asked], (page) =>
    host.library.tracks({ ...order, ...page }),
  );
  const tracks = useMemo(() => list.items?.map((entry) => entry?.item ?? null) ?? null, [list.items]);
  const lost = useMemo(
    () =>
      new Map(
        (list.items ?? []).flatMap((entry, index) =>
          entry?.item === null ? [[index, entry.id] as const] : [],
        ),
      ),
    [list.items],
  );
  const tracksAt = useCallback((indexes: readonly number[]) => savedTracksAt(order, indexes), [order]);
  const total = tracks?.length ?? saved;

  if (tracks === null && list.error !== null) {
    return <FailureMessage failure={list.error} onRetry={list.refetch} />;
  }
  if (tracks?.length === 0 && asked === '' && !list.isOld) return <NothingLiked />;
  return (
    <div>
      <header className={styles.head}>
        <SleeveTitle text={t('places.tracks')} size="l" />
        <div className={styles.headLine}>
          <PlayLiked
            onPlay={() => void playSavedFrom(order, 0, total)}
            onShuffle={() => void shuffleSaved(order, total)}
          />
          <KeepButton source={SAVED_TRACKS_SOURCE} title={t('places.tracks')} />
          <p className={styles.count}>
            {t(asked === '' ? 'counts.tracks' : 'counts.found', {
              count: total,
              formatted: formatCount(total),
            })}
          </p>
          <LibraryToolbar
            sort={sort}
            sorts={SORTS.map((value) => ({ value, label: t(`sorts.${value}`) }))}
            descending={descending}
            onSort={(nextSort, nextDescending) =>
              changeViews({ tracks: { ...view, sort: nextSort, descending: nextDescending } })
            }
            filter={filter}
            onFilter={setFilter}
            found={asked === '' ? null : t('counts.found', { count: total, formatted: formatCount(total) })}
          />
        </div>
      </header>
      {tracks === null && (
        <section aria-label={t('page.loading')} aria-busy>
          <RowsSkeleton rows={FIRST_ROWS} art />
        </section>
      )}
      {tracks !== null && tracks.length > 0 && (
        <div className={list.isOld ? styles.old : undefined}>
          <TrackList
            tracks={tracks}
            lost={lost}
            layout="mixed"
            withHead
            label={t('places.tracks')}
            origin={likedOrigin()}
            // Rows move when one comes or goes: what was chosen by its place is let go.
            scope={`${sort}:${String(descending)}:${asked}:${tracks.length}`}
            onShow={list.show}
            onPlay={(index) => void playSavedFrom(order, index, total)}
            onRemove={removeChosen}
            tracksAt={tracksAt}
          />
        </div>
      )}
      {tracks?.length === 0 && asked !== '' && (
        <p className={styles.nothing}>{t('page.nothing', { query: asked })}</p>
      )}
    </div>
  );
}

function PlayLiked(props: { readonly onPlay: () => void; readonly onShuffle: () => void }): ReactNode {
  const t = useTexts('library');
  const browse = useTexts('browse');
  const origin = useCurrentOrigin();
  const isPlaying = useIsPlaying();
  const isCurrent = origin?.kind === 'tracks' && origin.id === LIKED_ORIGIN_ID;
  const isSounding = isCurrent && isPlaying;
  return (
    <div className={pageStyles.actions}>
      <Button
        variant="primary"
        icon={isSounding ? Pause : Play}
        filled
        otherText={isSounding ? t('page.play') : browse('pause')}
        onClick={() => (isCurrent ? player.togglePlay() : props.onPlay())}
      >
        {isSounding ? browse('pause') : t('page.play')}
      </Button>
      <Button icon={Shuffle} onClick={props.onShuffle}>
        {t('page.shuffle')}
      </Button>
    </div>
  );
}

function NothingLiked(): ReactNode {
  const t = useTexts('library');
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="empty"
      title={t('empty.tracksTitle')}
      help={t('empty.tracksHelp')}
      actions={
        <>
          <Button variant="primary" icon={Search} onClick={() => navigate('/search')}>
            {t('empty.findMusic')}
          </Button>
          <Button variant="bare" icon={History} onClick={() => navigate('/history')}>
            {t('empty.toHistory')}
          </Button>
        </>
      }
    />
  );
}
