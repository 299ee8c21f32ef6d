import type { ReactNode } from 'react';
import { create } from 'zustand';
import { useLocation } from 'wouter';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { playlistPath } from '../library/library-paths.ts';
import { change } from './page-changes.ts';
import { NEW_RULES } from './rule-form.ts';
import { RulesDialog } from './rules-dialog.tsx';

const useCreating = create<{ readonly isOpen: boolean; readonly folderId: string | null }>(() => ({
  isOpen: false,
  folderId: null,
}));

/** Opens the dialog that makes a smart playlist, which will stand in that folder. */
export const openNewSmartPlaylist = (folderId: string | null = null): void =>
  useCreating.setState({ isOpen: true, folderId });

/** The dialog that makes a smart playlist; one for the window. */
export function NewSmartPlaylistDialog(): ReactNode {
  const t = useTexts('playlists');
  const [, navigate] = useLocation();
  const { isOpen, folderId } = useCreating();
  const close = (): void => useCreating.setState({ isOpen: false });
  if (!isOpen) return null;
  return (
    <RulesDialog
      title={t('smart.newTitle')}
      name=""
      rules={NEW_RULES}
      action={t('smart.create')}
      onClose={close}
      onDone={async (rules, name) => {
        const done = await change(
          () => host.playlists.create({ name, rules, folderId }),
          t('done.created', { name }),
        );
        if (done !== null) navigate(playlistPath(done.playlist.id));
        return done !== null;
      }}
    />
  );
}
