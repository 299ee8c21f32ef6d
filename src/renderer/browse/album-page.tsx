import { useQuery } from '@tanstack/react-query';
import { Copy, Ellipsis, ListPlus, Pause, Play, Shuffle, UserRound } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Album } from '../../contract/catalog-http.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { HeartButton } from '../library/heart-button.tsx';
import { openAddToPlaylist } from '../library/add-to-playlist-store.ts';
import { KeepButton } from '../offline/keep-button.tsx';
import { useCurrentOrigin, useIsPlaying } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { namesOf, shareEntry } from '../share/share-entry.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import type { TrackGroup } from '../track-list/columns.ts';
import { copyTitle } from '../track-list/track-actions.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { queueEntries } from '../track-list/track-menu.tsx';
import { useFind } from '../track-list/use-find.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu, type MenuEntry } from '../ui/menu.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { albumTracks, hasDiscHeadings, lengthOf, linerNotes } from './album-facts.ts';
import { AlbumFactsRow } from './album-facts-row.tsx';
import albumStyles from './album-page.module.css';
import { albumQuery } from './catalog-queries.ts';
import heroStyles from './hero.module.css';
import { SLEEVE_PX } from './home-hero.tsx';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { ArtistLinks } from './record-rows.tsx';
import { AlbumSkeleton } from './skeletons.tsx';
import { artistPath } from './paths.ts';

const NO_GROUPS: readonly TrackGroup[] = [];

/** One record: sleeve, facts, its tracks, its liner notes. */
export function AlbumPage({ id }: { readonly id: string }): ReactNode {
  const t = useTexts('browse');
  const query = useQuery(albumQuery(id));
  usePageTitle(query.data?.title ?? null);
  usePageArtwork(query.isPending ? undefined : (query.data?.artwork ?? null));
  return (
    <QueryState query={query} skeleton={<AlbumSkeleton />} notFoundTitle={t('states.notFoundAlbum')}>
      {(album) => <AlbumContent key={album.id} album={album} />}
    </QueryState>
  );
}

function AlbumContent({ album }: { readonly album: Album }): ReactNode {
  const t = useTexts('browse');
  const notes = linerNotes(album.notes);
  const tracks = useMemo(() => albumTracks(album), [album]);
  const groups = useDiscs(album);
  const find = useFind(tracks);
  const origin: Origin = { kind: 'album', id: album.id, title: album.title };
  return (
    <div>
      <header className={heroStyles.album}>
        <div className={heroStyles.cover}>
          <Cover src={coverUrl(album.artwork, SLEEVE_PX)} alt="" />
        </div>
        <div className={heroStyles.words}>
          <p className={styles.kicker}>{t(`kind.${album.kind}`)}</p>
          <div className={heroStyles.title}>
            <SleeveTitle text={album.title} size="xl" />
          </div>
          <p className={heroStyles.lead}>
            <ArtistLinks artists={album.artists} />
          </p>
          <AlbumFactsRow album={album} />
        </div>
      </header>
      {tracks.length === 0 ? (
        <PageMessage kind="empty" title={t('album.emptyTitle')} help={t('album.emptyHelp')} />
      ) : (
        <>
          <AlbumActions album={album} origin={origin} field={find.field} />
          <div className={classNames(albumStyles.body, notes !== null && albumStyles.withNotes)}>
            <div className={albumStyles.tracks}>
              <TrackList
                tracks={find.tracks}
                layout="album"
                label={t('album.tracksOf', { title: album.title })}
                origin={origin}
                groups={find.isNarrowed ? NO_GROUPS : groups}
                albumArtists={album.artists}
                scope={find.scope}
              />
              {find.nothing}
              {album.copyright !== null && <p className={albumStyles.copyright}>{album.copyright}</p>}
            </div>
            {notes !== null && (
              <aside className={albumStyles.notes} aria-label={t('album.notes')}>
                <p className={albumStyles.lead}>{notes.lead}</p>
                {notes.body.map((paragraph) => (
                  <p key={paragraph} className={albumStyles.words}>
                    {paragraph}
                  </p>
                ))}
                {notes.credits !== null && (
                  <p className={classNames(albumStyles.words, albumStyles.credits)}>{notes.credits}</p>
                )}
              </aside>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function useDiscs(album: Album): readonly TrackGroup[] {
  const t = useTexts('browse');
  return useMemo(() => {
    if (!hasDiscHeadings(album.discs)) return [];
    let firstIndex = 0;
    return album.discs
      .filter((disc) => disc.tracks.length > 0)
      .map((disc) => {
        const number = formatCount(disc.number);
        const group: TrackGroup = {
          id: String(disc.number),
          title:
            disc.title === null
              ? t('album.disc', { number })
              : t('album.discTitled', { number, title: disc.title }),
          durationMs: lengthOf(disc.tracks),
          firstIndex,
        };
        firstIndex += disc.tracks.length;
        return group;
      });
  }, [album, t]);
}

function AlbumActions({
  album,
  origin,
  field,
}: {
  readonly album: Album;
  readonly origin: Origin;
  /** At the end of the line. */
  readonly field: ReactNode;
}): ReactNode {
  const t = useTexts('browse');
  const listTexts = useTexts('trackList');
  const libraryTexts = useTexts('library');
  const [, navigate] = useLocation();
  const currentOrigin = useCurrentOrigin();
  const isPlaying = useIsPlaying();
  const isCurrent = currentOrigin?.kind === 'album' && currentOrigin.id === album.id;
  const tracks = albumTracks(album);
  const entries: readonly MenuEntry[] = [
    ...queueEntries(listTexts, tracks),
    {
      kind: 'item',
      label: libraryTexts('menu.addToPlaylist'),
      icon: ListPlus,
      onSelect: () => openAddToPlaylist(tracks, album.title),
    },
    { kind: 'separator' },
    ...album.artists.map((artist): MenuEntry => ({
      kind: 'item',
      label: t('goToArtist', { name: artist.name }),
      icon: UserRound,
      onSelect: () => navigate(artistPath(artist.id)),
    })),
    shareEntry({
      kind: 'album',
      id: album.id,
      title: album.title,
      people: namesOf(album.artists),
      artwork: album.artwork,
    }),
    { kind: 'item', label: t('copyTitle'), icon: Copy, onSelect: () => copyTitle(album.title) },
  ];
  return (
    <div className={classNames(styles.actions, albumStyles.actions)}>
      <Button
        variant="primary"
        icon={isCurrent && isPlaying ? Pause : Play}
        filled
        otherText={t(isCurrent && isPlaying ? 'play' : 'pause')}
        onClick={() => (isCurrent ? player.togglePlay() : player.play(tracks, 0, origin))}
      >
        {t(isCurrent && isPlaying ? 'pause' : 'play')}
      </Button>
      <Button icon={Shuffle} onClick={() => player.playShuffled(tracks, origin)}>
        {t('shuffle')}
      </Button>
      <KeepButton source={{ kind: 'album', id: album.id }} title={album.title} />
      <HeartButton kind="album" id={album.id} title={album.title} />
      <DropdownMenu
        label={t('more')}
        trigger={<IconButton icon={Ellipsis} label={t('more')} />}
        entries={entries}
      />
      {field}
    </div>
  );
}
