import { createStore, type StoreApi } from 'zustand/vanilla';
import { playbackStore, type PlaybackSnapshot, type PlaybackStore } from './playback-store.ts';

/**
 * How long the screen may wait for the sound. Below 100 ms an answer is felt as immediate (Miller 1968; Nielsen 1993).
 */
const START_HOLD_MS = 80;

/**
 * What the screen shows of the playback: the store itself, except that a start is shown once it sounds, or after a moment.
 * A media element begins to load on the same thread that renders; rendering first would put 20 to 60 ms before the sound
 * (`npm run bench -- play`).
 */
export function createShownPlayback(
  store: PlaybackStore,
  holdMs = START_HOLD_MS,
): StoreApi<PlaybackSnapshot> {
  const shown = createStore<PlaybackSnapshot>(() => store.getState());
  let held: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    clearTimeout(held);
    held = undefined;
    shown.setState(store.getState(), true);
  };
  store.subscribe((now, before) => {
    if (now.state.kind !== 'loading') show();
    else if (held === undefined && now.state === before.state) show();
    else held ??= setTimeout(show, holdMs);
  });
  return shown;
}

/** The window's own. */
export const shownPlayback = createShownPlayback(playbackStore);
