import type { AlbumPage, SearchReply, TrackPage } from '../../contract/catalog-http.ts';
import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { OrFromComputer } from '../../contract/offline.ts';
import type { Seen } from '../offline-index/seen.ts';
import type { KnownCatalog } from '../offline-index/known-catalog.ts';
import type { Clock } from '../ports.ts';
import type { CatalogClient } from './catalog-client.ts';

export interface CatalogWithOfflineOptions {
  readonly service: CatalogClient;
  readonly index: {
    readonly known: KnownCatalog;
    see(seen: Seen): void;
  };
  /** Whether the service is known not to answer now: then nobody waits for it. It is the status that asks it again. */
  readonly isUnreachable: () => boolean;
  readonly clock: Pick<Clock, 'wait'>;
  /** After so long without the service's answer, what is known here is the answer. */
  readonly patienceMs?: { readonly search: number; readonly browse: number };
}

const PATIENCE_MS = { search: 1_500, browse: 4_000 };

/** Also when the sign-in was taken back: what is on this computer stays the listener's. */
const NO_ANSWER: ReadonlySet<HostErrorCode> = new Set(['offline', 'service_unreachable', 'sign_in_required']);
const isNoAnswer = (error: unknown): boolean => error instanceof HostFailure && NO_ANSWER.has(error.code);

const albumsSeen = ({ items }: AlbumPage): Seen => ({ kind: 'albums', albums: items });
const tracksSeen = ({ items }: TrackPage): Seen => ({ kind: 'tracks', tracks: items });
const hasHits = ({ tracks, albums, artists }: SearchReply): boolean =>
  tracks.total + albums.total + artists.total > 0;

/**
 * The catalog for the window: from the service, else from what this computer knows, which the reply then says. What the
 * service says is filed. Its word that something is not there, or not allowed, is final. Rejects with the service's failure
 * when nothing is known here either.
 */
export const createCatalogWithOffline = (options: CatalogWithOfflineOptions): HostApi['catalog'] => {
  const { service, index, clock, isUnreachable, patienceMs = PATIENCE_MS } = options;
  const { known } = index;

  /** Rejects when the answer is no longer waited for or the host closes. */
  const whenPatienceEnds = async (milliseconds: number, answered: AbortSignal): Promise<'late'> => {
    await clock.wait(milliseconds, answered);
    return 'late';
  };

  const answer = async <Reply extends object>(question: {
    readonly ask: () => Promise<Reply>;
    readonly lookUp: () => Reply | null;
    readonly seen: (reply: Reply) => Seen;
    readonly patienceMs: number;
    /** Whether what is known is worth giving before the service has been heard. */
    readonly isWorthIt?: (reply: Reply) => boolean;
  }): Promise<OrFromComputer<Reply>> => {
    const lookUp = (): OrFromComputer<Reply> | null => {
      const reply = question.lookUp();
      return reply === null ? null : { ...reply, fromComputer: true };
    };

    if (isUnreachable()) {
      const reply = lookUp();
      if (reply !== null) return reply;
    }

    const answered = new AbortController();
    const asked = question.ask().then((reply) => {
      index.see(question.seen(reply));
      return reply;
    });
    try {
      const late = whenPatienceEnds(question.patienceMs, answered.signal);
      const first = await Promise.race([asked, late]);
      if (first !== 'late') return first;
      const reply = lookUp();
      if (reply === null || question.isWorthIt?.(reply) === false) return await asked;
      // The late answer is filed when it comes; that there is none after all is in the status already.
      asked.catch(() => undefined);
      return reply;
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      const reply = lookUp();
      if (reply === null) throw error;
      return reply;
    } finally {
      answered.abort();
    }
  };

  const browse = <Reply extends object>(
    ask: () => Promise<Reply>,
    lookUp: () => Reply | null,
    seen: (reply: Reply) => Seen,
  ): Promise<OrFromComputer<Reply>> => answer({ ask, lookUp, seen, patienceMs: patienceMs.browse });

  return {
    home: () =>
      browse(
        () => service.home(),
        () => known.home(),
        (home) => ({ kind: 'home', home }),
      ),
    albums: (request) =>
      browse(
        () => service.albums(request),
        () => known.albums(request),
        albumsSeen,
      ),
    album: (request) =>
      browse(
        () => service.album(request),
        () => known.album(request),
        (album) => ({ kind: 'album', album }),
      ),
    artists: (request) =>
      browse(
        () => service.artists(request),
        () => known.artists(request),
        ({ items }) => ({ kind: 'artists', artists: items }),
      ),
    artist: (request) =>
      browse(
        () => service.artist(request),
        () => known.artist(request),
        (artist) => ({ kind: 'artist', artist }),
      ),
    artistAlbums: (request) =>
      browse(
        () => service.artistAlbums(request),
        () => known.artistAlbums(request),
        albumsSeen,
      ),
    artistTracks: (request) =>
      browse(
        () => service.artistTracks(request),
        () => known.artistTracks(request),
        tracksSeen,
      ),
    genres: (request) =>
      browse(
        () => service.genres(request),
        () => known.genres(request),
        ({ items }) => ({ kind: 'genres', genres: items }),
      ),
    genre: (request) =>
      browse(
        () => service.genre(request),
        () => known.genre(request),
        (genre) => ({ kind: 'genre', genre }),
      ),
    genreAlbums: (request) =>
      browse(
        () => service.genreAlbums(request),
        () => known.genreAlbums(request),
        albumsSeen,
      ),
    genreTracks: (request) =>
      browse(
        () => service.genreTracks(request),
        () => known.genreTracks(request),
        tracksSeen,
      ),
    search: (request) =>
      answer({
        ask: () => service.search(request),
        lookUp: () => known.search(request),
        seen: (reply) => ({ kind: 'search', reply }),
        patienceMs: patienceMs.search,
        isWorthIt: hasHits,
      }),
    track: (request) =>
      browse(
        () => service.track(request),
        () => known.track(request),
        (track) => ({ kind: 'tracks', tracks: [track] }),
      ),
    trackDetails: (request) =>
      browse(
        () => service.trackDetails(request),
        () => known.trackDetails(request),
        (details) => ({ kind: 'details', trackId: request.id, details }),
      ),
  };
};
