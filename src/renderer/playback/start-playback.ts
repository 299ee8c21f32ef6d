import { ARTWORK_SIZES } from '../../contract/catalog-http.ts';
import { artworkUrl } from '../../contract/track-url.ts';
import { setSoundingTitle } from '../frame/page-title.ts';
import { shell, subscribe } from '../host/host-client.ts';
import { reportFailure } from '../report-failure.ts';
import { sessionStore } from '../session/session-store.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { adTitle } from './ad-words.ts';
import { startMediaSession } from './media-session.ts';
import { watchServiceAnswers, watchSignIns } from './service-answers.ts';
import { sound } from './sound/sound.ts';
import { shown } from './shown-playback.ts';
import { player } from './player.ts';
import { startWindowTitle } from './window-title.ts';

const followSettings = (): void => {
  const apply = (): void => {
    const { fadeOnPause, speed } = settingsStore.getState();
    player.setFadeOnPause(fadeOnPause);
    player.setSpeed(speed);
    player.settingsChanged();
  };
  apply();
  settingsStore.subscribe(apply);
};

const saveWhenLeaving = (): void => {
  window.addEventListener('pagehide', () => {
    player.flush();
    sound.flush();
  });
};

const systemMediaSession = (): void => {
  // jsdom and very old engines have none; the player is whole without it.
  if (!('mediaSession' in navigator)) return;
  startMediaSession({
    session: navigator.mediaSession,
    player,
    playback: shown.playback,
    clock: shown.clock,
    adTitle,
    artworkOf: (artwork) =>
      artwork === null
        ? []
        : ARTWORK_SIZES.map((sizePx) => ({
            url: new URL(artworkUrl(shell(), artwork.id, sizePx), window.location.href).href,
            sizePx,
          })),
    nowMs: () => performance.now(),
  });
};

/** Ties the player to the window, once: what was kept, what is set, the system's media keys, the window's title. */
export const startPlayback = (): void => {
  player.restore().catch(reportFailure);
  followSettings();
  sound.start();
  saveWhenLeaving();
  systemMediaSession();
  startWindowTitle({ playback: shown.playback, name: setSoundingTitle, adTitle });
  sessionStore.subscribe(() => player.adPolicyChanged());
  sessionStore.subscribe(watchSignIns(() => player.serviceReachable()));
  subscribe(
    'status',
    watchServiceAnswers(() => player.serviceReachable()),
  );
};
