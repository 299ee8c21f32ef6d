import { CornerDownLeft, Heart, ListEnd, ListPlus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { openAddToPlaylist } from '../library/add-to-playlist-store.ts';
import { setSaved } from '../library/save-actions.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useRootMark } from '../ui/root-mark.ts';
import { actOn, type Chosen } from './chosen.ts';
import styles from './selection-bar.module.css';
import { addTracksToQueue, playTracksNext } from './track-actions.ts';

export interface SelectionBarProps {
  readonly chosen: Chosen;
  readonly onClear: () => void;
}

/** Floats above the player while several tracks are chosen. */
export function SelectionBar({ chosen, onClear }: SelectionBarProps): ReactNode {
  const t = useTexts('trackList');
  const libraryTexts = useTexts('library');
  useRootMark('floatingBar');
  const lengthMs = chosen.tracks.reduce((sumMs, track) => sumMs + track.durationMs, 0);
  return createPortal(
    <div role="toolbar" aria-label={t('selection.label')} className={styles.bar}>
      <output className={styles.count}>
        {t('selection.count', { formatted: formatCount(chosen.count) })}
      </output>
      {/* Of rows that are not at hand the length is not known. */}
      {chosen.fetchAll === null && <span className={styles.length}>{formatDuration(lengthMs)}</span>}
      <Button variant="bare" icon={CornerDownLeft} onClick={() => actOn(chosen, playTracksNext)}>
        {t('menu.playNext')}
      </Button>
      <Button variant="bare" icon={ListEnd} onClick={() => actOn(chosen, addTracksToQueue)}>
        {t('menu.addToQueue')}
      </Button>
      <IconButton
        icon={Heart}
        label={libraryTexts('menu.likeMany', { formatted: formatCount(chosen.count) })}
        onClick={() => actOn(chosen, (tracks) => void setSaved('track', tracks, true))}
      />
      <IconButton
        icon={ListPlus}
        label={libraryTexts('menu.addToPlaylist')}
        aria-haspopup="dialog"
        onClick={() => actOn(chosen, openAddToPlaylist)}
      />
      <span className={styles.rule} />
      <IconButton icon={X} label={t('selection.clear')} onClick={onClear} />
    </div>,
    document.body,
  );
}
