import { createStore } from 'zustand/vanilla';
import type { ItemRef } from './playlist-queries.ts';

/** Tracks that were copied or cut in a playlist, to be pasted in one. */
export interface Clip {
  readonly kind: 'copy' | 'cut';
  readonly playlistId: string;
  readonly items: readonly ItemRef[];
}

/** The window's own: what is on it are items of playlists, which other programs know nothing of. */
export const clipStore = createStore<{ readonly clip: Clip | null }>(() => ({ clip: null }));
