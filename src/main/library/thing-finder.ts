/**
 * Sees to it that what is in the library can be shown without a network: what the offline index does not know of it is asked of the
 * catalog, in the background, and kept there.
 */
import type { AlbumSummary, ArtistSummary, Track } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { SAVED_KINDS, type SavedKind } from '../../core/library/operations.ts';
import { inPieces } from '../../core/library/pieces.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { Seen } from '../offline-index/seen.ts';
import type { Log } from '../ports.ts';
import { pause } from './known-rows.ts';
import type { Library } from './library.ts';
import type { LibraryClient } from './library-client.ts';

export interface ThingFinder {
  /** The library may have other things in it, or the service answers again. */
  look(): void;
  settled(): Promise<void>;
}

const TRACKS_AT_ONCE = 200;
const LOOKED_UP_AT_ONCE = 250;

export const createThingFinder = (options: {
  readonly library: Library;
  readonly client: Pick<LibraryClient, 'tracks' | 'album' | 'artist'>;
  readonly unknown: (kind: SavedKind, ids: readonly string[]) => readonly string[];
  readonly see: (seen: Seen) => void;
  readonly isUnreachable: () => boolean;
  readonly onFound: (kind: SavedKind, ids: readonly string[]) => void;
  readonly closing: AbortSignal;
  readonly log: Log;
}): ThingFinder => {
  const { library, client, isUnreachable, closing, log } = options;
  /** Known here, or known to be in the catalog no more, since the start. */
  const settled: Readonly<Record<SavedKind, Set<string>>> = {
    track: new Set(),
    album: new Set(),
    artist: new Set(),
  };
  let running: Promise<void> | null = null;
  let isDue = false;

  const wanted = (kind: SavedKind): readonly string[] => {
    const { documents } = library;
    const ids = new Set<string>();
    for (const { id } of documents.saved().replica().list(kind)) ids.add(id);
    if (kind === 'track')
      for (const playlist of documents.playlists())
        for (const { trackId } of playlist.replica().view().items) ids.add(trackId);
    return [...ids].filter((id) => !settled[kind].has(id));
  };

  /** Null: it is not in the catalog. */
  const orNull = async <Thing>(asked: Promise<Thing>): Promise<Thing | null> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof HostFailure && error.code === 'not_found') return null;
      throw error;
    }
  };
  const ask = async (kind: SavedKind, ids: readonly string[]): Promise<void> => {
    switch (kind) {
      case 'track': {
        const tracks: readonly Track[] = await client.tracks(ids);
        options.see({ kind: 'tracks', tracks });
        return;
      }
      case 'album': {
        const albums: AlbumSummary[] = [];
        for (const id of ids)
          albums.push(...[await orNull(client.album(id))].filter((album) => album !== null));
        options.see({ kind: 'albums', albums });
        return;
      }
      case 'artist': {
        const artists: ArtistSummary[] = [];
        for (const id of ids)
          artists.push(...[await orNull(client.artist(id))].filter((artist) => artist !== null));
        options.see({ kind: 'artists', artists });
        return;
      }
      default:
        return assertNever(kind);
    }
  };
  const find = async (kind: SavedKind): Promise<void> => {
    const missing: string[] = [];
    for (const ids of inPieces(wanted(kind), LOOKED_UP_AT_ONCE)) {
      const unknown = new Set(options.unknown(kind, ids));
      for (const id of ids) if (!unknown.has(id)) settled[kind].add(id);
      missing.push(...unknown);
      await pause();
    }
    for (const ids of inPieces(missing, kind === 'track' ? TRACKS_AT_ONCE : 10)) {
      if (closing.aborted || isUnreachable()) return;
      await ask(kind, ids);
      for (const id of ids) settled[kind].add(id);
      options.onFound(kind, ids);
    }
  };
  const findAll = async (): Promise<void> => {
    try {
      do {
        isDue = false;
        for (const kind of SAVED_KINDS) if (!closing.aborted) await find(kind);
      } while (isDue && !closing.aborted);
    } catch (error) {
      // Asked for again with the next change, or when the service answers again.
      if (!closing.aborted) log.info('what is in the library is not known yet', { error });
    } finally {
      running = null;
    }
  };

  return {
    look() {
      isDue = true;
      if (!closing.aborted) running ??= findAll();
    },
    async settled() {
      await running;
    },
  };
};
