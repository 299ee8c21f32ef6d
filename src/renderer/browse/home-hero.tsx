import { useQuery } from '@tanstack/react-query';
import { Disc3, Ellipsis, Pause, Play } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { AlbumSummary, Track } from '../../contract/catalog-http.ts';
import { useIsSaved } from '../library/saved-marks.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useDownloads } from '../offline/downloads-store.ts';
import { useAdBreak, useClock, useIsPlaying } from '../playback/playback-hooks.ts';
import type { AdBreakView } from '../playback/playback-store.ts';
import { player } from '../playback/player.ts';
import { useMusicIn } from '../playback/use-music-in.ts';
import { usePeaks } from '../playback/use-peaks.ts';
import { Waveform } from '../playback/waveform.tsx';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { chosenOf } from '../track-list/chosen.ts';
import { trackMenu } from '../track-list/track-menu.tsx';
import { Button } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { albumQuery } from './catalog-queries.ts';
import type { Hero } from './home-facts.ts';
import styles from './hero.module.css';
import pageStyles from './page.module.css';
import { playAlbum } from './play-album.ts';
import { ArtistLinks } from './record-rows.tsx';
import { albumPath } from './paths.ts';

/** The sleeve at its largest. */
export const SLEEVE_PX = 430;

/** In an ad break there is nothing to press: the music comes back by itself. */
function ResumesByItself({ adBreak }: { readonly adBreak: AdBreakView }): ReactNode {
  const t = useTexts('browse');
  return (
    <Button variant="primary" icon={Play} filled disabled>
      {t('home.resumeIn', { time: useMusicIn(adBreak) })}
    </Button>
  );
}

/** Alone in knowing the time, so that the hero around it does not render with the clock. */
function ResumeButton(): ReactNode {
  const t = useTexts('browse');
  const isPlaying = useIsPlaying();
  const adBreak = useAdBreak();
  const positionSeconds = useClock((clock) => Math.floor(clock.positionMs / 1000));
  if (adBreak !== null) return <ResumesByItself adBreak={adBreak} />;
  if (isPlaying) {
    return (
      <Button variant="primary" icon={Pause} filled onClick={() => player.togglePlay()}>
        {t('pause')}
      </Button>
    );
  }
  return (
    <Button variant="primary" icon={Play} filled onClick={() => player.togglePlay()}>
      {positionSeconds === 0
        ? t('home.resume')
        : t('home.resumeAt', { time: formatDuration(positionSeconds * 1000) })}
    </Button>
  );
}

/** Steps that can be seen on a waveform some 400 px wide; finer ones would only cost renders. */
const WAVE_STEPS = 400;

/** Where the track stands, as a picture; the player bar has the one that can be moved. */
function HeroWave({ track }: { readonly track: Track }): ReactNode {
  const peaks = usePeaks(track.id);
  const step = useClock(({ positionMs, durationMs }) =>
    durationMs > 0 ? Math.round((positionMs / durationMs) * WAVE_STEPS) : 0,
  );
  if (peaks === null) return null;
  return (
    <div className={styles.wave} style={{ '--fetched': 1 } as CSSProperties}>
      <Waveform peaks={peaks} height={36} played={step / WAVE_STEPS} />
    </div>
  );
}

const useKicker = (): string => {
  const t = useTexts('browse');
  const isPlaying = useIsPlaying();
  if (useAdBreak() !== null) return t('home.backInAMoment');
  return t(isPlaying ? 'home.playingNow' : 'home.pickUp');
};

function ResumeHero({ track }: { readonly track: Track }): ReactNode {
  const t = useTexts('browse');
  const listTexts = useTexts('trackList');
  const offlineTexts = useTexts('offline');
  const libraryTexts = useTexts('library');
  // The menu says whether it is liked.
  useIsSaved('track', track.id);
  const downloads = useDownloads((all) => all);
  const [, navigate] = useLocation();
  const kicker = useKicker();
  const album = useQuery(albumQuery(track.album.id)).data;
  usePageArtwork(track.artwork);
  return (
    <section className={styles.home} aria-label={kicker}>
      <Link href={albumPath(track.album.id)} className={styles.cover ?? ''} tabIndex={-1} aria-hidden>
        <Cover src={coverUrl(track.artwork, SLEEVE_PX)} alt="" />
      </Link>
      <div className={styles.words}>
        <p className={pageStyles.kicker}>{kicker}</p>
        <div className={styles.title}>
          <SleeveTitle text={track.album.title} size="xl" />
        </div>
        <p className={styles.lead}>
          <ArtistLinks artists={track.artists} />
          {track.trackNumber !== null && album !== undefined && (
            <>
              {' · '}
              {t('home.trackOf', {
                number: formatCount(track.trackNumber),
                total: formatCount(album.trackCount),
              })}
            </>
          )}
          {` · ${track.title}`}
        </p>
        <div className={styles.bottom}>
          <div className={styles.buttons}>
            <ResumeButton />
            <Button onClick={() => void playAlbum(track.album.id)}>{t('home.fromTheTop')}</Button>
            <DropdownMenu
              label={t('more')}
              trigger={<IconButton icon={Ellipsis} label={t('more')} />}
              entries={trackMenu(chosenOf([track]), {
                t: listTexts,
                libraryTexts,
                offlineTexts,
                downloads,
                onPlay: () => player.togglePlay(),
                navigate,
              })}
            />
          </div>
          <HeroWave track={track} />
        </div>
      </div>
    </section>
  );
}

function NewestHero({ album }: { readonly album: AlbumSummary }): ReactNode {
  const t = useTexts('browse');
  const [, navigate] = useLocation();
  usePageArtwork(album.artwork);
  return (
    <section className={styles.home} aria-label={t('home.newest')}>
      <Link href={albumPath(album.id)} className={styles.cover ?? ''} tabIndex={-1} aria-hidden>
        <Cover src={coverUrl(album.artwork, SLEEVE_PX)} alt="" />
      </Link>
      <div className={styles.words}>
        <p className={pageStyles.kicker}>{t('home.newest')}</p>
        <div className={styles.title}>
          <SleeveTitle text={album.title} size="xl" />
        </div>
        <p className={styles.lead}>
          <ArtistLinks artists={album.artists} />
          {` · ${t('tracks', { count: album.trackCount, formatted: formatCount(album.trackCount) })} · `}
          {formatDuration(album.durationMs)}
        </p>
        <div className={styles.bottom}>
          <div className={styles.buttons}>
            <Button variant="primary" icon={Play} filled onClick={() => void playAlbum(album.id)}>
              {t('play')}
            </Button>
            <Button icon={Disc3} onClick={() => navigate(albumPath(album.id))}>
              {t('home.openAlbum')}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}

/** The one large thing on the home page. */
export function HomeHero({ hero }: { readonly hero: Hero }): ReactNode {
  return hero.kind === 'resume' ? <ResumeHero track={hero.track} /> : <NewestHero album={hero.album} />;
}
