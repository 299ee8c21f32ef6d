import { z } from 'zod';
import {
  albumOrderSchema,
  albumPageSchema,
  albumSchema,
  artistPageSchema,
  artistSchema,
  catalogPaths,
  genreIdSchema,
  genrePageSchema,
  genreSchema,
  homeSchema,
  idSchema,
  pageQuerySchema,
  searchReplySchema,
  searchRequestSchema,
  serviceInfoSchema,
  trackPageSchema,
} from '../../contract/catalog-http.ts';
import { CACHE } from './caching.ts';
import { found } from './problems.ts';
import { answers, type Routes } from './routes.ts';

const byId = z.object({ id: idSchema });
const byGenreId = z.object({ id: genreIdSchema });
const albumsQuery = z.object({ ...pageQuerySchema.shape, order: albumOrderSchema.default('newest') });

/** Everything that is read from the index alone. */
export const installBrowseRoutes: Routes = (server, { index, service, access, picture, sharing }) => {
  const lists = { access: 'listener', cache: CACHE.lists } as const;
  const things = { access: 'listener', cache: CACHE.things } as const;

  server.get(
    catalogPaths.service,
    { config: { ...lists, access: 'anyone' }, schema: answers('What this service is', serviceInfoSchema) },
    () => {
      const { revision, tracks } = index.read((reader) => reader.facts());
      const offers = {
        signIn: access.offer(),
        hasPicture: picture !== null,
        sharing: sharing?.told() ?? null,
      };
      return { ...service, revision, tracks, ...offers };
    },
  );
  server.get(catalogPaths.home, { config: lists, schema: answers('New, popular, genres', homeSchema) }, () =>
    index.read((reader) => reader.home()),
  );
  server.get(
    catalogPaths.search,
    {
      config: lists,
      schema: { querystring: searchRequestSchema, ...answers('Search as you type', searchReplySchema) },
    },
    ({ query }) => index.read((reader) => reader.search(query)),
  );

  server.get(
    catalogPaths.albums,
    { config: lists, schema: { querystring: albumsQuery, ...answers('All albums', albumPageSchema) } },
    ({ query }) => index.read((reader) => reader.albums(query.order, query)),
  );
  server.get(
    catalogPaths.album,
    { config: things, schema: { params: byId, ...answers('An album with its tracks', albumSchema) } },
    ({ params }) =>
      found(
        index.read((reader) => reader.album(params.id)),
        `There is no album ${params.id}.`,
      ),
  );

  server.get(
    catalogPaths.artists,
    {
      config: lists,
      schema: { querystring: pageQuerySchema, ...answers('All artists, by name', artistPageSchema) },
    },
    ({ query }) => index.read((reader) => reader.artists(query)),
  );
  server.get(
    catalogPaths.artist,
    { config: things, schema: { params: byId, ...answers('An artist', artistSchema) } },
    ({ params }) =>
      found(
        index.read((reader) => reader.artist(params.id)),
        `There is no artist ${params.id}.`,
      ),
  );
  server.get(
    catalogPaths.artistAlbums,
    {
      config: lists,
      schema: {
        params: byId,
        querystring: pageQuerySchema,
        ...answers('Albums, newest first', albumPageSchema),
      },
    },
    ({ params, query }) =>
      found(
        index.read((reader) => reader.artistAlbums(params.id, query)),
        `There is no artist ${params.id}.`,
      ),
  );
  server.get(
    catalogPaths.artistTracks,
    {
      config: lists,
      schema: {
        params: byId,
        querystring: pageQuerySchema,
        ...answers('Tracks, most played first', trackPageSchema),
      },
    },
    ({ params, query }) =>
      found(
        index.read((reader) => reader.artistTracks(params.id, query)),
        `There is no artist ${params.id}.`,
      ),
  );

  server.get(
    catalogPaths.genres,
    { config: lists, schema: { querystring: pageQuerySchema, ...answers('All genres', genrePageSchema) } },
    ({ query }) => index.read((reader) => reader.genres(query)),
  );
  server.get(
    catalogPaths.genre,
    { config: lists, schema: { params: byGenreId, ...answers('A genre', genreSchema) } },
    ({ params }) =>
      found(
        index.read((reader) => reader.genre(params.id)),
        `There is no genre ${params.id}.`,
      ),
  );
  server.get(
    catalogPaths.genreAlbums,
    {
      config: lists,
      schema: {
        params: byGenreId,
        querystring: pageQuerySchema,
        ...answers('Albums, newest first', albumPageSchema),
      },
    },
    ({ params, query }) =>
      found(
        index.read((reader) => reader.genreAlbums(params.id, query)),
        `There is no genre ${params.id}.`,
      ),
  );
  server.get(
    catalogPaths.genreTracks,
    {
      config: lists,
      schema: {
        params: byGenreId,
        querystring: pageQuerySchema,
        ...answers('Tracks, most played first', trackPageSchema),
      },
    },
    ({ params, query }) =>
      found(
        index.read((reader) => reader.genreTracks(params.id, query)),
        `There is no genre ${params.id}.`,
      ),
  );
};
