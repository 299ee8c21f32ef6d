import type { Album, AlbumPage, Artist, Track, TrackPage } from '../../contract/catalog-http.ts';
import type { IdRequest, PageRequest } from '../../contract/host-api.ts';
import type { PinSource } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { PinContents, PinnedList } from './pin-contents.ts';

/** The catalog service itself: an answer made on this computer would be taken for what the catalog says now. */
export interface PinnableCatalog {
  album(request: IdRequest): Promise<Album>;
  artist(request: IdRequest): Promise<Artist>;
  artistAlbums(request: IdRequest & PageRequest): Promise<AlbumPage>;
  artistTracks(request: IdRequest & PageRequest): Promise<TrackPage>;
  track(request: IdRequest): Promise<Track>;
}
/** The listener's library on this computer. Rejects with `not_found` for a playlist that is not there. */
export type PinnableLists = (source: PinSource) => Promise<PinnedList>;

/** Of one artist; the first ones of the catalog's own order are kept. */
export const MOST_ARTIST_TRACKS = 2_000;
const MOST_ARTIST_ALBUMS = 500;
const PAGE_LIMIT = 200;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const allOf = async <Item>(
  most: number,
  ask: (page: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask({ cursor, limit: PAGE_LIMIT });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items.slice(0, most);
};

/** Asks the catalog (or the library) what a source consists of now. Rejects with what that rejects with. */
export const askContents = async (
  catalog: PinnableCatalog,
  lists: PinnableLists,
  source: PinSource,
): Promise<PinContents> => {
  const { id } = source;
  switch (source.kind) {
    case 'album':
      return { kind: 'album', album: await catalog.album({ id }) };
    case 'track':
      return { kind: 'track', track: await catalog.track({ id }) };
    case 'artist': {
      const artist = await catalog.artist({ id });
      const albums = await allOf(MOST_ARTIST_ALBUMS, (page) => catalog.artistAlbums({ id, ...page }));
      const tracks = await allOf(MOST_ARTIST_TRACKS, (page) => catalog.artistTracks({ id, ...page }));
      return { kind: 'artist', artist, albums, tracks };
    }
    case 'playlist':
    case 'saved-tracks':
      return { kind: 'list', ...(await lists(source)) };
    default:
      return assertNever(source.kind);
  }
};
