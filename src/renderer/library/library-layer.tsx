import type { ReactNode } from 'react';
import { playbackStore } from '../playback/playback-store.ts';
import { useAction } from '../shortcuts/registry.ts';
import { AddToPlaylistDialog } from './add-to-playlist-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';
import { toggleSaved } from './save-actions.ts';

/** What of the library is there on every page: its key, and its dialog. */
export function LibraryLayer(): ReactNode {
  useAction('library.like', () => {
    const { current } = playbackStore.getState().queue;
    if (current !== null) void toggleSaved('track', current.track);
  });
  return (
    <>
      <AddToPlaylistDialog />
      <NameDialog />
    </>
  );
}
