import { CornerDownLeft, ListEnd, ListPlus, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Track } from '../../contract/catalog-http.ts';
import type { PlaylistItem } from '../../contract/library.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { openAddToPlaylist } from '../library/add-to-playlist-store.ts';
import styles from '../track-list/selection-bar.module.css';
import { addTracksToQueue, playTracksNext } from '../track-list/track-actions.ts';
import { actOn } from '../track-list/chosen.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useRootMark } from '../ui/root-mark.ts';

export interface ItemBarProps {
  readonly itemIds: readonly string[];
  readonly rowOf: (itemId: string) => PlaylistItem | undefined;
  /** Gets all of them, also those that were never on screen. Rejects with HostFailure. */
  readonly fetchTracks: () => Promise<readonly Track[]>;
  /** Null where nothing can be removed. */
  readonly onRemove: (() => void) | null;
  readonly onClear: () => void;
}

/** Floats above the player while several items of a playlist are chosen. */
export function ItemBar({ itemIds, rowOf, fetchTracks, onRemove, onClear }: ItemBarProps): ReactNode {
  const t = useTexts('playlists');
  useRootMark('floatingBar');
  const atHand = itemIds.flatMap((itemId) => rowOf(itemId) ?? []);
  const isWhole = atHand.length === itemIds.length;
  const lengthMs = atHand.reduce((sumMs, { track }) => sumMs + (track?.durationMs ?? 0), 0);
  const withTracks = (act: (tracks: readonly Track[]) => void): void => {
    const tracks = atHand.flatMap(({ track }) => track ?? []);
    actOn({ tracks, count: itemIds.length, fetchAll: isWhole ? null : fetchTracks }, act);
  };
  return createPortal(
    <div role="toolbar" aria-label={t('list.bar.label')} className={styles.bar}>
      <output className={styles.count}>
        {t('list.bar.count', { formatted: formatCount(itemIds.length) })}
      </output>
      {isWhole && <span className={styles.length}>{formatDuration(lengthMs)}</span>}
      <Button variant="bare" icon={CornerDownLeft} onClick={() => withTracks(playTracksNext)}>
        {t('list.bar.playNext')}
      </Button>
      <Button variant="bare" icon={ListEnd} onClick={() => withTracks(addTracksToQueue)}>
        {t('list.bar.queue')}
      </Button>
      <IconButton
        icon={ListPlus}
        label={t('list.bar.add')}
        onClick={() => withTracks((all) => openAddToPlaylist(all))}
      />
      {onRemove !== null && (
        <IconButton icon={Trash2} label={t('list.bar.remove')} shortcut="Delete" onClick={onRemove} />
      )}
      <span className={styles.rule} />
      <IconButton icon={X} label={t('list.bar.clear')} onClick={onClear} />
    </div>,
    document.body,
  );
}
