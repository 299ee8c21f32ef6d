import type { Album, Track } from '../../contract/catalog-http.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { DeepLink } from '../../core/links/deep-link.ts';
import { albumTracks } from '../browse/album-facts.ts';
import { albumPath } from '../browse/paths.ts';
import type { Player } from '../playback/player-core.ts';

export interface OpenTrackPorts {
  readonly track: (id: string) => Promise<Track>;
  readonly album: (id: string) => Promise<Album>;
  readonly player: Pick<Player, 'play' | 'seekTo'>;
  /** Something sounds, or is about to. */
  readonly isPlaying: () => boolean;
  readonly navigate: (path: string) => void;
  /** Music plays already: a link does not take it away, but says what it is for. */
  readonly offer: (track: Track, play: () => void) => void;
  readonly failed: (code: HostErrorCode) => void;
}

/** Opens the record of a track and plays it from where the link says, with the rest of the record behind it. */
export const openTrack = async (
  { id, atMs }: Extract<DeepLink, { kind: 'track' }>,
  ports: OpenTrackPorts,
): Promise<void> => {
  try {
    const track = await ports.track(id);
    const album = await ports.album(track.album.id);
    const tracks = albumTracks(album);
    const place = tracks.findIndex((each) => each.id === id);
    const play = (): void => {
      const origin = { kind: 'album', id: album.id, title: album.title } as const;
      ports.player.play(place === -1 ? [track] : tracks, Math.max(place, 0), origin);
      if (atMs > 0) ports.player.seekTo(atMs);
    };
    ports.navigate(albumPath(album.id));
    if (ports.isPlaying()) ports.offer(track, play);
    else play();
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    ports.failed(error.code);
  }
};
