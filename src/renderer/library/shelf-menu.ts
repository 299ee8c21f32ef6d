import { ArrowDown, ArrowUp, CircleX, Folder, FolderOutput, Pencil } from 'lucide-react';
import type { ShelfEntry } from '../../contract/library.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { askName } from './ask-name.ts';
import { placeEntry, renameFolder, takeFromShelf } from './playlist-actions.ts';
import { shelfLines, type FolderEntry } from './shelf.ts';

type LibraryTexts = ReturnType<typeof useTexts<'library'>>;

/** A menu is no place to scroll in; more folders are reached from one to the next. */
const MOST_FOLDERS = 12;

/** What is around an entry on the shelf. */
const siblingsOf = (shelf: readonly ShelfEntry[], folder: FolderEntry | null): readonly ShelfEntry[] =>
  folder === null ? shelf : folder.entries;

/** Up and down among its neighbours, by keys and by those who cannot drag. */
const orderEntries = (
  t: LibraryTexts,
  entry: ShelfEntry,
  siblings: readonly ShelfEntry[],
  folderId: string | null,
): readonly MenuEntry[] => {
  const at = siblings.findIndex(({ key }) => key === entry.key);
  const above = siblings[at - 1];
  const afterNext = siblings[at + 2];
  return [
    {
      kind: 'item',
      label: t('menu.moveUp'),
      icon: ArrowUp,
      disabled: above === undefined,
      onSelect: () => {
        if (above !== undefined) void placeEntry(entry, folderId, above.key);
      },
    },
    {
      kind: 'item',
      label: t('menu.moveDown'),
      icon: ArrowDown,
      disabled: at >= siblings.length - 1,
      onSelect: () => void placeEntry(entry, folderId, afterNext?.key ?? null),
    },
  ];
};

/** Into another folder, or out of the one it is in; a folder never into itself. */
const folderEntries = (
  t: LibraryTexts,
  entry: ShelfEntry,
  shelf: readonly ShelfEntry[],
  folder: FolderEntry | null,
): readonly MenuEntry[] => {
  const within = new Set(
    entry.kind === 'folder' ? shelfLines([entry], () => false).map((line) => line.entry.key) : [],
  );
  const others = shelfLines(shelf, () => false)
    .map((line) => line.entry)
    .filter(
      (other) => other.kind === 'folder' && !within.has(other.key) && other.folderId !== folder?.folderId,
    )
    .slice(0, MOST_FOLDERS);
  return [
    ...(folder === null
      ? []
      : [
          {
            kind: 'item',
            label: t('menu.moveToTop'),
            icon: FolderOutput,
            onSelect: () => void placeEntry(entry, null, null),
          } as const,
        ]),
    ...others.flatMap((other): readonly MenuEntry[] =>
      other.kind === 'folder'
        ? [
            {
              kind: 'item',
              label: t('menu.moveTo', { name: other.name }),
              icon: Folder,
              onSelect: () => void placeEntry(entry, other.folderId, null),
            },
          ]
        : [],
    ),
  ];
};

/** What can be done with an entry of the shelf. */
export const shelfMenu = (
  t: LibraryTexts,
  entry: ShelfEntry,
  folder: FolderEntry | null,
  shelf: readonly ShelfEntry[],
): readonly MenuEntry[] => {
  const moves = folderEntries(t, entry, shelf, folder);
  return [
    ...(entry.kind === 'folder'
      ? [
          {
            kind: 'item',
            label: t('menu.rename'),
            icon: Pencil,
            onSelect: () =>
              askName({
                about: 'renameFolder',
                initial: entry.name,
                onName: (name) => void renameFolder(entry.folderId, name),
              }),
          } as const,
        ]
      : []),
    ...orderEntries(t, entry, siblingsOf(shelf, folder), folder?.folderId ?? null),
    ...(moves.length === 0 ? [] : [{ kind: 'separator' } as const, ...moves]),
    { kind: 'separator' },
    {
      kind: 'item',
      label: t(entry.kind === 'folder' ? 'menu.removeFolder' : 'menu.removePlaylist'),
      icon: CircleX,
      onSelect: () => void takeFromShelf(entry),
    },
  ];
};
