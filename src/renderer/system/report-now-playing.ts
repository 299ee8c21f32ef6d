import type { AdSpot } from '../../contract/ads-http.ts';
import type { NowPlaying } from '../../contract/system.ts';
import type { PlaybackStore } from '../playback/playback-store.ts';
import { nowPlayingOf } from './now-playing-facts.ts';

/** Tells what plays now, and whenever that changes. Gives its own stop. */
export const reportNowPlaying = (ports: {
  readonly playback: Pick<PlaybackStore, 'getState' | 'subscribe'>;
  /** `Ad: Hafenfest Duisburg`. */
  readonly adTitle: (spot: AdSpot) => string;
  readonly tell: (playing: NowPlaying | null) => void;
}): (() => void) => {
  const { playback, adTitle, tell } = ports;
  let told: string | null = null;
  const look = (): void => {
    const playing = nowPlayingOf(playback.getState(), adTitle);
    const words = JSON.stringify(playing);
    if (words === told) return;
    told = words;
    tell(playing);
  };
  look();
  return playback.subscribe(look);
};
