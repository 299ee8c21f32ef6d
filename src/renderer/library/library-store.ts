import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { LibraryState } from '../../contract/library.ts';
import { host, subscribe } from '../host/host-client.ts';
import { queryClient } from '../host/queries.ts';
import { askForSavedAgain } from './saved-marks.ts';

/** What the questions about the library begin their keys with: all of them are asked again when it changes. */
export const LIBRARY_KEY = 'library';

const NOTHING_YET: LibraryState = {
  revision: 0,
  counts: { track: 0, album: 0, artist: 0, playlist: 0 },
  sync: { state: 'waiting', changes: 0, cause: 'offline' },
  refused: 0,
};

/** What the host last said about the library; null before it said anything. */
export const libraryStore = createStore<{ readonly state: LibraryState | null }>(() => ({ state: null }));

export function useLibrary<Part>(select: (library: LibraryState) => Part): Part {
  return useStore(libraryStore, ({ state }) => select(state ?? NOTHING_YET));
}

/** How the library stands; null before the host has said so. */
export const useKnownLibrary = (): LibraryState | null => useStore(libraryStore, ({ state }) => state);

/** Takes what the host says; what is on screen is asked for again when the library has become another one. */
export function takeLibrary(state: LibraryState): void {
  const before = libraryStore.getState().state;
  libraryStore.setState({ state });
  if (before === null || before.revision === state.revision) return;
  askForSavedAgain();
  void queryClient.invalidateQueries({ queryKey: [LIBRARY_KEY] });
}

/** Reads how the library stands and follows it. Gives its own unsubscribe. */
export async function followLibrary(onFailure: (failure: unknown) => void): Promise<() => void> {
  const stop = subscribe('library', takeLibrary);
  try {
    takeLibrary(await host.library.get());
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
