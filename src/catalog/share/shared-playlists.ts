/** Listeners' playlists as public pages show them: what they hold, in the catalog's words, and nothing of who made or joined them. */
import { assertNever } from '../../core/playback/assert-never.ts';
import type { CatalogIndex } from '../index/catalog-index.ts';
import type { ServiceLibrary } from '../library/service-library.ts';
import type { SharedPlaylists } from './service-sharing.ts';

/** More rows than the weight of a page allows. */
const MOST_TRACKS = 100;

export const createSharedPlaylists = (
  library: Pick<ServiceLibrary, 'shared'>,
  index: Pick<CatalogIndex, 'read'>,
): SharedPlaylists => ({
  find: async (shareId) => {
    const look = await library.shared.look(shareId, MOST_TRACKS);
    switch (look.is) {
      case 'gone':
        return { kind: 'gone' };
      case 'unknown':
        return { kind: 'unknown' };
      case 'open': {
        const { details, trackIds, itemCount } = look;
        const { name, description, picture, rules } = details;
        const tracks = index.read((reader) => reader.tracks(trackIds));
        const isWhole = tracks.length === itemCount;
        return {
          kind: 'found',
          playlist: {
            shareId,
            name,
            description,
            artwork: picture.kind === 'own' ? { id: picture.imageId, palette: null } : null,
            tracks,
            trackCount: rules === null ? itemCount : null,
            durationMs: isWhole ? tracks.reduce((sum, { durationMs }) => sum + durationMs, 0) : 0,
          },
        };
      }
      default:
        return assertNever(look);
    }
  },
});
