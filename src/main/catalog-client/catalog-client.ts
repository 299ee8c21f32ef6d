import {
  albumPageSchema,
  albumSchema,
  artistPageSchema,
  artistSchema,
  catalogPaths,
  genrePageSchema,
  genreSchema,
  homeSchema,
  mediaAddressSchema,
  searchReplySchema,
  serviceInfoSchema,
  trackDetailsSchema,
  trackPageSchema,
  trackSchema,
  type MediaAddress,
  type ServiceInfo,
} from '../../contract/catalog-http.ts';
import { meSchema, type Me, type MediaQuery } from '../../contract/account-http.ts';
import type { HostApi } from '../../contract/host-api.ts';
import { rememberDetails } from './recent-details.ts';
import type { ServiceRequests } from './service-requests.ts';

export type CatalogClient = HostApi['catalog'] & {
  service(): Promise<ServiceInfo>;
  /** Where one track's audio can be fetched for a short while. Never crosses into the window. */
  trackMedia(id: string, query?: MediaQuery): Promise<MediaAddress>;
  /** Who the service takes us for. */
  me(): Promise<Me>;
  /** The service's word that kept music may be kept on; rejects with `premium_required` for those who may not. */
  lease(): Promise<Me>;
};

type QueryValue = string | number | boolean | undefined;

const withId = (path: string, id: string): string => path.replace(':id', encodeURIComponent(id));

const withQuery = (path: string, query: Readonly<Record<string, QueryValue>>): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? path : `${path}?${parameters}`;
};

const page = (request: { readonly cursor?: string | undefined; readonly limit?: number | undefined }) => ({
  cursor: request.cursor,
  limit: request.limit,
});

/** The catalog service as the host sees it. Everything rejects with a `HostFailure` only. */
export const createCatalogClient = ({ get, post }: ServiceRequests): CatalogClient => ({
  service: () => get(catalogPaths.service, serviceInfoSchema),
  home: () => get(catalogPaths.home, homeSchema),
  albums: (request) =>
    get(
      withQuery(catalogPaths.albums, { ...page(request), order: request.order, genre: request.genre }),
      albumPageSchema,
    ),
  album: ({ id }) => get(withId(catalogPaths.album, id), albumSchema),
  artists: (request) => get(withQuery(catalogPaths.artists, page(request)), artistPageSchema),
  artist: ({ id }) => get(withId(catalogPaths.artist, id), artistSchema),
  artistAlbums: (request) =>
    get(withQuery(withId(catalogPaths.artistAlbums, request.id), page(request)), albumPageSchema),
  artistTracks: (request) =>
    get(withQuery(withId(catalogPaths.artistTracks, request.id), page(request)), trackPageSchema),
  genres: (request) => get(withQuery(catalogPaths.genres, page(request)), genrePageSchema),
  genre: ({ id }) => get(withId(catalogPaths.genre, id), genreSchema),
  genreAlbums: (request) =>
    get(withQuery(withId(catalogPaths.genreAlbums, request.id), page(request)), albumPageSchema),
  genreTracks: (request) =>
    get(withQuery(withId(catalogPaths.genreTracks, request.id), page(request)), trackPageSchema),
  search: ({ query, limit, kind, correct }) =>
    get(
      withQuery(catalogPaths.search, {
        query,
        limit: limit === undefined ? undefined : Number(limit),
        kind,
        correct,
      }),
      searchReplySchema,
    ),
  trackDetails: rememberDetails(({ id }) => get(withId(catalogPaths.trackDetails, id), trackDetailsSchema)),
  track: ({ id }) => get(withId(catalogPaths.track, id), trackSchema),
  trackMedia: (id, { purpose, quality } = {}) =>
    get(withQuery(withId(catalogPaths.trackMedia, id), { purpose, quality }), mediaAddressSchema),
  me: () => get(catalogPaths.me, meSchema),
  lease: () => post(catalogPaths.lease, {}, meSchema),
});
