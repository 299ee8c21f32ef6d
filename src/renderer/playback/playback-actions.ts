import { toggleSidePanel } from '../frame/side-panel.ts';
import { useAction } from '../shortcuts/registry.ts';
import { NOW_PLAYING_PATH } from '../now-playing/paths.ts';
import { albumPath } from '../browse/paths.ts';
import { playbackStore } from './playback-store.ts';
import { player } from './player.ts';

const SEEK_STEP_MS = 10_000;
const VOLUME_STEP = 0.05;

/** What the keys of playback do. */
export function usePlaybackActions(navigate: (path: string) => void): void {
  useAction('playback.toggle', () => player.togglePlay());
  useAction('playback.next', () => player.next());
  useAction('playback.previous', () => player.previous());
  useAction('playback.seekBack', () => player.seekBy(-SEEK_STEP_MS));
  useAction('playback.seekForward', () => player.seekBy(SEEK_STEP_MS));
  useAction('playback.volumeDown', () => player.changeVolumeBy(-VOLUME_STEP));
  useAction('playback.volumeUp', () => player.changeVolumeBy(VOLUME_STEP));
  useAction('playback.mute', () => player.toggleMute());
  useAction('playback.shuffle', () => player.setShuffle(!playbackStore.getState().queue.shuffle));
  useAction('playback.repeat', () => player.cycleRepeat());
  useAction('playback.queue', () => toggleSidePanel('queue'));
  useAction('playback.nowPlaying', () => navigate(NOW_PLAYING_PATH));
  useAction('playback.goToCurrent', () => {
    const { current } = playbackStore.getState().queue;
    if (current !== null) navigate(albumPath(current.track.album.id));
  });
}
