import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PlaylistHead } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ConfirmDialog } from '../settings/confirm-dialog.tsx';
import { DuplicatesDialog } from './duplicates-dialog.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { PeopleDialog } from './people-dialog.tsx';
import { deletePlaylist, setRules, setVisibility } from './playlist-actions.ts';
import { RulesDialog } from './rules-dialog.tsx';

export type OpenDialog = 'rules' | 'people' | 'visibility' | 'delete' | 'duplicates' | 'folder';

/** The dialog of a playlist's page that is open, if one is. */
export function PlaylistDialog(props: {
  readonly playlist: PlaylistHead;
  readonly open: OpenDialog | null;
  readonly onClose: () => void;
}): ReactNode {
  const { playlist, open, onClose } = props;
  const t = useTexts('playlists');
  const [, navigate] = useLocation();
  const { id, name, members, visibility, rules } = playlist;
  const others = Math.max(members.length - 1, 0);
  const onOpenChange = (isOpen: boolean): void => {
    if (!isOpen) onClose();
  };
  const isPublic = visibility === 'public';
  switch (open) {
    case null:
      return null;
    case 'delete':
      return (
        <ConfirmDialog
          title={t('delete.title', { name })}
          action={t('delete.action')}
          open
          onOpenChange={onOpenChange}
          onConfirm={() =>
            void deletePlaylist(playlist).then((done) => {
              if (done !== null) navigate('/');
            })
          }
        >
          <p>
            {others === 0
              ? t('delete.help')
              : t('delete.helpShared', { count: others, formatted: formatCount(others) })}
          </p>
        </ConfirmDialog>
      );
    case 'visibility':
      return (
        <ConfirmDialog
          title={t(isPublic ? 'visibility.privateTitle' : 'visibility.publicTitle', { name })}
          action={t(isPublic ? 'visibility.privateAction' : 'visibility.publicAction')}
          open
          onOpenChange={onOpenChange}
          onConfirm={() => void setVisibility(playlist, isPublic ? 'private' : 'public')}
        >
          <p>{t(isPublic ? 'visibility.privateHelp' : 'visibility.publicHelp')}</p>
        </ConfirmDialog>
      );
    case 'rules':
      return rules === null ? null : (
        <RulesDialog
          title={t('smart.editTitle', { name })}
          name={null}
          rules={rules}
          action={t('smart.save')}
          onClose={onClose}
          onDone={async (next) => (await setRules(id, next)) !== null}
        />
      );
    case 'people':
      return <PeopleDialog playlist={playlist} onClose={onClose} />;
    case 'duplicates':
      return <DuplicatesDialog playlist={playlist} open onClose={onClose} />;
    case 'folder':
      return <FolderDialog playlist={playlist} onClose={onClose} />;
  }
}
