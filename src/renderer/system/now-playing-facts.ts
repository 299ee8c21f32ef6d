import type { AdSpot } from '../../contract/ads-http.ts';
import type { NowPlaying } from '../../contract/system.ts';
import { wantsSound } from '../../core/playback/playback-state.ts';
import { spotHeard, type PlaybackSnapshot } from '../playback/playback-store.ts';

/** As long as the contract takes. */
const LONGEST = 500;
const short = (text: string): string => text.slice(0, LONGEST);

/** What the system is to show of playback; null when there is nothing to play. */
export const nowPlayingOf = (
  { adBreak, queue, state }: Pick<PlaybackSnapshot, 'adBreak' | 'queue' | 'state'>,
  adTitle: (spot: AdSpot) => string,
): NowPlaying | null => {
  const track = queue.current?.track;
  if (track === undefined) return null;
  const isPlaying = wantsSound(state);
  const spot = spotHeard(adBreak);
  if (spot !== null) {
    return {
      trackId: null,
      title: short(adTitle(spot)),
      artists: short(spot.title),
      album: '',
      artworkId: spot.artwork?.id ?? null,
      isPlaying,
      canSkip: false,
    };
  }
  return {
    trackId: track.id,
    title: short(track.title),
    artists: short(track.artists.map(({ name }) => name).join(', ')),
    album: short(track.album.title),
    artworkId: track.artwork?.id ?? null,
    isPlaying,
    canSkip: adBreak === null,
  };
};
