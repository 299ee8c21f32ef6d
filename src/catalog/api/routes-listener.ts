import { Readable } from 'node:stream';
import { z } from 'zod';
import {
  imageReplySchema,
  importReplySchema,
  libraryExportSchema,
  libraryPaths,
  MOST_IMAGE_BYTES,
  playDaysQuerySchema,
  playDaysSchema,
  playsOfDaysSchema,
  playsQuerySchema,
  playsRemovalSchema,
  playsRemovalsRequestSchema,
  playsReplySchema,
  playsRequestSchema,
} from '../../contract/library-http.ts';
import { deviceOf } from '../../core/library/stamp.ts';
import { PlaysCursorError } from '../library/plays.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { ProblemError } from './problems.ts';
import { answers, answersOtherwise, answersWith, type Routes } from './routes.ts';

/** 200,000 saved things and a few thousand playlists. */
const MOST_IMPORT_BYTES = 64 * 1024 ** 2;
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'];

const taken = answersOtherwise('Plays: counted once, however often they are sent');
const removed = answersOtherwise('Removes plays of before a time, or all of them');
const removedSingly = answersOtherwise('Removes single plays');

/** What else is a listener's: what they played, pictures, and everything at once. */
export const installListenerRoutes: Routes = (server, { library }) => {
  server.post(
    libraryPaths.plays,
    {
      config: { access: 'listener' },
      schema: {
        body: playsRequestSchema,
        summary: taken.summary,
        response: { 204: z.null().describe('Taken'), ...taken.response },
      },
    },
    async (request, reply) => {
      const { device, plays } = request.body;
      if (plays.some(({ stamp }) => deviceOf(stamp) !== device))
        throw new ProblemError('invalid_request', 'A stamp is not of the device that sends it.');
      await library.plays.take(askerOf(request).id, plays);
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );

  server.get(
    libraryPaths.plays,
    {
      config: { access: 'listener' },
      schema: {
        querystring: playsQuerySchema,
        ...answers('What was played, newest first', playsReplySchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const { cursor, limit } = request.query;
      try {
        return await library.plays.page(askerOf(request).id, cursor ?? null, limit);
      } catch (error) {
        if (!(error instanceof PlaysCursorError)) throw error;
        throw new ProblemError('invalid_request', error.message, { cause: error });
      }
    },
  );

  server.delete(
    libraryPaths.plays,
    {
      config: { access: 'listener' },
      schema: {
        body: playsRemovalSchema,
        summary: removed.summary,
        response: { 204: z.null().describe('Removed'), ...removed.response },
      },
    },
    async (request, reply) => {
      await library.plays.remove(askerOf(request).id, request.body.before ?? null);
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );

  server.post(
    libraryPaths.playsRemovals,
    {
      config: { access: 'listener' },
      schema: {
        body: playsRemovalsRequestSchema,
        summary: removedSingly.summary,
        response: { 204: z.null().describe('Removed'), ...removedSingly.response },
      },
    },
    async (request, reply) => {
      await library.plays.removeSingle(askerOf(request).id, request.body.plays);
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );

  server.get(
    libraryPaths.playDays,
    {
      config: { access: 'listener' },
      schema: answers(
        'On which days something was played, and whether that is other than it was',
        playDaysSchema,
      ),
    },
    (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return library.plays.days(askerOf(request).id);
    },
  );

  server.get(
    libraryPaths.playsOfDays,
    {
      config: { access: 'listener' },
      schema: {
        querystring: playDaysQuerySchema,
        ...answers('What was played on some days, and removed', playsOfDaysSchema),
      },
    },
    (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return library.plays.ofDays(askerOf(request).id, request.query.days);
    },
  );

  server.get(
    libraryPaths.export,
    {
      exposeHeadRoute: false,
      config: { access: 'listener', budget: 'heavy' },
      schema: answersWith('Everything of a listener', 'application/json'),
    },
    (request, reply) =>
      reply
        .header('cache-control', CACHE.never)
        .header('content-disposition', 'attachment; filename="riffle-library.json"')
        .type('application/json; charset=utf-8')
        .send(Readable.from(library.exportOf(askerOf(request).id), { objectMode: false })),
  );

  server.post(
    libraryPaths.export,
    {
      bodyLimit: MOST_IMPORT_BYTES,
      config: { access: 'listener', budget: 'heavy' },
      schema: {
        body: libraryExportSchema,
        ...answers('Takes an export in: adds what is missing, removes nothing', importReplySchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return library.importInto(askerOf(request).id, request.body);
    },
  );

  // The parsers are of this scope alone: nothing else takes pictures.
  void server.register(async (scope) => {
    scope.addContentTypeParser(IMAGE_TYPES, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.post(
      libraryPaths.images,
      {
        bodyLimit: MOST_IMAGE_BYTES,
        config: { access: 'listener', budget: 'heavy' },
        schema: answers('A picture for a playlist', imageReplySchema),
      },
      async (request, reply) => {
        const { body } = request;
        const imageId =
          body instanceof Uint8Array ? await library.images.take(askerOf(request).id, body) : null;
        if (imageId === null)
          throw new ProblemError('invalid_request', 'It is no PNG, JPEG or WebP picture that can be read.');
        return reply.header('cache-control', CACHE.never).send({ imageId });
      },
    );
  });
};
