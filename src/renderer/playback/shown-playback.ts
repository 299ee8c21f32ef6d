import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  clockStore,
  playbackStore,
  type Clock,
  type ClockStore,
  type PlaybackSnapshot,
  type PlaybackStore,
} from './playback-store.ts';

/**
 * How long the screen may wait for the sound: a little longer than a good line takes. Row and button answer the press by themselves.
 * With more, what is drawn would stand before what a farther edge sends.
 */
const START_HOLD_MS = 180;

export interface ShownPlayback {
  readonly playback: StoreApi<PlaybackSnapshot>;
  readonly clock: StoreApi<Clock>;
}

/**
 * What the screen shows of playback and clock: the stores themselves, except that a start is shown once it sounds, or after
 * a moment. Sound is handed to the device by the thread that renders and lays out; doing that first would put some 40 ms
 * before it (`npm run bench -- play`).
 */
export function createShownPlayback(
  playback: PlaybackStore,
  clock: ClockStore,
  holdMs = START_HOLD_MS,
): ShownPlayback {
  const shownPlayback = createStore<PlaybackSnapshot>(() => playback.getState());
  const shownClock = createStore<Clock>(() => clock.getState());
  let held: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  const show = (): void => {
    clearTimeout(held);
    held = undefined;
    isDue = false;
    shownPlayback.setState(playback.getState(), true);
    shownClock.setState(clock.getState(), true);
  };
  const showSoon = (): void => {
    if (isDue) return;
    isDue = true;
    clearTimeout(held);
    held = setTimeout(show);
  };
  playback.subscribe((now, before) => {
    // It sounds. Drawn in a task of its own, behind what else has come of it and is to go to the device.
    if (held !== undefined && now.state.kind === 'playing') showSoon();
    else if (now.state.kind !== 'loading') show();
    else if (held === undefined && now.state === before.state) show();
    else held ??= setTimeout(show, holdMs);
  });
  clock.subscribe((now) => {
    if (held === undefined) shownClock.setState(now, true);
  });
  return { playback: shownPlayback, clock: shownClock };
}

/** The window's own. */
export const shown: ShownPlayback = createShownPlayback(playbackStore, clockStore);
