import { adUrl } from '../../contract/track-url.ts';
import { host, shell } from '../host/host-client.ts';
import { trackAddress } from '../host/media-address.ts';
import { reportFailure } from '../report-failure.ts';
import { currentAccount, sessionStore } from '../session/session-store.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { statusStore } from '../status/status-store.ts';
import { Player } from './player-core.ts';
import { createStreamEngine } from './engine/stream-engine.ts';
import { openHowlerOutput, type AudioOutput } from './howler-output.ts';
import { clockStore, playbackStore } from './playback-store.ts';
import { playableHere } from './playable-here.ts';
import { sayNotice } from './say-notice.ts';
import { sound } from './sound/sound.ts';
import { whyUnplayable } from './why-unplayable.ts';

const newSeed = (): number => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 21) * 2 ** 32 + low;
};

/** The device, with equaliser and mono before it. */
const openOutput = (): AudioOutput => {
  const output = openHowlerOutput();
  return { ...output, input: sound.open(output.context, output.input) };
};

/** The window's player. Nothing sounds, loads or opens until somebody asks. */
export const player: Player = new Player({
  engine: createStreamEngine({ openOutput, whyUnplayable }),
  session: host.playback,
  history: host.history,
  onTellingFailed: reportFailure,
  cache: host.cache,
  onCacheFailed: reportFailure,
  playableHere,
  isAway: () => statusStore.getState().service.state === 'unreachable',
  settings: () => settingsStore.getState(),
  catalog: host.catalog,
  onAutoplayFailed: reportFailure,
  addressOf: trackAddress,
  ads: {
    chooseBreak: host.ads.chooseBreak,
    report: host.ads.report,
    policy: () => currentAccount(sessionStore.getState())?.me.entitlement.ads ?? null,
  },
  adAddressOf: (spotId) => adUrl(shell(), spotId),
  onAdsFailed: reportFailure,
  playback: playbackStore,
  clock: clockStore,
  notify: (notice) => sayNotice(notice, () => player.resume()),
  nowMs: () => performance.now(),
  newSeed,
});
