import { host } from '../host/host-client.ts';
import { trackAddress } from '../host/media-address.ts';
import { reportFailure } from '../report-failure.ts';
import { statusStore } from '../status/status-store.ts';
import { Player } from './player-core.ts';
import { DeckEngine } from './deck-engine.ts';
import { openHowlerOutput } from './howler-output.ts';
import { clockStore, playbackStore } from './playback-store.ts';
import { playableHere } from './playable-here.ts';
import { sayNotice } from './say-notice.ts';
import { whyUnplayable } from './why-unplayable.ts';

const newSeed = (): number => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 21) * 2 ** 32 + low;
};

/** The window's player. Nothing sounds, loads or opens until somebody asks. */
export const player: Player = new Player({
  engine: new DeckEngine({ openOutput: openHowlerOutput, whyUnplayable }),
  session: host.playback,
  history: host.history,
  cache: host.cache,
  onCacheFailed: reportFailure,
  playableHere,
  isAway: () => statusStore.getState().service.state === 'unreachable',
  addressOf: trackAddress,
  playback: playbackStore,
  clock: clockStore,
  notify: (notice) => sayNotice(notice, () => player.resume()),
  nowMs: () => performance.now(),
  newSeed,
});
