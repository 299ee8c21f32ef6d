import {
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
import type { ArtistRef, Track } from '../../contract/catalog-http.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { beginTrackDrag, endTrackDrag } from '../library/dragged-tracks.ts';
import { toggleSaved } from '../library/save-actions.ts';
import { downloadsStore } from '../offline/downloads-store.ts';
import { useAdBreak, useCurrentTrackId, useFailedTracks, useIsPlaying } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isMac } from '../shortcuts/chord.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx';
import { useRowHeights } from '../theme/row-heights.ts';
import { chosenFrom, type Chosen } from './chosen.ts';
import { COLUMNS, linesOf, rowHeightOf, type TrackGroup, type TrackListLayout } from './columns.ts';
import { listCommand } from './list-keys.ts';
import { actionOf, onControl, rowIndexOf } from './row-of-event.ts';
import { focusRow, selectByPress, selectForMenu, selectNone, type Selection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { TrackListHead } from './track-list-head.tsx';
import styles from './track-list.module.css';
import { trackMenu } from './track-menu.tsx';
import { TrackRow, type TrackRowProps } from './track-row.tsx';
import { WaitingRow } from './waiting-row.tsx';
import { warmRows } from './warm-rows.ts';
import { useLineWindow } from './use-line-window.ts';
import { useSelection } from './use-selection.ts';

export interface TrackListProps {
  /** Null: not at hand yet; see `onShow`. */
  readonly tracks: readonly (Track | null)[];
  readonly layout: TrackListLayout;
  /** Where a queue started from this list comes from. */
  readonly origin: Origin;
  /** The list's accessible name. */
  readonly label: string;
  readonly groups?: readonly TrackGroup[];
  readonly withHead?: boolean;
  /** Not named again as guests on each row. */
  readonly albumArtists?: readonly ArtistRef[];
  /** All rows there are, when `tracks` holds only the first of them. */
  readonly total?: number;
  /** Which rows are shown of those the origin has; another choice lets go of the selection. */
  readonly scope?: string;
  /** Plays from a row; left out, the whole list becomes the queue. */
  readonly onPlay?: (index: number) => void;
  /** Told which rows are in the document, for lists whose tracks are had as they are shown. */
  readonly onShow?: (indexes: readonly number[]) => void;
  /** Rows for which there is no track any more, and the ids they had. */
  readonly lost?: ReadonlyMap<number, string>;
  /** What Delete does with the chosen rows. */
  readonly onRemove?: (chosen: Chosen) => void;
  /** Gets the tracks of rows that are not at hand. Rejects with HostFailure. */
  readonly tracksAt?: (indexes: readonly number[]) => Promise<readonly Track[]>;
  /** What the last column says in place of how long a track is. */
  readonly lastColumn?: {
    readonly title: string;
    readonly wordsAt: (index: number) => string;
    /** Of a row that was played on another device: what is said of that. */
    readonly elsewhereAt?: (index: number) => string | undefined;
  };
  /** What else can be done with chosen rows, at the end of their menu. */
  readonly moreEntries?: (indexes: readonly number[]) => readonly MenuEntry[];
}

const NO_GROUPS: readonly TrackGroup[] = [];
const NO_ARTISTS: readonly ArtistRef[] = [];

const modHeld = (event: { readonly ctrlKey: boolean; readonly metaKey: boolean }): boolean =>
  isMac() ? event.metaKey : event.ctrlKey;

const playingNow = (isPlaying: boolean, isInBreak: boolean): TrackRowProps['playing'] => {
  if (!isPlaying) return 'paused';
  return isInBreak ? 'awaited' : 'sounding';
};

/**
 * Tracks in rows: double click or Enter plays from there, Mod and Shift choose several, arrows and page keys move, the
 * right button and "…" open a menu. Only the rows on screen are in the DOM. An ARIA grid with one tab stop: the elements
 * of a table can be neither laid out as a grid nor kept partly in the DOM.
 */
export function TrackList(props: TrackListProps): ReactNode {
  const { tracks, layout, origin, label } = props;
  const { groups = NO_GROUPS, albumArtists = NO_ARTISTS, withHead = false, scope = '' } = props;
  const columns = COLUMNS[layout];
  const [, navigate] = useLocation();
  const currentTrackId = useCurrentTrackId();
  const isPlaying = useIsPlaying();
  const isInBreak = useAdBreak() !== null;
  const failures = useFailedTracks();

  const [selection, setSelection] = useSelection(
    `${origin.kind}:${origin.id}:${layout}:${scope}`,
    tracks.length,
  );
  const lines = useMemo(() => linesOf(tracks.length, groups), [tracks.length, groups]);
  const lineOfRow = useMemo(
    () => new Map(lines.flatMap((line, at) => (line.kind === 'track' ? [[line.index, at] as const] : []))),
    [lines],
  );
  const rowPx = rowHeightOf(layout, useRowHeights());
  const { setBody, items, totalPx, topOf, rowsPerPage, scrollToLine } = useLineWindow(
    lines,
    rowPx,
    lineOfRow.get(selection.focus) ?? -1,
  );
  const gridRef = useRef<HTMLDivElement>(null);

  const { onShow, tracksAt } = props;
  const chosenBy = (choice: Selection): Chosen => chosenFrom(tracks, choice, tracksAt);
  const chosen = useMemo(() => chosenFrom(tracks, selection, tracksAt), [tracks, selection, tracksAt]);
  const play = (index: number): void => {
    if (props.onPlay !== undefined) props.onPlay(index);
    else
      player.play(
        tracks.filter((track) => track !== null),
        index,
        origin,
      );
  };
  const t = useTexts('trackList');
  const offlineTexts = useTexts('offline');
  const libraryTexts = useTexts('library');
  /** The rows a menu is about, known before the selection is rendered. */
  const menuRows = useRef<{
    readonly index: number;
    readonly indexes: readonly number[];
    readonly chosen: Chosen;
  } | null>(null);
  const menuEntries = (): readonly MenuEntry[] => {
    const rows = menuRows.current;
    if (rows === null) return [];
    const more = props.moreEntries?.(rows.indexes) ?? [];
    const entries = trackMenu(rows.chosen, {
      t,
      libraryTexts,
      offlineTexts,
      downloads: downloadsStore.getState(),
      onPlay: () => play(rows.index),
      navigate,
    });
    return [...entries, ...more];
  };

  const albumArtistIds = useMemo(() => new Set(albumArtists.map((artist) => artist.id)), [albumArtists]);
  /** Guests, or on a record of several everyone who plays. */
  const besideTitle = (track: Track): string => {
    const others = track.artists.filter((artist) => !albumArtistIds.has(artist.id));
    const names = others.map((artist) => artist.name).join(', ');
    return names === '' || others.length === track.artists.length ? names : t('guests', { names });
  };
  const mostPlays = useMemo(
    () => tracks.reduce((most, track) => Math.max(most, track?.plays ?? 0), 1),
    [tracks],
  );

  /** Focus follows once the row is in the DOM, which a far jump brings about only with the next frame. */
  const focusSoon = (index: number): void => {
    requestAnimationFrame(() => {
      gridRef.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
    });
  };
  const focusOn = (index: number): void => {
    scrollToLine(lineOfRow.get(index) ?? 0);
    focusSoon(index);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.key === 'Enter' && onControl(event.target)) return;
    if (event.key === 'Delete' && props.onRemove !== undefined && chosen.count > 0) {
      event.preventDefault();
      props.onRemove(chosen);
      return;
    }
    const press = { key: event.key, shiftKey: event.shiftKey, altKey: event.altKey, modKey: modHeld(event) };
    const command = listCommand(press, selection, tracks.length, rowsPerPage);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.kind === 'play') {
      play(command.index);
      return;
    }
    const moved = command.selection.focus !== selection.focus;
    setSelection(command.selection);
    if (moved) focusOn(command.selection.focus);
  };

  const playOrPause = (index: number): void => {
    if (tracks[index]?.id === currentTrackId) player.togglePlay();
    else play(index);
  };

  const like = (index: number): void => {
    const lostId = props.lost?.get(index);
    const thing =
      tracks[index] ?? (lostId === undefined ? null : { id: lostId, title: libraryTexts('page.unknown') });
    if (thing !== null) void toggleSaved('track', thing);
  };

  /** A chosen row takes all that are chosen with it; any other goes alone. */
  const onDragStart = (event: DragEvent): void => {
    const index = rowIndexOf(event.target);
    if (index === null) return;
    const dragged = chosenBy(selectForMenu(selection, index));
    const [first] = dragged.tracks;
    if (first === undefined) return;
    const formatted = formatCount(dragged.count);
    const words =
      dragged.count === 1 ? first.title : libraryTexts('counts.tracks', { count: dragged.count, formatted });
    beginTrackDrag(event, dragged, words);
  };

  /** The menu opens where the key is, by the same road as the right button. */
  const openMenuAt = (key: Element): void => {
    const { left, bottom } = key.getBoundingClientRect();
    key.dispatchEvent(
      new window.MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        clientX: left,
        clientY: bottom,
      }),
    );
  };

  const onClick = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target);
    if (index === null || !(event.target instanceof Element)) return;
    const action = actionOf(event.target);
    if (action === 'play') playOrPause(index);
    else if (action === 'like') like(index);
    else if (action === 'menu') openMenuAt(event.target.closest('[data-action]') ?? event.target);
    else if (!onControl(event.target)) {
      setSelection(selectByPress(selection, index, { mod: modHeld(event), shift: event.shiftKey }));
    }
  };

  const onDoubleClick = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target);
    if (index !== null && !onControl(event.target) && !modHeld(event) && !event.shiftKey) play(index);
  };

  const onContextMenu = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target);
    if (index === null) {
      event.preventDefault();
      return;
    }
    const next = selectForMenu(selection, index);
    menuRows.current = { index, indexes: [...next.selected], chosen: chosenBy(next) };
    setSelection(next);
  };

  const tellShown = useEffectEvent((rows: string) => {
    onShow?.(rows === '' ? [] : rows.split(',').map(Number));
  });
  const shownRows = items
    .flatMap((item) => {
      const line = lines[item.index];
      return line?.kind === 'track' ? [line.index] : [];
    })
    .join();
  useEffect(() => tellShown(shownRows), [shownRows]);

  const rests = warmRows(tracks);
  const headRows = withHead ? 1 : 0;
  return (
    <div
      className={classNames(styles.list, styles[layout])}
      style={{ '--line-height': `${rowPx}px` } as CSSProperties}
    >
      <ContextMenu entries={menuEntries}>
        <div
          ref={gridRef}
          role="grid"
          tabIndex={-1}
          aria-label={label}
          aria-multiselectable
          aria-rowcount={(props.total ?? tracks.length) + groups.length + headRows}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={onContextMenu}
          onDragStart={onDragStart}
          onDragEnd={endTrackDrag}
          onPointerOver={rests.onPointerOver}
          onPointerLeave={rests.onPointerLeave}
          onFocus={(event) => {
            rests.onFocus(event);
            const index = rowIndexOf(event.target);
            if (index !== null && index !== selection.focus) setSelection(focusRow(selection, index));
          }}
        >
          {withHead && <TrackListHead columns={columns} lastTitle={props.lastColumn?.title} />}
          <div ref={setBody} className={styles.body} style={{ height: totalPx }} role="rowgroup">
            {items.map((item) => {
              const line = lines[item.index];
              if (line === undefined) return null;
              const topPx = topOf(item);
              if (line.kind === 'heading') {
                return (
                  <GroupHeading
                    key={`heading-${line.group.id}`}
                    group={line.group}
                    topPx={topPx}
                    ariaRowIndex={item.index + 1 + headRows}
                  />
                );
              }
              const track = tracks[line.index];
              if (track === undefined) return null;
              if (track === null) {
                return (
                  <WaitingRow
                    key={line.index}
                    index={line.index}
                    columns={columns}
                    ariaRowIndex={item.index + 1 + headRows}
                    topPx={topPx}
                    selected={selection.selected.has(line.index)}
                    isTabStop={line.index === selection.focus}
                    onReplaced={() => focusSoon(line.index)}
                    lostId={props.lost?.get(line.index) ?? null}
                  />
                );
              }
              const isCurrent = track.id === currentTrackId;
              return (
                <TrackRow
                  key={line.index}
                  track={track}
                  index={line.index}
                  columns={columns}
                  ariaRowIndex={item.index + 1 + headRows}
                  topPx={topPx}
                  selected={selection.selected.has(line.index)}
                  selectedAbove={selection.selected.has(line.index - 1)}
                  selectedBelow={selection.selected.has(line.index + 1)}
                  isTabStop={line.index === selection.focus}
                  playing={isCurrent ? playingNow(isPlaying, isInBreak) : 'no'}
                  failure={failures.get(track.id) ?? null}
                  besideTitle={besideTitle(track)}
                  lastWords={props.lastColumn?.wordsAt(line.index)}
                  elsewhere={props.lastColumn?.elsewhereAt?.(line.index)}
                  share={(track.plays ?? 0) / mostPlays}
                />
              );
            })}
          </div>
        </div>
      </ContextMenu>
      {chosen.count > 1 && (
        <SelectionBar chosen={chosen} onClear={() => setSelection(selectNone(selection))} />
      )}
    </div>
  );
}

function GroupHeading(props: {
  readonly group: TrackGroup;
  readonly topPx: number;
  readonly ariaRowIndex: number;
}): ReactNode {
  return (
    <div
      role="row"
      aria-rowindex={props.ariaRowIndex}
      className={classNames(styles.line, styles.heading)}
      style={{ transform: `translateY(${props.topPx}px)` }}
    >
      <span role="rowheader" className={styles.headingTitle}>
        {props.group.title}
      </span>
      <span role="gridcell">{props.group.durationMs !== null && formatDuration(props.group.durationMs)}</span>
    </div>
  );
}
