import { CornerDownLeft, ListEnd, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Track } from '../../contract/catalog-http.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useRootMark } from '../ui/root-mark.ts';
import styles from './selection-bar.module.css';
import { addTracksToQueue, playTracksNext } from './track-actions.ts';

export interface SelectionBarProps {
  readonly tracks: readonly Track[];
  readonly onClear: () => void;
}

/** Floats above the player while several tracks are chosen. */
export function SelectionBar({ tracks, onClear }: SelectionBarProps): ReactNode {
  const t = useTexts('trackList');
  useRootMark('floatingBar');
  const lengthMs = tracks.reduce((sumMs, track) => sumMs + track.durationMs, 0);
  return createPortal(
    <div role="toolbar" aria-label={t('selection.label')} className={styles.bar}>
      <output className={styles.count}>
        {t('selection.count', { formatted: formatCount(tracks.length) })}
      </output>
      <span className={styles.length}>{formatDuration(lengthMs)}</span>
      <Button variant="bare" icon={CornerDownLeft} onClick={() => playTracksNext(tracks)}>
        {t('menu.playNext')}
      </Button>
      <Button variant="bare" icon={ListEnd} onClick={() => addTracksToQueue(tracks)}>
        {t('menu.addToQueue')}
      </Button>
      <span className={styles.rule} />
      <IconButton icon={X} label={t('selection.clear')} onClick={onClear} />
    </div>,
    document.body,
  );
}
