import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { closeSidePanel } from '../frame/side-panel.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useCurrentTrack } from '../playback/playback-hooks.ts';
import { useChord } from '../shortcuts/registry.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './lyrics-panel.module.css';
import { LyricsView } from './lyrics-view.tsx';

/** The words of what plays, beside any page. */
export function LyricsPanel(): ReactNode {
  const t = useTexts('nowPlaying');
  const track = useCurrentTrack();
  return (
    <section className={styles.panel} aria-label={t('lyrics')}>
      <header className={styles.header}>
        <h2 className={styles.name}>{t('lyrics')}</h2>
        <IconButton
          icon={X}
          label={t('close')}
          shortcut={useChord('playback.lyrics')}
          onClick={() => closeSidePanel()}
        />
      </header>
      <div className={styles.words}>
        {track === null ? (
          <p className={styles.nothing}>{t('nothingPlays')}</p>
        ) : (
          <LyricsView track={track} size="panel" />
        )}
      </div>
    </section>
  );
}
