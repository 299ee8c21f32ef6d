import {
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  type CSSProperties,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { Track } from '../../contract/catalog-http.ts';
import type { PlaylistHead, PlaylistItem } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { beginTrackDrag, draggedTracks, endTrackDrag } from '../library/dragged-tracks.ts';
import { toggleSaved } from '../library/save-actions.ts';
import { useAdBreak, useCurrentTrackId, useFailedTracks, useIsPlaying } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { isMac } from '../shortcuts/chord.ts';
import { useRowHeights } from '../theme/row-heights.ts';
import { actOn } from '../track-list/chosen.ts';
import { linesOf } from '../track-list/columns.ts';
import { listCommand } from '../track-list/list-keys.ts';
import { actionOf, onControl, rowIndexOf } from '../track-list/row-of-event.ts';
import {
  chosenRows,
  focusRow,
  selectByPress,
  selectForMenu,
  selectNone,
  type Selection,
} from '../track-list/selection.ts';
import listStyles from '../track-list/track-list.module.css';
import { useLineWindow } from '../track-list/use-line-window.ts';
import { useSelection } from '../track-list/use-selection.ts';
import { warmRows } from '../track-list/warm-rows.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.ts';
import { clipStore } from './clipboard.ts';
import { ItemBar } from './item-bar.tsx';
import { ItemListHead } from './item-list-head.tsx';
import styles from './item-list.module.css';
import { itemMenu } from './item-menu.ts';
import { ItemRow, type ItemRowProps } from './item-row.tsx';
import { itemCommand } from './list-command.ts';
import { useMemberName } from './member-mark.tsx';
import { addDropped, itemsOf } from './dropped-tracks.ts';
import { playPlaylist } from './playlist-actions.ts';
import { isOwnView, type ItemRef, type ListView } from './playlist-queries.ts';
import { useItemDrag } from './use-item-drag.ts';
import { useItemEdits } from './use-item-edits.ts';
import type { PlaylistRows } from './use-playlist-rows.ts';

export interface ItemListProps {
  readonly playlist: PlaylistHead;
  readonly view: ListView;
  readonly rows: PlaylistRows;
  readonly order: readonly ItemRef[];
  readonly canEdit: boolean;
}

const modHeld = (event: { readonly ctrlKey: boolean; readonly metaKey: boolean }): boolean =>
  isMac() ? event.metaKey : event.ctrlKey;

/**
 * The tracks of a playlist: what every list of tracks does, and moving (dragging, Alt with the arrows), cutting, pasting and
 * removing. An ARIA grid with one tab stop; only the rows on screen are in the document.
 */
export function ItemList({ playlist, view, rows, order, canEdit }: ItemListProps): ReactNode {
  const { id } = playlist;
  const t = useTexts('playlists');
  const listTexts = useTexts('trackList');
  const libraryTexts = useTexts('library');
  const [, navigate] = useLocation();
  const currentTrackId = useCurrentTrackId();
  const isPlaying = useIsPlaying();
  const isInBreak = useAdBreak() !== null;
  const failures = useFailedTracks();
  const memberName = useMemberName();
  const clip = useStore(clipStore, (state) => state.clip);
  const canMove = canEdit && isOwnView(view);
  const isReadOnly = playlist.role === 'visitor' || playlist.role === 'viewer';
  const withPeople = playlist.members.length > 1;

  const [selection, setSelection] = useSelection(
    `${id}:${view.sort}:${view.descending}:${view.filter}`,
    order.length,
  );
  const lines = useMemo(() => linesOf(order.length, []), [order.length]);
  const rowPx = useRowHeights().rowWithArt;
  const lineWindow = useLineWindow(lines, rowPx, selection.focus);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { setBody: setWindowBody } = lineWindow;
  const setBody = useCallback(
    (element: HTMLDivElement | null) => {
      body.current = element;
      setWindowBody(element);
    },
    [setWindowBody],
  );

  const idsOf = (choice: Selection): readonly string[] =>
    (choice.selected.size > 0 ? chosenRows(order, choice) : order.slice(choice.focus, choice.focus + 1)).map(
      ({ itemId }) => itemId,
    );
  const titleOf = (itemId: string | undefined): string =>
    (itemId === undefined ? undefined : rows.rowOf(itemId)?.track?.title) ?? t('list.unknown');

  /** Focus follows once the row is in the document, which a far jump brings about only with the next frame. */
  const focusOn = (index: number): void => {
    lineWindow.scrollToLine(index);
    requestAnimationFrame(() => {
      grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
    });
  };

  const { said, moveTo, step, remove, take, paste } = useItemEdits({
    playlistId: id,
    order,
    selection,
    setSelection,
    idsOf,
    titleOf,
    focusOn,
    canMove,
  });

  const drag = useItemDrag({
    body,
    rowPx,
    count: order.length,
    accepts: (isOwn) => (isOwn ? canMove : canEdit && draggedTracks() !== null),
    onDrop(gap, isOwn) {
      if (isOwn) {
        moveTo(gap, idsOf(selection));
        return;
      }
      const dropped = draggedTracks();
      const before = canMove ? (order[gap]?.itemId ?? null) : null;
      if (dropped !== null) actOn(dropped, (tracks) => void addDropped(id, tracks, before));
    },
  });
  const chosenTracks =
    (itemIds: readonly string[]): (() => Promise<readonly Track[]>) =>
    async () => {
      const items = await itemsOf(playlist.id, view, itemIds, rows.rowOf);
      return items.flatMap(({ track }) => track ?? []);
    };
  const onDragStart = (event: DragEvent): void => {
    const index = rowIndexOf(event.target);
    if (index === null) return;
    const next = selectForMenu(selection, index);
    setSelection(next);
    const itemIds = idsOf(next);
    const tracks = itemIds.flatMap((itemId) => rows.rowOf(itemId)?.track ?? []);
    const words =
      itemIds.length === 1
        ? titleOf(itemIds[0])
        : libraryTexts('counts.tracks', { count: itemIds.length, formatted: formatCount(itemIds.length) });
    const isWhole = tracks.length === itemIds.length;
    beginTrackDrag(
      event,
      { tracks, count: itemIds.length, fetchAll: isWhole ? null : chosenTracks(itemIds) },
      words,
    );
    event.dataTransfer.effectAllowed = 'copyMove';
    drag.begin();
  };

  const play = (index: number): void => {
    const ref = order[index];
    if (ref !== undefined) void playPlaylist(playlist, view, ref);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.key === 'Enter' && onControl(event.target)) return;
    const press = { key: event.key, shiftKey: event.shiftKey, altKey: event.altKey, modKey: modHeld(event) };
    const done = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    const own = itemCommand(press);
    if (own !== null && (canEdit || own.kind === 'copy')) {
      done();
      if (own.kind === 'step') step(own.step);
      else if (own.kind === 'remove') remove();
      else if (own.kind === 'paste') paste();
      else take(own.kind);
      return;
    }
    if (own !== null && isReadOnly) {
      done();
      showToast({ text: t('visitor.readOnly') });
      return;
    }
    const command = listCommand(press, selection, order.length, lineWindow.rowsPerPage);
    if (command === null) return;
    done();
    if (command.kind === 'play') {
      play(command.index);
      return;
    }
    setSelection(command.selection);
    if (command.selection.focus !== selection.focus) focusOn(command.selection.focus);
  };

  const trackAt = (index: number): Track | null => {
    const ref = order[index];
    return ref === undefined ? null : (rows.rowOf(ref.itemId)?.track ?? null);
  };
  const onClick = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target);
    if (index === null || !(event.target instanceof Element)) return;
    const action = actionOf(event.target);
    const track = trackAt(index);
    if (action === 'play') {
      if (track?.id === currentTrackId) player.togglePlay();
      else play(index);
    } else if (action === 'like' && track !== null) void toggleSaved('track', track);
    else if (action === 'menu') {
      const { left, bottom } = event.target.getBoundingClientRect();
      const place = { bubbles: true, cancelable: true, clientX: left, clientY: bottom };
      event.target.dispatchEvent(new window.MouseEvent('contextmenu', place));
    } else if (!onControl(event.target)) {
      setSelection(selectByPress(selection, index, { mod: modHeld(event), shift: event.shiftKey }));
    }
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target);
    if (index !== null && !onControl(event.target) && !modHeld(event) && !event.shiftKey) play(index);
  };
  const menuAbout = useRef<{ readonly index: number; readonly items: readonly PlaylistItem[] } | null>(null);
  const onContextMenu = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target);
    if (index === null) {
      event.preventDefault();
      return;
    }
    const next = selectForMenu(selection, index);
    const items = idsOf(next).flatMap((itemId) => rows.rowOf(itemId) ?? []);
    menuAbout.current = { index, items };
    setSelection(next);
  };
  const menuEntries = (): readonly MenuEntry[] => {
    const about = menuAbout.current;
    if (about === null) return [];
    return itemMenu(about.items, {
      t,
      listTexts,
      canEdit,
      canMove,
      hasClip: clip !== null,
      onPlay: () => play(about.index),
      onStep: step,
      onTake: take,
      onPaste: paste,
      onRemove: remove,
      navigate,
    });
  };

  const shown = lineWindow.items.map(({ index }) => index).join();
  const tellShown = useEffectEvent((indexes: string) => rows.show(indexes.split(',').map(Number)));
  useEffect(() => {
    if (shown !== '') tellShown(shown);
  }, [shown]);
  const { rowOf } = rows;
  const known = useMemo(() => order.map(({ itemId }) => rowOf(itemId)?.track ?? null), [order, rowOf]);
  const rests = warmRows(known);
  const cut = useMemo(
    () =>
      new Set(clip?.kind === 'cut' && clip.playlistId === id ? clip.items.map(({ itemId }) => itemId) : []),
    [clip, id],
  );
  const playingOf = (trackId: string): ItemRowProps['playing'] => {
    if (trackId !== currentTrackId) return 'no';
    if (!isPlaying) return 'paused';
    return isInBreak ? 'awaited' : 'sounding';
  };
  const chosenIds = selection.selected.size > 1 ? idsOf(selection) : [];
  return (
    <div
      className={classNames(listStyles.list, listStyles.mixed, styles.list, withPeople && styles.withPeople)}
      style={{ '--line-height': `${rowPx}px` } as CSSProperties}
    >
      <ContextMenu entries={menuEntries}>
        <div
          ref={grid}
          role="grid"
          tabIndex={-1}
          aria-label={t('list.label', { name: playlist.name })}
          aria-multiselectable
          aria-rowcount={order.length + 1}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={onContextMenu}
          onDragStart={onDragStart}
          {...drag.handlers}
          onDragEnd={() => {
            drag.handlers.onDragEnd();
            endTrackDrag();
          }}
          onPointerOver={rests.onPointerOver}
          onPointerLeave={rests.onPointerLeave}
          onFocus={(event) => {
            rests.onFocus(event);
            const index = rowIndexOf(event.target);
            if (index !== null && index !== selection.focus) setSelection(focusRow(selection, index));
          }}
        >
          <ItemListHead withPeople={withPeople} />
          <div
            ref={setBody}
            className={listStyles.body}
            style={{ height: lineWindow.totalPx }}
            role="rowgroup"
          >
            {lineWindow.items.map((line) => {
              const ref = order[line.index];
              if (ref === undefined) return null;
              const item = rows.rowOf(ref.itemId);
              return (
                <ItemRow
                  // By place: a row that were moved within the document would lose the focus.
                  key={line.index}
                  item={item}
                  index={line.index}
                  topPx={lineWindow.topOf(line)}
                  selected={selection.selected.has(line.index)}
                  selectedAbove={selection.selected.has(line.index - 1)}
                  selectedBelow={selection.selected.has(line.index + 1)}
                  isTabStop={line.index === selection.focus}
                  isCut={cut.has(ref.itemId)}
                  playing={playingOf(ref.trackId)}
                  failure={failures.get(ref.trackId) ?? null}
                  addedBy={
                    withPeople && item !== undefined ? memberName(item.addedBy, playlist.members) : null
                  }
                />
              );
            })}
            {drag.gap !== null && (
              <div className={styles.marker} style={{ top: drag.gap * rowPx }} role="presentation" />
            )}
          </div>
        </div>
      </ContextMenu>
      <output className={styles.said}>{said}</output>
      {chosenIds.length > 1 && (
        <ItemBar
          itemIds={chosenIds}
          rowOf={rows.rowOf}
          fetchTracks={chosenTracks(chosenIds)}
          onRemove={canEdit ? remove : null}
          onClear={() => setSelection(selectNone(selection))}
        />
      )}
    </div>
  );
}
