import type { Track } from '../../contract/catalog-http.ts';
import { inPieces } from '../../core/library/pieces.ts';
import { MOST_TRACKS_ASKED } from './plays-client.ts';

/** What these tracks are, as far as this computer knows or the service says. Rejects with the service's `HostFailure`. */
export const createTrackFinder =
  (options: {
    /** Without the service. */
    readonly known: (trackId: string) => Track | null;
    readonly ask: (trackIds: readonly string[]) => Promise<readonly Track[]>;
    /** The service said what these are. */
    readonly onTracks: (tracks: readonly Track[]) => void;
  }) =>
  async (trackIds: readonly string[]): Promise<readonly Track[]> => {
    const found: Track[] = [];
    const unknown: string[] = [];
    for (const id of trackIds) {
      const track = options.known(id);
      if (track === null) unknown.push(id);
      else found.push(track);
    }
    for (const ids of inPieces(unknown, MOST_TRACKS_ASKED)) {
      const tracks = await options.ask(ids);
      options.onTracks(tracks);
      found.push(...tracks);
    }
    return found;
  };
