import { ChevronDown, Ellipsis, ListMusic, MicVocal } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import type { Track } from '../../contract/catalog-http.ts';
import { albumPath } from '../browse/paths.ts';
import { ArtistLinks } from '../browse/record-rows.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { toggleSidePanel, useSidePanel } from '../frame/side-panel.ts';
import { useRail } from '../frame/use-rail.ts';
import { coverUrl } from '../host/media-address.ts';
import { HeartButton } from '../library/heart-button.tsx';
import { useIsSaved } from '../library/saved-marks.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useDownloads } from '../offline/downloads-store.ts';
import { AdAnnouncement, AdSender, AdTimeline } from '../playback/ad-break-bar.tsx';
import { useAdBreak, useCurrentTrack } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { LengthTime, PositionTime } from '../playback/player-times.tsx';
import { SeekBar } from '../playback/seek-bar.tsx';
import { StateLine } from '../playback/state-line.tsx';
import { Transport } from '../playback/transport.tsx';
import { useTimelineFocus } from '../playback/use-timeline-focus.ts';
import { VolumeControl } from '../playback/volume-control.tsx';
import { useChord } from '../shortcuts/registry.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { chosenOf } from '../track-list/chosen.ts';
import { trackMenu } from '../track-list/track-menu.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { LyricsView } from './lyrics-view.tsx';
import { MiniPlayerButton } from './mini-player-button.tsx';
import styles from './now-playing-page.module.css';
import { SleepButton } from './sleep-button.tsx';
import { togglePageLyrics, usePageLyrics } from './page-lyrics.ts';
import { leaveNowPlaying, useEscape } from './use-escape.ts';

const SLEEVE_PX = 640;
const WAVE_PX = 52;

/** What plays fills the window: its sleeve, its words, its wave. Escape or back leads to where one was. */
export function NowPlayingPage(): ReactNode {
  const t = useTexts('nowPlaying');
  const track = useCurrentTrack();
  const [, navigate] = useLocation();
  usePageTitle(t('title'));
  usePageArtwork(track?.artwork ?? null);
  useEscape(() => leaveNowPlaying(navigate));
  if (track !== null) return <Playing track={track} />;
  return (
    <div className={styles.nothing}>
      <PageMessage
        kind="empty"
        title={t('nothingPlays')}
        help={t('nothingPlaysHelp')}
        actions={<Button onClick={() => navigate('/')}>{t('goHome')}</Button>}
      />
    </div>
  );
}

function Playing({ track }: { readonly track: Track }): ReactNode {
  const withLyrics = usePageLyrics();
  return (
    <div className={classNames(styles.page, !withLyrics && styles.alone)}>
      <div className={styles.left}>
        <div className={styles.coverPlace}>
          <div className={styles.cover}>
            <Cover src={coverUrl(track.artwork, SLEEVE_PX)} alt="" />
          </div>
        </div>
        <Titles track={track} />
      </div>
      {withLyrics && (
        <div className={styles.words}>
          <LyricsView track={track} size="full" />
        </div>
      )}
      <Steering track={track} />
    </div>
  );
}

function Titles({ track }: { readonly track: Track }): ReactNode {
  const t = useTexts('nowPlaying');
  const listTexts = useTexts('trackList');
  const offlineTexts = useTexts('offline');
  const libraryTexts = useTexts('library');
  // The menu says whether it is liked.
  useIsSaved('track', track.id);
  const downloads = useDownloads((all) => all);
  const [, navigate] = useLocation();
  const more = t('more', { title: track.title });
  return (
    <div className={styles.titles}>
      <div className={styles.titleWords}>
        <h1 className={styles.title} {...tooltip(track.title)}>
          {track.title}
        </h1>
        <div className={styles.second} aria-live="polite">
          <StateLine>
            <ArtistLinks artists={track.artists} />
            {' · '}
            <Link href={albumPath(track.album.id)}>{track.album.title}</Link>
          </StateLine>
        </div>
      </div>
      <HeartButton kind="track" id={track.id} title={track.title} withKey />
      <DropdownMenu
        label={more}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={more} aria-haspopup="menu" />}
        entries={trackMenu(chosenOf([track]), {
          t: listTexts,
          libraryTexts,
          offlineTexts,
          downloads,
          onPlay: () => player.resume(),
          navigate,
        })}
      />
    </div>
  );
}

function Tools(): ReactNode {
  const t = useTexts('nowPlaying');
  const playback = useTexts('playback');
  const panel = useSidePanel();
  const withLyrics = usePageLyrics();
  const isNarrow = useRail();
  const [, navigate] = useLocation();
  return (
    <>
      <IconButton
        icon={MicVocal}
        label={t('lyrics')}
        shortcut={useChord('playback.lyrics')}
        pressed={withLyrics}
        onClick={togglePageLyrics}
      />
      <IconButton
        icon={ListMusic}
        label={playback('queue')}
        shortcut={useChord('playback.queue')}
        pressed={panel === 'queue'}
        onClick={() => toggleSidePanel('queue')}
      />
      <SleepButton />
      {!isNarrow && <MiniPlayerButton />}
      <VolumeControl folded />
      <IconButton
        icon={ChevronDown}
        label={t('back')}
        shortcut="Escape"
        onClick={() => leaveNowPlaying(navigate)}
      />
    </>
  );
}

/** Whoever came from the player bar by key, which is hidden now, goes on from the same key here. */
function useFocusFromBar(toggle: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const focused = document.activeElement;
    const isGone = focused === null || focused === document.body || focused.closest('[hidden]') !== null;
    if (isGone) toggle.current?.focus({ preventScroll: true });
  }, [toggle]);
}

/** Wave, times and keys; in an ad break who speaks, and when the music is back. */
function Steering({ track }: { readonly track: Track }): ReactNode {
  const adBreak = useAdBreak();
  const isNarrow = useRail();
  const toggle = useRef<HTMLButtonElement>(null);
  const timeline = useTimelineFocus(adBreak !== null, toggle);
  const [previewMs, setPreviewMs] = useState<number | null>(null);
  useFocusFromBar(toggle);
  return (
    <div className={styles.steering}>
      <div className={styles.wave} {...timeline}>
        {adBreak === null ? (
          <SeekBar trackId={track.id} heightPx={isNarrow ? WAVE_PX / 2 : WAVE_PX} onPreview={setPreviewMs} />
        ) : (
          <AdTimeline adBreak={adBreak} following={track} />
        )}
      </div>
      <div className={styles.start}>
        {adBreak === null ? <PositionTime previewMs={previewMs} /> : <AdSender adBreak={adBreak} />}
      </div>
      <AdAnnouncement adBreak={adBreak} />
      <div className={styles.transport}>
        <Transport isEmpty={false} isInBreak={adBreak !== null} toggle={toggle} />
      </div>
      <div className={styles.end}>
        <Tools />
        {adBreak === null && <LengthTime previewMs={previewMs} />}
      </div>
    </div>
  );
}
