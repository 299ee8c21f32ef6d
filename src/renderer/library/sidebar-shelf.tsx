import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { ShelfEntry } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useRowHeights } from '../theme/row-heights.ts';
import { actOn } from '../track-list/chosen.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { draggedTracks, useIsDraggingTracks } from './dragged-tracks.ts';
import { folderPath, playlistPath } from './library-paths.ts';
import { changeViews, useLibraryViews } from './library-views.ts';
import { addToPlaylist, placeEntry } from './playlist-actions.ts';
import { shelfMenu } from './shelf-menu.ts';
import { nameOf, shelfLines, takesTracks, type ShelfLine } from './shelf.ts';
import styles from './sidebar-library.module.css';

const INDENT_PX = 26;

const toggleFolder = (folderId: string): void => {
  const { closedFolders } = useLibraryViews.getState();
  const isClosed = closedFolders.includes(folderId);
  changeViews({
    closedFolders: isClosed
      ? closedFolders.filter((other) => other !== folderId)
      : [...closedFolders, folderId],
  });
};

/** Where a drag may end: tracks in a playlist that takes them, an entry of the shelf before another or in a folder. */
type Dragging = { readonly entry: ShelfEntry } | null;

const takesDrag = ({ entry }: ShelfLine, dragging: Dragging): boolean => {
  if (dragging !== null) return dragging.entry.key !== entry.key;
  return draggedTracks() !== null && entry.kind === 'playlist' && takesTracks(entry.playlist);
};

const drop = ({ entry, folder }: ShelfLine, dragging: Dragging): void => {
  if (dragging !== null) {
    if (entry.kind === 'folder' && dragging.entry.kind === 'playlist') {
      void placeEntry(dragging.entry, entry.folderId, null);
    } else {
      void placeEntry(dragging.entry, folder?.folderId ?? null, entry.key);
    }
    return;
  }
  const chosen = draggedTracks();
  if (chosen === null || entry.kind !== 'playlist') return;
  const { playlist } = entry;
  actOn(
    chosen,
    (tracks) =>
      void addToPlaylist(
        playlist,
        tracks.map(({ id }) => id),
        'add',
      ),
  );
};

/** Every playlist by name, folders over what is in them; only the lines in sight are in the document. */
export function SidebarShelf({ shelf }: { readonly shelf: readonly ShelfEntry[] }): ReactNode {
  const t = useTexts('library');
  const { nav } = useRowHeights();
  const closed = useLibraryViews(({ closedFolders }) => closedFolders);
  const lines = useMemo(() => {
    const isClosed = new Set(closed);
    return shelfLines(shelf, (folderId) => isClosed.has(folderId));
  }, [shelf, closed]);
  const [dragging, setDragging] = useState<Dragging>(null);
  const [over, setOver] = useState<string | null>(null);
  const menuLine = useRef<ShelfLine | null>(null);

  const lineOf = (target: EventTarget): ShelfLine | null => {
    if (!(target instanceof Element)) return null;
    const at = target.closest<HTMLElement>('[data-line]')?.dataset['line'];
    return at === undefined ? null : (lines[Number(at)] ?? null);
  };
  const menuEntries = (): readonly MenuEntry[] => {
    const line = menuLine.current;
    return line === null ? [] : shelfMenu(t, line.entry, line.folder, shelf);
  };
  const onDragOver = (event: DragEvent): void => {
    const line = lineOf(event.target);
    const takes = line !== null && takesDrag(line, dragging);
    setOver(takes ? line.entry.key : null);
    if (!takes) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = dragging === null ? 'copy' : 'move';
  };
  const onDrop = (event: DragEvent): void => {
    const line = lineOf(event.target);
    setOver(null);
    if (line === null || !takesDrag(line, dragging)) return;
    event.preventDefault();
    drop(line, dragging);
  };

  return (
    <ContextMenu entries={menuEntries}>
      <div
        className={styles.shelf}
        role="presentation"
        onContextMenu={(event) => {
          menuLine.current = lineOf(event.target);
          if (menuLine.current === null) event.preventDefault();
        }}
        onDragStart={(event) => {
          const line = lineOf(event.target);
          if (line === null) return;
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', nameOf(line.entry));
          setDragging({ entry: line.entry });
        }}
        onDragEnd={() => {
          setDragging(null);
          setOver(null);
        }}
        onDragOver={onDragOver}
        onDragLeave={() => setOver(null)}
        onDrop={onDrop}
      >
        <VirtualList
          count={lines.length}
          rowHeight={nav}
          label={t('sidebar.playlists')}
          rowKey={(index) => lines[index]?.entry.key ?? index}
          renderRow={(index) => {
            const line = lines[index];
            return (
              line !== undefined && (
                <Line
                  line={line}
                  index={index}
                  count={lines.length}
                  isClosed={line.entry.kind === 'folder' && closed.includes(line.entry.folderId)}
                  isOver={over === line.entry.key}
                  isMoving={dragging !== null}
                />
              )
            );
          }}
        />
      </div>
    </ContextMenu>
  );
}

interface LineProps {
  readonly line: ShelfLine;
  readonly index: number;
  readonly count: number;
  readonly isClosed: boolean;
  readonly isOver: boolean;
  /** An entry of the shelf is being dragged, not tracks. */
  readonly isMoving: boolean;
}

function Line(props: LineProps): ReactNode {
  const { line, isClosed } = props;
  const { entry, depth } = line;
  const t = useTexts('library');
  const [path] = useLocation();
  const isDraggingTracks = useIsDraggingTracks();
  const isFolder = entry.kind === 'folder';
  const href = isFolder ? folderPath(entry.folderId) : playlistPath(entry.playlist.id);
  const Chevron = isClosed ? ChevronRight : ChevronDown;
  const cannotTake = isDraggingTracks && (isFolder || !takesTracks(entry.playlist));
  return (
    <div
      role="listitem"
      aria-setsize={props.count}
      aria-posinset={props.index + 1}
      data-line={props.index}
      draggable
      className={classNames(
        styles.line,
        props.isOver && (props.isMoving && !isFolder ? styles.before : styles.over),
        cannotTake && styles.cannotTake,
      )}
      style={{ paddingInlineStart: 10 + depth * INDENT_PX }}
    >
      {isFolder && (
        <button
          type="button"
          className={styles.chevron}
          aria-expanded={!isClosed}
          aria-label={t(isClosed ? 'sidebar.open' : 'sidebar.close', { name: entry.name })}
          onClick={() => toggleFolder(entry.folderId)}
        >
          <Chevron size={14} aria-hidden />
        </button>
      )}
      <Link
        href={href}
        className={styles.name ?? ''}
        title={nameOf(entry)}
        draggable={false}
        aria-current={path === href ? 'page' : undefined}
      >
        {nameOf(entry)}
      </Link>
      {entry.kind === 'playlist' && entry.playlist.rules === null && (
        <span className={styles.count} aria-hidden>
          {formatCount(entry.playlist.itemCount)}
        </span>
      )}
    </div>
  );
}
