import { Ellipsis, ListPlus, ListX, X } from 'lucide-react';
import { useDeferredValue } from 'react';
import { closeSidePanel } from '../frame/side-panel.ts';
import { formatCount, formatDate, formatLongDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { openAddToPlaylist } from '../library/add-to-playlist-store.ts';
import { useChord } from '../shortcuts/registry.ts';
import { BrokenLine } from '../ui/broken-line.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { showToast } from '../ui/toast.ts';
import { useQueueView, type QueueView } from './playback-hooks.ts';
import { playbackStore } from './playback-store.ts';
import { player } from './player.ts';
import { QueueList } from './queue-list.tsx';
import styles from './queue-panel.module.css';

function EmptyQueue() {
  const t = useTexts('playback');
  return (
    <div className={styles.empty}>
      <BrokenLine />
      <SleeveTitle text={t('panel.empty')} size="m" as="h3" />
      <p>{t('panel.emptyHelp')}</p>
    </div>
  );
}

function PanelMenu() {
  const t = useTexts('playback');
  const libraryTexts = useTexts('library');
  const save = (): void => {
    const { current, requested, upcoming } = playbackStore.getState().queue;
    const entries = [...(current === null ? [] : [current]), ...requested, ...upcoming];
    openAddToPlaylist(
      entries.map(({ track }) => track),
      libraryTexts('queueName', { date: formatDate(new Date().toISOString(), 'day') }),
    );
  };
  const clear = (): void => {
    player.edits.clear();
    showToast({
      text: t('panel.cleared'),
      action: { label: t('panel.undo'), onSelect: () => player.edits.undo() },
    });
  };
  return (
    <DropdownMenu
      label={t('panel.more')}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={t('panel.more')} aria-haspopup="menu" />}
      entries={[
        { kind: 'item', label: libraryTexts('saveQueue'), icon: ListPlus, onSelect: save },
        { kind: 'separator' },
        { kind: 'item', label: t('panel.clearQueue'), icon: ListX, onSelect: clear },
      ]}
    />
  );
}

/** Shuffling makes every row anew: the button answers first, and the rows follow as the frames have room for them. */
function useShownView(): QueueView {
  const now = useQueueView();
  const later = useDeferredValue(now);
  return now.shuffle === later.shuffle ? now : later;
}

/** What comes next, and why. */
export function QueuePanel() {
  const t = useTexts('playback');
  const view = useShownView();
  const isEmpty = view.count === 0;
  return (
    <section className={styles.panel} aria-label={t('queue')}>
      <header className={styles.header}>
        <h2 className={styles.name}>{t('queue')}</h2>
        {!isEmpty && (
          <span className={styles.summary}>
            {t('panel.summary', {
              count: view.count,
              formatted: formatCount(view.count),
              time: formatLongDuration(view.durationMs),
            })}
          </span>
        )}
        {!isEmpty && <PanelMenu />}
        <IconButton
          icon={X}
          label={t('panel.close')}
          shortcut={useChord('playback.queue')}
          onClick={() => closeSidePanel()}
        />
      </header>
      {isEmpty ? <EmptyQueue /> : <QueueList view={view} />}
      {!isEmpty && view.count === 1 && <p className={styles.lastOne}>{t('panel.nothingMore')}</p>}
    </section>
  );
}
