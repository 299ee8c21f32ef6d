import { ListMusic, MicVocal } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Track } from '../../contract/catalog-http.ts';
import { toggleSidePanel, useSidePanel } from '../frame/side-panel.ts';
import { useRail } from '../frame/use-rail.ts';
import { coverUrl } from '../host/media-address.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { HeartButton } from '../library/heart-button.tsx';
import { useChord } from '../shortcuts/registry.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { artistPath } from '../browse/paths.ts';
import { MiniPlayerButton } from '../now-playing/mini-player-button.tsx';
import { SleepButton } from '../now-playing/sleep-button.tsx';
import { NOW_PLAYING_PATH } from '../now-playing/paths.ts';
import { AdAnnouncement, AdSender, AdTimeline } from './ad-break-bar.tsx';
import { useAdBreak, useCurrentTrack } from './playback-hooks.ts';
import { usePlaybackActions } from './playback-actions.ts';
import styles from './player-bar.module.css';
import { LengthTime, PositionTime } from './player-times.tsx';
import { SeekBar } from './seek-bar.tsx';
import { StateLine } from './state-line.tsx';
import { Transport } from './transport.tsx';
import { useTimelineFocus } from './use-timeline-focus.ts';
import { VolumeControl } from './volume-control.tsx';

const COVER_PX = 48;

function Artists({ track }: { readonly track: Track }) {
  return track.artists.map((artist, index) => (
    <span key={artist.id}>
      {index > 0 && ', '}
      <Link href={artistPath(artist.id)} className={styles.artist ?? ''}>
        {artist.name}
      </Link>
    </span>
  ));
}

function NowPlaying({ track }: { readonly track: Track | null }) {
  const t = useTexts('playback');
  const nowPlaying = useTexts('nowPlaying')('title');
  const chord = useChord('playback.nowPlaying');
  if (track === null) {
    return (
      <div className={styles.now}>
        <span className={styles.noCover} aria-hidden />
        <div className={styles.words}>
          <div className={styles.nothing}>{t('nothingPlays')}</div>
          <div className={styles.second}>{t('nothingPlaysHelp')}</div>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.now}>
      <Link href={NOW_PLAYING_PATH} aria-label={nowPlaying} {...tooltip(nowPlaying, chord)}>
        <Cover src={coverUrl(track.artwork, COVER_PX)} alt="" size={COVER_PX} />
      </Link>
      <div className={styles.words}>
        <Link href={NOW_PLAYING_PATH} className={styles.title ?? ''} {...tooltip(track.title)}>
          {track.title}
        </Link>
        <div className={styles.second} aria-live="polite">
          <StateLine>
            <Artists track={track} />
          </StateLine>
        </div>
      </div>
      <HeartButton kind="track" id={track.id} title={track.title} withKey />
    </div>
  );
}

function Timeline({ trackId }: { readonly trackId: string | null }) {
  const [previewMs, setPreviewMs] = useState<number | null>(null);
  return (
    <div className={styles.timeline}>
      <PositionTime previewMs={previewMs} />
      <SeekBar trackId={trackId} onPreview={setPreviewMs} />
      <LengthTime previewMs={previewMs} />
    </div>
  );
}

/** What plays and how to steer it; always at the foot of the window. */
export function PlayerBar() {
  const t = useTexts('playback');
  const track = useCurrentTrack();
  const adBreak = useAdBreak();
  const isNarrow = useRail();
  const toggle = useRef<HTMLButtonElement>(null);
  const timeline = useTimelineFocus(adBreak !== null, toggle);
  const panel = useSidePanel();
  const [, navigate] = useLocation();
  usePlaybackActions(navigate);
  return (
    <div className={styles.bar} {...(adBreak === null ? {} : { role: 'group', 'aria-label': t('ad.break') })}>
      {adBreak === null ? <NowPlaying track={track} /> : <AdSender adBreak={adBreak} />}
      <Transport isEmpty={track === null} isInBreak={adBreak !== null} toggle={toggle} />
      <div className={styles.middle} {...timeline}>
        {adBreak === null ? (
          <Timeline trackId={track?.id ?? null} />
        ) : (
          <AdTimeline adBreak={adBreak} following={track} />
        )}
      </div>
      <AdAnnouncement adBreak={adBreak} />
      <div className={styles.tools}>
        <IconButton
          icon={MicVocal}
          label={t('lyrics')}
          shortcut={useChord('playback.lyrics')}
          pressed={panel === 'lyrics'}
          onClick={() => toggleSidePanel('lyrics')}
        />
        <IconButton
          icon={ListMusic}
          label={t('queue')}
          shortcut={useChord('playback.queue')}
          pressed={panel === 'queue'}
          onClick={() => toggleSidePanel('queue')}
        />
        {!isNarrow && <SleepButton />}
        {!isNarrow && <MiniPlayerButton />}
        <VolumeControl folded={isNarrow} />
      </div>
    </div>
  );
}
