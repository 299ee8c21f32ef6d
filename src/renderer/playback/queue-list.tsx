import { ChevronDown, ChevronRight, CornerDownLeft, MoveDown, MoveUp, Trash2 } from 'lucide-react';
import { memo, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { coverUrl } from '../host/media-address.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useRowHeights } from '../theme/row-heights.ts';
import { Cover } from '../ui/cover.tsx';
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.ts';
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx';
import { useFailedTracks, usePlaybackState, type QueueView } from './playback-hooks.ts';
import { player } from './player.ts';
import { QueueHeading } from './queue-heading.tsx';
import styles from './queue-panel.module.css';
import { QueueEntryRow } from './queue-row.tsx';
import { entryRowFrom, placeAfterStep, queueRows, type QueueRows } from './queue-rows.ts';
import { useQueueDrag, type QueueDrag } from './use-queue-drag.ts';

const entryIdAt = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-entry]')?.getAttribute('data-entry') ?? null) : null;

/** Shuffling makes every row anew: no more of them than a quick hand scrolls past between two frames. */
const OVERSCAN = 5;

const NO_ENTRIES: QueueView['upcoming'] = [];

function DropMarker({ gap, rowPx }: { readonly gap: number; readonly rowPx: number }) {
  return <div className={styles.marker} style={{ top: gap * rowPx }} aria-hidden />;
}

function DragImage({ drag, rows }: { readonly drag: QueueDrag; readonly rows: QueueRows }) {
  const row = rows.at(rows.rowOf(drag.entryId));
  if (row?.kind !== 'entry') return null;
  const { track } = row.entry;
  return (
    <div className={styles.dragImage} style={{ translate: `${drag.x + 10}px ${drag.y + 10}px` }} aria-hidden>
      <Cover src={coverUrl(track.artwork, 32)} alt="" size={32} />
      <span>{track.title}</span>
    </div>
  );
}

/** Every entry of the queue as one virtual list: Enter plays, Delete removes, Alt with the arrows and dragging move. */
export const QueueList = memo(function QueueList({ view }: { readonly view: QueueView }) {
  const t = useTexts('playback');
  const failed = useFailedTracks();
  const state = usePlaybackState();
  const waitsFor = state.kind === 'waiting' ? state.cause : null;
  const rowPx = useRowHeights().rowWithArt;
  const [showsPlayed, setShowsPlayed] = useState(false);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const place = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualListHandle>(null);
  const wantsFocus = useRef(false);

  // 20,000 entries: made again when the queue changes, not when the focus or the drag does.
  const rows = useMemo(() => queueRows(view, showsPlayed), [view, showsPlayed]);
  const focusedRow = rows.rowOf(focusedId);
  const tabStop = focusedRow >= 0 ? focusedRow : entryRowFrom(rows, -1, 1);
  const sectionOf = (entryId: string): string | undefined => rows.at(rows.rowOf(entryId))?.section;
  const { drag, handlers } = useQueueDrag(place, rows, rowPx, (id) => sectionOf(id) !== 'current');

  const focusRow = (index: number): void => {
    const row = rows.at(index);
    if (row?.kind !== 'entry') return;
    wantsFocus.current = true;
    setFocusedId(row.entry.entryId);
    list.current?.scrollToIndex(index);
  };

  const elementOf = (entryId: string | null): HTMLElement | null =>
    entryId === null
      ? null
      : (place.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(entryId)}"]`) ?? null);

  /**
   * The focus on a row that stays where it is in the document while another one is taken out: there the browser would take the focus
   * away, and lay everything out anew for that and once more for putting it back.
   */
  const focusAtOnce = (index: number): void => {
    const row = rows.at(index);
    if (row?.kind === 'entry') elementOf(row.entry.entryId)?.focus({ preventScroll: true });
  };

  // The row may only be in the document after the list has scrolled or changed, so the focus follows it there.
  useLayoutEffect(() => {
    const row = wantsFocus.current ? elementOf(focusedId) : null;
    if (row === null) return;
    wantsFocus.current = false;
    if (document.activeElement !== row) row.focus({ preventScroll: true });
  });

  const remove = (entryId: string): void => {
    const index = rows.rowOf(entryId);
    const row = rows.at(index);
    if (row?.kind !== 'entry') return;
    const following = entryRowFrom(rows, index, 1);
    const next = following === index ? entryRowFrom(rows, index, -1) : following;
    focusAtOnce(next);
    focusRow(next);
    player.edits.remove([entryId]);
    showToast({
      text: t('panel.removed', { title: row.entry.track.title }),
      action: { label: t('panel.undo'), onSelect: () => player.edits.undo() },
    });
  };

  const moveByStep = (entryId: string, step: 'up' | 'down'): void => {
    const target = placeAfterStep(rows, entryId, step);
    const index = rows.rowOf(entryId);
    const row = rows.at(index);
    if (target === null || row?.kind !== 'entry') return;
    // Of two rows that change places, React takes out the one that goes down.
    if (step === 'down') focusAtOnce(entryRowFrom(rows, index, 1));
    wantsFocus.current = true;
    setFocusedId(entryId);
    player.edits.move([entryId], target);
    setSaid(
      t(target.section === 'requested' ? 'panel.movedAsked' : 'panel.movedRest', {
        title: row.entry.track.title,
      }),
    );
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const entryId = entryIdAt(event.target);
    if (entryId === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
    const act = keyAction(event, entryId, isOnButton);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  const keyAction = (event: KeyboardEvent, entryId: string, isOnButton: boolean): (() => void) | null => {
    const index = rows.rowOf(entryId);
    if (event.altKey) {
      if (event.key === 'ArrowUp') return () => moveByStep(entryId, 'up');
      return event.key === 'ArrowDown' ? () => moveByStep(entryId, 'down') : null;
    }
    switch (event.key) {
      case 'ArrowUp':
        return () => focusRow(entryRowFrom(rows, index, -1));
      case 'ArrowDown':
        return () => focusRow(entryRowFrom(rows, index, 1));
      case 'Home':
        return () => focusRow(entryRowFrom(rows, -1, 1));
      case 'End':
        return () => focusRow(entryRowFrom(rows, rows.length, -1));
      case 'Enter':
        return isOnButton ? null : () => player.jumpTo(entryId);
      case 'Delete':
      case 'Backspace':
        return () => remove(entryId);
      default:
        return null;
    }
  };

  const onClick = (event: MouseEvent): void => {
    const entryId = entryIdAt(event.target);
    if (entryId === null) return;
    setFocusedId(entryId);
    if (event.target instanceof Element && event.target.closest('[data-action=remove]') !== null)
      remove(entryId);
  };

  const onDoubleClick = (event: MouseEvent): void => {
    const entryId = entryIdAt(event.target);
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (entryId !== null && !isOnButton) player.jumpTo(entryId);
  };

  const menuOf = (entryId: string): readonly MenuEntry[] => {
    const canMove = sectionOf(entryId) === 'requested' || sectionOf(entryId) === 'upcoming';
    return [
      {
        kind: 'item',
        label: t('panel.playNow'),
        icon: CornerDownLeft,
        onSelect: () => player.jumpTo(entryId),
      },
      { kind: 'separator' },
      {
        kind: 'item',
        label: t('panel.moveUp'),
        icon: MoveUp,
        shortcut: 'Alt+ArrowUp',
        disabled: !canMove,
        onSelect: () => moveByStep(entryId, 'up'),
      },
      {
        kind: 'item',
        label: t('panel.moveDown'),
        icon: MoveDown,
        shortcut: 'Alt+ArrowDown',
        disabled: !canMove,
        onSelect: () => moveByStep(entryId, 'down'),
      },
      { kind: 'separator' },
      {
        kind: 'item',
        label: t('panel.remove'),
        icon: Trash2,
        shortcut: 'Delete',
        danger: true,
        onSelect: () => remove(entryId),
      },
    ];
  };

  const renderRow = (index: number) => {
    const row = rows.at(index);
    if (row === undefined) return null;
    if (row.kind === 'heading') {
      if (row.section !== 'played') {
        const entries = row.section === 'current' ? NO_ENTRIES : view[row.section];
        return <QueueHeading section={row.section} origin={view.origin} entries={entries} />;
      }
      const Chevron = showsPlayed ? ChevronDown : ChevronRight;
      return (
        <div role="row" className={styles.disclosureRow}>
          <div role="gridcell" className={styles.disclosureRow}>
            <button
              type="button"
              className={styles.disclosure}
              aria-expanded={showsPlayed}
              onClick={() => setShowsPlayed(!showsPlayed)}
            >
              <Chevron size={14} aria-hidden />
              {t('panel.played', { count: view.played.length, formatted: formatCount(view.played.length) })}
            </button>
          </div>
        </div>
      );
    }
    return (
      <QueueEntryRow
        entry={row.entry}
        section={row.section}
        rowIndex={index}
        failure={failed.get(row.entry.track.id) ?? (row.section === 'current' ? waitsFor : null)}
        isTabStop={index === tabStop}
        isDragged={drag?.entryId === row.entry.entryId}
      />
    );
  };

  return (
    <>
      <ContextMenu entries={() => (focusedId === null ? [] : menuOf(focusedId))}>
        <div
          ref={place}
          role="presentation"
          className={styles.list}
          {...handlers}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={(event) => setFocusedId(entryIdAt(event.target))}
        >
          <VirtualList
            listRef={list}
            count={rows.length}
            rowHeight={rowPx}
            rowKey={(index) => {
              const row = rows.at(index);
              return row?.kind === 'entry' ? row.entry.entryId : `heading-${row?.section ?? index}`;
            }}
            renderRow={renderRow}
            overscan={OVERSCAN}
            role="grid"
            label={t('panel.list')}
          />
          {drag !== null && <DropMarker gap={drag.gap} rowPx={rowPx} />}
        </div>
      </ContextMenu>
      {drag !== null && <DragImage drag={drag} rows={rows} />}
      <output className={styles.said}>{said}</output>
    </>
  );
});
