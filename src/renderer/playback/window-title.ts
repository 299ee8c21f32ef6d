import type { AdSpot } from '../../contract/ads-http.ts';
import { wantsSound } from '../../core/playback/playback-state.ts';
import { spotHeard, type PlaybackStore } from './playback-store.ts';

export interface WindowTitlePorts {
  readonly playback: PlaybackStore;
  /** Is told what sounds, whenever that changes; null in silence. */
  readonly name: (title: string | null) => void;
  /** `Ad: Hafenfest Duisburg`. */
  readonly adTitle: (spot: AdSpot) => string;
}

/** Names what sounds, as "Track · Artist" or "Ad: Sender". Gives its own stop. */
export const startWindowTitle = ({ playback, name, adTitle }: WindowTitlePorts): (() => void) => {
  const sounding = (): string | null => {
    const { queue, state, adBreak } = playback.getState();
    if (queue.current === null || !wantsSound(state)) return null;
    const spot = spotHeard(adBreak);
    if (spot !== null) return adTitle(spot);
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
