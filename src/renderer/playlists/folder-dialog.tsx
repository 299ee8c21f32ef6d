import { useState, type ReactNode } from 'react';
import type { PlaylistHead, ShelfEntry } from '../../contract/library.ts';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useShelf } from '../library/library-queries.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import styles from './people.module.css';
import { change, sayChanged, sayFailed } from './page-changes.ts';

interface Folder {
  readonly folderId: string;
  readonly name: string;
  readonly depth: number;
}
const foldersOf = (entries: readonly ShelfEntry[], depth = 0): readonly Folder[] =>
  entries.flatMap((entry) =>
    entry.kind === 'playlist'
      ? []
      : [{ folderId: entry.folderId, name: entry.name, depth }, ...foldersOf(entry.entries, depth + 1)],
  );
const folderHolding = (
  entries: readonly ShelfEntry[],
  id: string,
  within: string | null,
): string | null | undefined => {
  for (const entry of entries) {
    if (entry.kind === 'playlist') {
      if (entry.playlist.id === id) return within;
      continue;
    }
    const found = folderHolding(entry.entries, id, entry.folderId);
    if (found !== undefined) return found;
  }
  return undefined;
};

const NONE = 'none';
const NEW = 'new';
/** A folder within a folder stands a little further in. */
const INSET = '\u2003';

/** Which folder a playlist is to stand in: one there is, a new one, or none. */
export function FolderDialog(props: {
  readonly playlist: PlaylistHead;
  readonly onClose: () => void;
}): ReactNode {
  const { playlist, onClose } = props;
  const { id, name } = playlist;
  const t = useTexts('playlists');
  const shelf = useShelf();
  const folders = foldersOf(shelf);
  const stands = folderHolding(shelf, id, null) ?? NONE;
  const [wanted, setWanted] = useState<string | null>(null);
  const [newName, setNewName] = useState('');
  const choice = wanted ?? stands;
  const isNew = choice === NEW;
  const place = (folderId: string | null) =>
    host.library.place({ keys: [`playlist:${id}`], folderId, before: null });

  const moveToNew = async (folderName: string): Promise<void> => {
    try {
      const made = await host.library.createFolder({ name: folderName, folderId: null });
      const { undo } = await place(made.folderId);
      sayChanged(t('done.moved', { name, folder: folderName }), [made.undo, undo]);
    } catch (failure) {
      sayFailed(failure);
    }
  };
  const move = (): void => {
    onClose();
    if (isNew) {
      void moveToNew(newName.trim());
      return;
    }
    const folder = folders.find(({ folderId }) => folderId === choice);
    void change(
      () => place(folder?.folderId ?? null),
      folder === undefined ? t('done.movedOut', { name }) : t('done.moved', { name, folder: folder.name }),
    );
  };
  const canMove = isNew ? newName.trim() !== '' : choice !== stands;
  return (
    <Dialog
      title={t('folder.title', { name })}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={
        <>
          <Button variant="bare" onClick={onClose}>
            {t('people.close')}
          </Button>
          <Button variant="primary" disabled={!canMove} onClick={move}>
            {t(isNew ? 'folder.create' : 'folder.move')}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (canMove) move();
        }}
      >
        <Select
          label={t('folder.label')}
          value={choice}
          options={[
            { value: NONE, label: t('folder.top') },
            ...folders.map((folder) => ({
              value: folder.folderId,
              label: INSET.repeat(folder.depth) + folder.name,
            })),
            { value: NEW, label: t('folder.new') },
          ]}
          onChange={setWanted}
        />
        {isNew && <TextInput label={t('folder.newName')} labelShown value={newName} onChange={setNewName} />}
      </form>
    </Dialog>
  );
}
