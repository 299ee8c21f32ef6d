import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Track } from '../../contract/catalog-http.ts';
import { coverUrl } from '../host/media-address.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { adTitle } from '../playback/ad-words.ts';
import { useAdBreak, useCurrentTrack, useIsPlaying } from '../playback/playback-hooks.ts';
import { spotHeard, type AdBreakView } from '../playback/playback-store.ts';
import { player } from '../playback/player.ts';
import { LengthTime, PositionTime } from '../playback/player-times.tsx';
import { SeekBar } from '../playback/seek-bar.tsx';
import { useMusicIn } from '../playback/use-music-in.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { startShortcuts } from '../shortcuts/start-shortcuts.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './mini-player.module.css';
import { useMiniWindow } from './mini-window.ts';
import { useCurrentLine } from './use-current-line.ts';
import { useLyrics } from './use-lyrics.ts';

const SLEEVE_PX = 320;
const WAVE_PX = 24;

/** The line that is sung, alone: there is no room for more. */
function SungLine({ track }: { readonly track: Track }): ReactNode {
  const state = useLyrics(track);
  const lines = state.kind === 'synced' ? state.lyrics.lines : [];
  const text = lines[useCurrentLine(lines)]?.text ?? '';
  if (state.kind !== 'synced') return null;
  return (
    <p className={styles.line} lang={state.lyrics.language ?? undefined}>
      {text}
    </p>
  );
}

function Keys({ isInBreak, isEmpty }: { readonly isInBreak: boolean; readonly isEmpty: boolean }): ReactNode {
  const t = useTexts('playback');
  const isPlaying = useIsPlaying();
  return (
    <fieldset className={styles.keys} aria-label={t('controls')}>
      <IconButton
        icon={SkipBack}
        filled
        label={t('previous')}
        disabled={isEmpty || isInBreak}
        onClick={() => player.previous()}
      />
      <IconButton
        icon={isPlaying ? Pause : Play}
        filled
        size="transport"
        label={isPlaying ? t('pause') : t('play')}
        disabled={isEmpty}
        onClick={() => player.togglePlay()}
      />
      <IconButton
        icon={SkipForward}
        filled
        label={t('next')}
        disabled={isEmpty || isInBreak}
        onClick={() => player.next()}
      />
    </fieldset>
  );
}

function BreakWords({ adBreak }: { readonly adBreak: AdBreakView }): ReactNode {
  const t = useTexts('playback');
  const spot = spotHeard(adBreak);
  return (
    <div className={styles.words}>
      <h1 className={styles.title}>{spot === null ? t('ad.break') : adTitle(spot)}</h1>
      <p className={styles.artist}>{t('ad.musicIn', { time: useMusicIn(adBreak) })}</p>
    </div>
  );
}

function Card(): ReactNode {
  const t = useTexts('nowPlaying');
  const track = useCurrentTrack();
  const adBreak = useAdBreak();
  const [previewMs, setPreviewMs] = useState<number | null>(null);
  return (
    <main className={styles.card} aria-label={t('mini')}>
      <div className={styles.sleeve}>
        <Cover src={coverUrl(track?.artwork ?? null, SLEEVE_PX)} alt="" />
      </div>
      <div className={styles.foot}>
        {adBreak !== null ? (
          <BreakWords adBreak={adBreak} />
        ) : (
          <>
            <div className={styles.words}>
              <h1 className={styles.title}>{track?.title ?? t('nothingPlays')}</h1>
              <p className={styles.artist}>{track?.artists.map(({ name }) => name).join(', ')}</p>
            </div>
            {track !== null && <SungLine key={track.id} track={track} />}
            <SeekBar trackId={track?.id ?? null} heightPx={WAVE_PX} onPreview={setPreviewMs} />
          </>
        )}
        <div className={styles.row}>
          <span className={styles.time}>{adBreak === null && <PositionTime previewMs={previewMs} />}</span>
          <Keys isInBreak={adBreak !== null} isEmpty={track === null} />
          <span className={styles.time}>{adBreak === null && <LengthTime previewMs={previewMs} />}</span>
        </div>
      </div>
    </main>
  );
}

/** What plays in a small window of its own, with the keys of the large one. */
export function MiniPlayer(): ReactNode {
  const mini = useMiniWindow();
  useEffect(() => {
    if (mini === null) return undefined;
    const stop = startShortcuts(() => settingsStore.getState().shortcuts, mini);
    return () => {
      stop();
      // Whoever signs out is not to leave an empty window behind.
      mini.close();
    };
  }, [mini]);
  if (mini === null) return null;
  return createPortal(<Card />, mini.document.body);
}
