import type { SearchReply, Track } from '../../contract/catalog-http.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { albumPath, artistPath } from '../browse/paths.ts';
import { player } from '../playback/player.ts';
import { rememberSearch } from './recent-searches.ts';
import { askSearch } from './search-query.ts';

export const searchOrigin = (query: string): Origin => ({ kind: 'search', id: query, title: query });

/** Plays a found track, the other found ones after it. */
export const playFound = (track: Track, reply: SearchReply): void => {
  const place = reply.tracks.items.findIndex((other) => other.id === track.id);
  const tracks = place === -1 ? [track, ...reply.tracks.items] : reply.tracks.items;
  player.play(tracks, Math.max(place, 0), searchOrigin(reply.query));
};

let latestQuery = '';

/** Enter: plays the best match when it is a track, opens it when it is a record or a person. */
export const actOnBest = async (query: string, navigate: (path: string) => void): Promise<void> => {
  latestQuery = query;
  try {
    const reply = await askSearch({ query, kind: null, exact: false });
    if (latestQuery !== query || reply.best === null) return;
    rememberSearch(query);
    switch (reply.best.kind) {
      case 'track':
        playFound(reply.best.track, reply);
        return;
      case 'album':
        navigate(albumPath(reply.best.album.id));
        return;
      case 'artist':
        navigate(artistPath(reply.best.artist.id));
        return;
      default:
        assertNever(reply.best);
    }
  } catch (error) {
    // The page asks the same question and says why there is no answer.
    if (!(error instanceof HostFailure)) throw error;
  }
};
