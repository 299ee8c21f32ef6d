import { player } from '../playback/player.ts';
import { playbackStore } from '../playback/playback-store.ts';
import { createAfterTrack } from './after-track.ts';
import { installUpdate } from './update-actions.ts';

/** The window's own. */
export const restartAfterTrack = createAfterTrack({
  sleep: player.sleep,
  playback: playbackStore,
  install: () => void installUpdate(),
});
