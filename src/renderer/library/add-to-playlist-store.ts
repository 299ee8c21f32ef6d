import { create } from 'zustand';
import type { Track } from '../../contract/catalog-http.ts';

interface AddToPlaylist {
  /** What is to be added; null: the dialog is closed. */
  readonly tracks: readonly Pick<Track, 'id' | 'title'>[] | null;
  /** What a new playlist would be called. */
  readonly suggestedName: string;
}

/** What the one dialog "Add to playlist" is about. */
export const useAddToPlaylist = create<AddToPlaylist>(() => ({ tracks: null, suggestedName: '' }));

/** Opens the dialog for tracks, in their order. */
export function openAddToPlaylist(tracks: readonly Pick<Track, 'id' | 'title'>[], suggestedName = ''): void {
  if (tracks.length > 0) useAddToPlaylist.setState({ tracks, suggestedName });
}

export const closeAddToPlaylist = (): void => useAddToPlaylist.setState({ tracks: null, suggestedName: '' });
