import { wantsSound } from '../../core/playback/playback-state.ts';
import type { PlaybackStore } from './playback-store.ts';

/** Tells `name` what sounds, as "Track · Artist", whenever that changes; null in silence. Gives its own stop. */
export const startWindowTitle = (
  playback: PlaybackStore,
  name: (title: string | null) => void,
): (() => void) => {
  const sounding = (): string | null => {
    const { queue, state } = playback.getState();
    if (queue.current === null || !wantsSound(state)) return null;
    const { title, artists } = queue.current.track;
    return [title, artists.map((artist) => artist.name).join(', ')].filter((part) => part !== '').join(' · ');
  };
  let told = sounding();
  if (told !== null) name(told);
  const stopFollowing = playback.subscribe(() => {
    const now = sounding();
    if (now === told) return;
    told = now;
    name(now);
  });
  return () => {
    stopFollowing();
    name(null);
  };
};
