import type { ReactNode } from 'react';
import type { Lyrics, Track } from '../../contract/catalog-http.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './lyrics.module.css';
import { SyncedLyrics } from './synced-lyrics.tsx';
import { useLyrics } from './use-lyrics.ts';

/** Nobody knows when these are sung: they are read, and scrolled by hand. */
function PlainLyrics({ lyrics }: { readonly lyrics: Lyrics }): ReactNode {
  const t = useTexts('nowPlaying');
  return (
    <div className={styles.lyrics}>
      {/* A scroller with nothing in it to go to takes the focus by itself (Chromium 130), and keys then scroll it. */}
      <div role="group" aria-label={t('lyricsText')} className={styles.scroller} data-scroll>
        <ol className={styles.plain} aria-label={t('lyrics')} lang={lyrics.language ?? undefined}>
          {lyrics.lines.map((line, index) => {
            // Lines may be the same, and never change place.
            const key = `${index}-${line.text}`;
            return line.text === '' ? (
              <li key={key} className={styles.gap} aria-hidden />
            ) : (
              <li key={key} className={styles.read}>
                {line.text}
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function Content({ track }: { readonly track: Track }): ReactNode {
  const t = useTexts('nowPlaying');
  const state = useLyrics(track);
  switch (state.kind) {
    case 'loading':
      return null;
    case 'none':
      return <p className={styles.message}>{t('noLyrics')}</p>;
    case 'failed':
      return (
        <div className={styles.message} role="alert">
          <p>{t('lyricsFailed')}</p>
          <Button onClick={state.again}>{t('again')}</Button>
        </div>
      );
    case 'plain':
      return <PlainLyrics lyrics={state.lyrics} />;
    case 'synced':
      return <SyncedLyrics lyrics={state.lyrics} />;
    default:
      return assertNever(state);
  }
}

export interface LyricsViewProps {
  readonly track: Track;
  /** Filling a page, or a side panel. */
  readonly size: 'full' | 'panel';
}

/** The words of a track, following, to be read, or said to be missing. */
export function LyricsView({ track, size }: LyricsViewProps): ReactNode {
  return (
    <div className={classNames(styles.view, styles[size])}>
      <Content key={track.id} track={track} />
    </div>
  );
}
