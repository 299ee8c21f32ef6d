import {
  Copy,
  CopyPlus,
  Ellipsis,
  FolderInput,
  Globe,
  ImageUp,
  Library,
  ListFilter,
  ListX,
  Lock,
  Pause,
  Pencil,
  Play,
  Shuffle,
  Text,
  Trash2,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlaylistHead } from '../../contract/library.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useIsOnShelf } from '../library/library-queries.ts';
import { KeepButton } from '../offline/keep-button.tsx';
import { useCurrentOrigin, useIsPlaying } from '../playback/playback-hooks.ts';
import { player } from '../playback/player.ts';
import { shareEntry } from '../share/share-entry.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu, type MenuEntry } from '../ui/menu.tsx';
import { editStore } from './editing.ts';
import { playPlaylist, putOnShelf, saveCopy, setPicture, takeOffShelf } from './playlist-actions.ts';
import type { OpenDialog } from './playlist-dialog.tsx';
import type { ListView } from './playlist-queries.ts';

export interface PlaylistActionsProps {
  readonly playlist: PlaylistHead;
  readonly view: ListView;
  readonly isEmpty: boolean;
  readonly onOpen: (dialog: OpenDialog) => void;
}

/** Play, shuffle, and everything else that can be done with a playlist as a whole. */
export function PlaylistActions({ playlist, view, isEmpty, onOpen }: PlaylistActionsProps): ReactNode {
  const t = useTexts('playlists');
  const origin = useCurrentOrigin();
  const isPlaying = useIsPlaying();
  const entries = usePlaylistMenu(playlist, onOpen);
  const isCurrent = origin?.kind === 'playlist' && origin.id === playlist.id;
  const sounds = isCurrent && isPlaying;
  // What is only looked at is not there for good.
  const mayBeKept = useIsOnShelf(playlist.id) || playlist.role !== 'visitor';
  return (
    <>
      <Button
        variant="primary"
        icon={sounds ? Pause : Play}
        filled
        disabled={isEmpty}
        otherText={t(sounds ? 'play' : 'pause')}
        onClick={() => {
          if (isCurrent) player.togglePlay();
          else void playPlaylist(playlist, view, 'top');
        }}
      >
        {t(sounds ? 'pause' : 'play')}
      </Button>
      <Button icon={Shuffle} disabled={isEmpty} onClick={() => void playPlaylist(playlist, view, 'shuffled')}>
        {t('shuffle')}
      </Button>
      {(!isEmpty || playlist.rules !== null) && mayBeKept && (
        <KeepButton source={{ kind: 'playlist', id: playlist.id }} title={playlist.name} />
      )}
      <DropdownMenu
        label={t('menuOf', { name: playlist.name })}
        trigger={<IconButton icon={Ellipsis} label={t('more')} />}
        entries={entries}
      />
    </>
  );
}

const SEPARATOR: MenuEntry = { kind: 'separator' };

function usePlaylistMenu(playlist: PlaylistHead, onOpen: (dialog: OpenDialog) => void): readonly MenuEntry[] {
  const t = useTexts('playlists');
  const { id, role, rules, visibility, picture } = playlist;
  const isOwner = role === 'owner';
  const canEdit = isOwner || role === 'editor';
  const stands = useIsOnShelf(id);
  const edit = (part: 'name' | 'description') => (): void => editStore.setState({ edited: { id, part } });
  const details: readonly MenuEntry[] = [
    { kind: 'item', label: t('menu.rename'), icon: Pencil, onSelect: edit('name') },
    { kind: 'item', label: t('menu.describe'), icon: Text, onSelect: edit('description') },
    {
      kind: 'item',
      label: t('menu.picture'),
      icon: ImageUp,
      onSelect: () => document.querySelector<HTMLElement>('[data-picture-key]')?.click(),
    },
    ...(picture.kind === 'own'
      ? [
          {
            kind: 'item',
            label: t('menu.covers'),
            icon: Copy,
            onSelect: () => void setPicture(id, null),
          } satisfies MenuEntry,
        ]
      : []),
    SEPARATOR,
  ];
  const owners: readonly MenuEntry[] = [
    ...(rules === null
      ? []
      : [
          {
            kind: 'item',
            label: t('menu.rules'),
            icon: ListFilter,
            onSelect: () => onOpen('rules'),
          } satisfies MenuEntry,
        ]),
    {
      kind: 'item',
      label: t(visibility === 'public' ? 'menu.makePrivate' : 'menu.makePublic'),
      icon: visibility === 'public' ? Lock : Globe,
      onSelect: () => onOpen('visibility'),
    },
  ];
  return [
    ...(canEdit ? details : []),
    ...(isOwner ? owners : []),
    ...(canEdit || visibility === 'public'
      ? [shareEntry({ kind: 'playlist', id, title: playlist.name, artwork: playlist.artwork[0] ?? null })]
      : []),
    ...(role === 'visitor'
      ? []
      : [
          {
            kind: 'item',
            label: t('menu.people'),
            icon: Users,
            onSelect: () => onOpen('people'),
          } satisfies MenuEntry,
        ]),
    ...(canEdit && rules === null
      ? [
          {
            kind: 'item',
            label: t('menu.duplicates'),
            icon: ListX,
            onSelect: () => onOpen('duplicates'),
          } satisfies MenuEntry,
        ]
      : []),
    ...(stands
      ? ([
          SEPARATOR,
          {
            kind: 'item',
            label: t('menu.moveToFolder'),
            icon: FolderInput,
            onSelect: () => onOpen('folder'),
          },
          {
            kind: 'item',
            label: t('menu.take'),
            icon: Library,
            onSelect: () => void takeOffShelf(playlist),
          },
        ] satisfies readonly MenuEntry[])
      : role === 'visitor' && visibility !== 'public'
        ? []
        : ([
            SEPARATOR,
            {
              kind: 'item',
              label: t('menu.put'),
              icon: Library,
              onSelect: () => void putOnShelf(playlist),
            },
          ] satisfies readonly MenuEntry[])),
    ...(canEdit
      ? []
      : [
          {
            kind: 'item',
            label: t('menu.copy'),
            icon: CopyPlus,
            onSelect: () => void saveCopy(playlist),
          } satisfies MenuEntry,
        ]),
    ...(isOwner
      ? ([
          SEPARATOR,
          {
            kind: 'item',
            label: t('menu.delete'),
            icon: Trash2,
            danger: true,
            onSelect: () => onOpen('delete'),
          },
        ] satisfies readonly MenuEntry[])
      : []),
  ];
}
