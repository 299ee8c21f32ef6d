import { useQuery } from '@tanstack/react-query';
import { Copy, Ellipsis, ListMusic, Pause, Play, Shuffle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Artist } from '../../contract/catalog-http.ts';
import type { OrFromComputer } from '../../contract/offline.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FollowButton } from '../library/heart-button.tsx';
import { KeepButton } from '../offline/keep-button.tsx';
import { useCurrentOrigin, useIsPlaying } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { shareEntry } from '../share/share-entry.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { copyTitle } from '../track-list/track-actions.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { queueEntries } from '../track-list/track-menu.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SectionHeading } from '../ui/section-heading.tsx';
import { Shelf } from '../ui/shelf.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { yearOf } from './album-facts.ts';
import artistStyles from './artist-page.module.css';
import { useSizeTexts } from './catalog-size.ts';
import { artistQuery } from './catalog-queries.ts';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { playArtist } from './play-album.ts';
import { RecordCard } from './record-card.tsx';
import { RecordList } from './record-rows.tsx';
import { ArtistSkeleton } from './skeletons.tsx';
import { artistAlbumsPath, artistPath } from './paths.ts';

const PORTRAIT_PX = 640;
const RECORDS_SHOWN = 8;

/** One artist: the name as a poster, what is played most, all records, neighbours. */
export function ArtistPage({ id }: { readonly id: string }): ReactNode {
  const t = useTexts('browse');
  const query = useQuery(artistQuery(id));
  usePageTitle(query.data?.name ?? null);
  usePageArtwork(query.isPending ? undefined : (query.data?.artwork ?? null));
  return (
    <QueryState query={query} skeleton={<ArtistSkeleton />} notFoundTitle={t('states.notFoundArtist')}>
      {(artist) => <ArtistContent key={artist.id} artist={artist} />}
    </QueryState>
  );
}

function ArtistContent({ artist }: { readonly artist: OrFromComputer<Artist> }): ReactNode {
  const t = useTexts('browse');
  const isEmpty =
    artist.topTracks.length === 0 && artist.albums.length === 0 && artist.appearsOn.length === 0;
  return (
    <>
      <header className={artistStyles.field}>
        {artist.artwork !== null && (
          <div className={artistStyles.portrait}>
            <Cover src={coverUrl(artist.artwork, PORTRAIT_PX)} alt="" />
          </div>
        )}
        <div className={artistStyles.words}>
          <p className={styles.kicker}>{t('artist.kind')}</p>
          <div className={artistStyles.title}>
            <SleeveTitle text={artist.name} size="xl" balanced />
          </div>
        </div>
      </header>
      <div>
        {isEmpty ? (
          <PageMessage
            kind="empty"
            title={artist.name}
            help={t(artist.fromComputer === true ? 'artist.unknownHelp' : 'artist.emptyHelp')}
          />
        ) : (
          <>
            <ArtistActions artist={artist} />
            <ArtistLists artist={artist} />
          </>
        )}
      </div>
    </>
  );
}

function ArtistActions({ artist }: { readonly artist: Artist }): ReactNode {
  const t = useTexts('browse');
  const listTexts = useTexts('trackList');
  const [, navigate] = useLocation();
  const currentOrigin = useCurrentOrigin();
  const isPlaying = useIsPlaying();
  const sizeTexts = useSizeTexts();
  const isCurrent = currentOrigin?.kind === 'artist' && currentOrigin.id === artist.id;
  return (
    <div className={classNames(styles.actions, artistStyles.actions)}>
      <Button
        variant="primary"
        icon={isCurrent && isPlaying ? Pause : Play}
        filled
        otherText={t(isCurrent && isPlaying ? 'play' : 'pause')}
        onClick={() => (isCurrent ? player.togglePlay() : void playArtist(artist.id, artist.name, false))}
      >
        {t(isCurrent && isPlaying ? 'pause' : 'play')}
      </Button>
      <Button icon={Shuffle} onClick={() => void playArtist(artist.id, artist.name, true)}>
        {t('shuffle')}
      </Button>
      <FollowButton id={artist.id} name={artist.name} />
      <KeepButton source={{ kind: 'artist', id: artist.id }} title={artist.name} />
      <DropdownMenu
        label={t('more')}
        trigger={<IconButton icon={Ellipsis} label={t('more')} />}
        entries={[
          ...queueEntries(listTexts, artist.topTracks),
          { kind: 'separator' },
          {
            kind: 'item',
            label: t('artist.allRecords'),
            icon: ListMusic,
            onSelect: () => navigate(artistAlbumsPath(artist.id)),
          },
          shareEntry({ kind: 'artist', id: artist.id, title: artist.name, artwork: artist.artwork }),
          { kind: 'item', label: t('copyName'), icon: Copy, onSelect: () => copyTitle(artist.name) },
        ]}
      />
      <p className={artistStyles.total}>{sizeTexts.full(artist)}</p>
    </div>
  );
}

function TopTracks({ artist }: { readonly artist: Artist }): ReactNode {
  const t = useTexts('browse');
  const arePlaysKnown = artist.topTracks.some((track) => track.plays !== null && track.plays > 0);
  const title = t(arePlaysKnown ? 'artist.mostPlayed' : 'artist.tracks');
  const origin: Origin = { kind: 'artist', id: artist.id, title: artist.name };
  return (
    <section aria-label={title}>
      <SectionHeading title={title} />
      <div className={styles.tight}>
        <TrackList
          tracks={artist.topTracks}
          layout="ranked"
          label={title}
          origin={origin}
          albumArtists={[{ id: artist.id, name: artist.name }]}
        />
      </div>
    </section>
  );
}

function Related({ artist }: { readonly artist: Artist }): ReactNode {
  const t = useTexts('browse');
  return (
    <section aria-label={t('artist.related')} className={artistStyles.below}>
      <SectionHeading title={t('artist.related')} />
      <ul className={classNames(styles.names, artistStyles.names)}>
        {artist.related.map((other) => (
          <li key={other.id}>
            <Link href={artistPath(other.id)}>{other.name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ArtistLists({ artist }: { readonly artist: Artist }): ReactNode {
  const t = useTexts('browse');
  const hasFirstColumn = artist.topTracks.length > 0 || artist.related.length > 0;
  return (
    <>
      <div className={hasFirstColumn ? classNames(styles.columns, styles.even) : undefined}>
        {hasFirstColumn && (
          <div>
            {artist.topTracks.length > 0 && <TopTracks artist={artist} />}
            {artist.related.length > 0 && <Related artist={artist} />}
          </div>
        )}
        {artist.albums.length > 0 && (
          <section aria-label={t('artist.records')}>
            <SectionHeading
              title={t('artist.records')}
              note={t('artist.newestFirst', { formatted: formatCount(artist.albumCount) })}
              action={
                artist.albumCount > RECORDS_SHOWN && (
                  <Link href={artistAlbumsPath(artist.id)}>{t('all')}</Link>
                )
              }
            />
            <RecordList albums={artist.albums.slice(0, RECORDS_SHOWN)} />
          </section>
        )}
      </div>
      {artist.appearsOn.length > 0 && (
        <div className={artistStyles.below}>
          <Shelf title={t('artist.appearsOn')}>
            {artist.appearsOn.map((album) => (
              <RecordCard
                key={album.id}
                {...album}
                second={yearOf(album.releaseDate) ?? t(`kind.${album.kind}`)}
              />
            ))}
          </Shelf>
        </div>
      )}
    </>
  );
}
