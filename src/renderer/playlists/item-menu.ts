import {
  ArrowDownToLine,
  ArrowUpToLine,
  ClipboardPaste,
  Copy,
  CornerDownLeft,
  Disc3,
  ListEnd,
  ListPlus,
  MoveDown,
  MoveUp,
  Play,
  Scissors,
  Trash2,
  UserRound,
} from 'lucide-react';
import type { PlaylistItem } from '../../contract/library.ts';
import { albumPath, artistPath } from '../browse/paths.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { openAddToPlaylist } from '../library/add-to-playlist-store.ts';
import { addTracksToQueue, playTracksNext } from '../track-list/track-actions.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import type { Step } from './item-order.ts';

export interface ItemMenuParts {
  readonly t: ReturnType<typeof useTexts<'playlists'>>;
  readonly listTexts: ReturnType<typeof useTexts<'trackList'>>;
  readonly canEdit: boolean;
  readonly canMove: boolean;
  readonly hasClip: boolean;
  readonly onPlay: () => void;
  readonly onStep: (step: Step) => void;
  readonly onTake: (kind: 'copy' | 'cut') => void;
  readonly onPaste: () => void;
  readonly onRemove: () => void;
  readonly navigate: (path: string) => void;
}

const editEntries = (parts: ItemMenuParts): readonly MenuEntry[] => {
  const { t, canEdit, canMove } = parts;
  const moves: readonly (readonly [Step, string, typeof MoveUp, string | null])[] = [
    ['up', t('list.menu.moveUp'), MoveUp, 'Alt+ArrowUp'],
    ['down', t('list.menu.moveDown'), MoveDown, 'Alt+ArrowDown'],
    ['top', t('list.menu.moveTop'), ArrowUpToLine, 'Alt+Home'],
    ['bottom', t('list.menu.moveBottom'), ArrowDownToLine, 'Alt+End'],
  ];
  return [
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('list.menu.copy'),
      icon: Copy,
      shortcut: 'Mod+C',
      onSelect: () => parts.onTake('copy'),
    },
    ...(canEdit
      ? ([
          {
            kind: 'item',
            label: t('list.menu.cut'),
            icon: Scissors,
            shortcut: 'Mod+X',
            onSelect: () => parts.onTake('cut'),
          },
          {
            kind: 'item',
            label: t('list.menu.paste'),
            icon: ClipboardPaste,
            shortcut: 'Mod+V',
            disabled: !parts.hasClip,
            onSelect: parts.onPaste,
          },
          { kind: 'separator' },
          ...moves.map(([step, label, icon, shortcut]): MenuEntry => ({
            kind: 'item',
            label,
            icon,
            ...(shortcut === null ? {} : { shortcut }),
            disabled: !canMove,
            onSelect: () => parts.onStep(step),
          })),
          { kind: 'separator' },
          {
            kind: 'item',
            label: t('list.menu.remove'),
            icon: Trash2,
            shortcut: 'Delete',
            danger: true,
            onSelect: parts.onRemove,
          },
        ] satisfies readonly MenuEntry[])
      : []),
  ];
};

/** What can be done with the items that are chosen. */
export const itemMenu = (items: readonly PlaylistItem[], parts: ItemMenuParts): readonly MenuEntry[] => {
  const tracks = items.flatMap(({ track }) => track ?? []);
  const [track] = tracks;
  const isOne = items.length === 1;
  return [
    ...(track === undefined
      ? []
      : ([
          ...(isOne
            ? ([
                { kind: 'item', label: parts.listTexts('menu.play'), icon: Play, onSelect: parts.onPlay },
              ] satisfies readonly MenuEntry[])
            : []),
          {
            kind: 'item',
            label: parts.listTexts('menu.playNext'),
            icon: CornerDownLeft,
            onSelect: () => playTracksNext(tracks),
          },
          {
            kind: 'item',
            label: parts.listTexts('menu.addToQueue'),
            icon: ListEnd,
            onSelect: () => addTracksToQueue(tracks),
          },
          {
            kind: 'item',
            label: parts.t('list.menu.add'),
            icon: ListPlus,
            onSelect: () => openAddToPlaylist(tracks),
          },
        ] satisfies readonly MenuEntry[])),
    ...(track !== undefined && isOne
      ? ([
          { kind: 'separator' },
          {
            kind: 'item',
            label: parts.listTexts('menu.goToAlbum'),
            icon: Disc3,
            onSelect: () => parts.navigate(albumPath(track.album.id)),
          },
          ...track.artists.map((artist): MenuEntry => ({
            kind: 'item',
            label: parts.listTexts('menu.goToArtist', { name: artist.name }),
            icon: UserRound,
            onSelect: () => parts.navigate(artistPath(artist.id)),
          })),
        ] satisfies readonly MenuEntry[])
      : []),
    ...editEntries(parts),
  ];
};
