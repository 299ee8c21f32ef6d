/**
 * Sees to it that what is in the library can be shown without a network: what the offline index does not know of it is asked of the
 * catalog, in the background, and kept there.
 */
import type { AlbumSummary, ArtistSummary, Track } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { SAVED_KINDS, type SavedKind } from '../../core/library/operations.ts';
import { inPieces } from '../../core/library/pieces.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { eachInSteps } from '../../core/work/steps.ts';
import type { Seen } from '../offline-index/seen.ts';
import { inSlices, pause } from '../in-slices.ts';
import type { Log } from '../ports.ts';
import type { Library } from './library.ts';
import type { LibraryClient } from './library-client.ts';

export interface ThingFinder {
  /** The library may have other things in it, or the service answers again. */
  look(): void;
  /** Resolves when the first of these tracks are known, or cannot be had now; of the rest nothing is waited for. */
  know(trackIds: readonly string[]): Promise<void>;
  settled(): Promise<void>;
}

const TRACKS_AT_ONCE = 200;
/** One request each. */
const THINGS_AT_ONCE = 10;
const LOOKED_UP_AT_ONCE = 250;

function* idsOf<Item>(list: Iterable<Item>, idOf: (item: Item) => string): Generator<string> {
  for (const item of list) yield idOf(item);
}

export const createThingFinder = (options: {
  readonly library: Library;
  /** Lists of tracks beside the library. */
  readonly otherLists: () => readonly (readonly { readonly trackId: string }[])[];
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

  /** Lists of which everything is settled; a list that changes is another object. */
  const looked = new WeakSet<object>();

  const listsOf = (kind: SavedKind): readonly (readonly [list: object, ids: () => Iterable<string>])[] => {
    const { documents } = library;
    const saved = documents.saved().replica().list(kind);
    const lists =
      kind === 'track'
        ? [
            ...documents.playlists().map((playlist) => playlist.replica().view().items),
            ...options.otherLists(),
          ]
        : [];
    return [
      [saved, () => idsOf(saved, ({ id }) => id)] as const,
      ...lists.map((items) => [items, () => idsOf(items, ({ trackId }) => trackId)] as const),
    ].filter(([list]) => !looked.has(list));
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
    const lists = listsOf(kind);
    const wanted = new Set<string>();
    for (const [, ids] of lists) {
      await inSlices(
        eachInSteps(ids(), (id) => {
          if (!settled[kind].has(id)) wanted.add(id);
        }),
      );
      await pause();
    }
    const missing: string[] = [];
    for (const ids of inPieces([...wanted], LOOKED_UP_AT_ONCE)) {
      const unknown = new Set(options.unknown(kind, ids));
      for (const id of ids) if (!unknown.has(id)) settled[kind].add(id);
      missing.push(...unknown);
      await pause();
    }
    for (const ids of inPieces(missing, kind === 'track' ? TRACKS_AT_ONCE : THINGS_AT_ONCE)) {
      if (closing.aborted || isUnreachable()) return;
      await ask(kind, ids);
      for (const id of ids) settled[kind].add(id);
      options.onFound(kind, ids);
    }
    for (const [list] of lists) looked.add(list);
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

  const look = (): void => {
    isDue = true;
    if (!closing.aborted) running ??= findAll();
  };

  return {
    look,
    async know(trackIds) {
      const first = trackIds.slice(0, TRACKS_AT_ONCE).filter((id) => !settled.track.has(id));
      const unknown = options.unknown('track', first);
      try {
        if (unknown.length > 0) {
          await ask('track', unknown);
          options.onFound('track', unknown);
        }
        for (const id of first) settled.track.add(id);
      } catch (error) {
        if (!closing.aborted) log.info('tracks are shown without their titles', { error });
      }
      look();
    },
    async settled() {
      await running;
    },
  };
};
