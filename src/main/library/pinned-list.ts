import type { Track } from '../../contract/catalog-http.ts';
import type { PinSource } from '../../contract/offline.ts';
import type { PinnedList } from '../downloads/pin-contents.ts';
import { pause } from '../in-slices.ts';
import type { KnownThings } from './known-rows.ts';
import type { Library } from './library.ts';
import type { PlaylistLists } from './playlist-lists.ts';

/** Of one list; the first ones of its own order are kept. */
const MOST_TRACKS = 10_000;
const STEP_TRACKS = 200;

/**
 * What a playlist or the liked tracks are now, as they are kept offline: of what this computer does not know yet nothing can be kept.
 * Rejects with `not_found` for a playlist that is not here.
 */
export const pinnedList = async (
  from: {
    readonly documents: Library;
    readonly lists: PlaylistLists;
    readonly things: Pick<KnownThings, 'track'>;
  },
  source: PinSource,
): Promise<PinnedList> => {
  const { documents, lists, things } = from;
  const known = async (ids: readonly string[]): Promise<readonly Track[]> => {
    const tracks: Track[] = [];
    for (const [index, id] of ids.slice(0, MOST_TRACKS).entries()) {
      if (index % STEP_TRACKS === STEP_TRACKS - 1) await pause();
      tracks.push(...[things.track(id)].filter((track) => track !== null));
    }
    return tracks;
  };
  if (source.kind === 'saved-tracks') {
    const saved = documents.documents.saved().replica().list('track').slice(0, MOST_TRACKS);
    const tracks = await known(saved.map(({ id }) => id));
    return { source, title: '', artwork: null, tracks };
  }
  const { details } = lists.view(source.id);
  const tracks = await known((await lists.all(source.id)).map(({ trackId }) => trackId));
  const artwork =
    details.picture.kind === 'own'
      ? { id: details.picture.imageId, palette: null }
      : (tracks.find((track) => track.artwork !== null)?.artwork ?? null);
  return { source, title: details.name, artwork, tracks };
};
