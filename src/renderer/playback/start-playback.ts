import { ARTWORK_SIZES } from '../../contract/catalog-http.ts';
import { artworkUrl } from '../../contract/track-url.ts';
import { shell, subscribe } from '../host/host-client.ts';
import { reportFailure } from '../report-failure.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { startMediaSession } from './media-session.ts';
import { clockStore, playbackStore } from './playback-store.ts';
import { player } from './player.ts';
import { startWindowTitle } from './window-title.ts';

let isRestored = false;

/** Once a window: a second restore would undo what was played since. */
const restoreOnce = (): void => {
  if (isRestored) return;
  isRestored = true;
  player.restore().catch(reportFailure);
};

const followFade = (): (() => void) => {
  const apply = (): void => player.setFadeOnPause(settingsStore.getState().fadeOnPause);
  apply();
  return settingsStore.subscribe(apply);
};

const saveWhenLeaving = (): (() => void) => {
  const save = (): void => player.flush();
  window.addEventListener('pagehide', save);
  return () => window.removeEventListener('pagehide', save);
};

const systemMediaSession = (): (() => void) => {
  // jsdom and very old engines have none; the player is whole without it.
  if (!('mediaSession' in navigator)) return () => undefined;
  return startMediaSession({
    session: navigator.mediaSession,
    player,
    playback: playbackStore,
    clock: clockStore,
    artworkOf: ({ artwork }) =>
      artwork === null
        ? []
        : ARTWORK_SIZES.map((sizePx) => ({
            url: new URL(artworkUrl(shell(), artwork.id, sizePx), window.location.href).href,
            sizePx,
          })),
    nowMs: () => performance.now(),
  });
};

/** Ties the player to the window: what was kept, what is set, the system's media keys. Gives its own stop. */
export const startPlayback = (): (() => void) => {
  restoreOnce();
  const stops = [
    followFade(),
    saveWhenLeaving(),
    systemMediaSession(),
    startWindowTitle(document, playbackStore),
    subscribe('status', (status) => {
      if (status.service.state === 'reachable') player.serviceReachable();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};
