import { Readable } from 'node:stream';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import {
  changesReplySchema,
  changesRequestSchema,
  documentListSchema,
  documentQuerySchema,
  libraryPaths,
  MOST_CHANGES_BYTES,
} from '../../contract/library-http.ts';
import { documentNameSchema } from '../../contract/library-operations-http.ts';
import type { EventListener } from '../library/event-hub.ts';
import { senselessness } from '../library/take-changes.ts';
import { bearerTokenOf } from './access/bearer-token.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { found, ProblemError } from './problems.ts';
import { answers, answersWith, type Routes } from './routes.ts';

const LONGEST_STREAM_MS = 3_600_000;
/** What may wait for a connection that does not keep up. */
const MOST_WAITING_BYTES = 256 * 1024;

/** A stream ends with the token that opened it, which has been checked; without one after an hour. */
const endOf = (authorization: string | undefined, nowMs: number): number => {
  const token = bearerTokenOf(authorization);
  const exp = token === null ? undefined : decodeJwt(token).exp;
  return Math.min(nowMs + LONGEST_STREAM_MS, exp === undefined ? Infinity : exp * 1000);
};

/** One connection of server-sent events (HTML Living Standard, 9.2). */
const createEventStream = (): { readonly body: Readable; readonly listener: EventListener } => {
  const body = new Readable({ read: () => undefined });
  const send = (text: string): boolean => {
    if (body.destroyed || body.readableLength > MOST_WAITING_BYTES) return false;
    body.push(text);
    return true;
  };
  // Headers go out with the first bytes.
  send(': here is what moves\n\n');
  return {
    body,
    listener: {
      tell: (event) => send(`event: document\ndata: ${JSON.stringify(event)}\n\n`),
      // An event without data is none.
      tellPlays: () => send('event: plays\ndata: {}\n\n'),
      beat: () => send(':\n\n'),
      end: () => {
        if (!body.destroyed) body.push(null);
      },
    },
  };
};

/** The documents of a listener's library: what devices write, read and hear of. */
export const installLibraryRoutes: Routes = (server, { access, library }) => {
  server.post(
    libraryPaths.changes,
    {
      bodyLimit: MOST_CHANGES_BYTES,
      config: { access: 'listener' },
      schema: {
        body: changesRequestSchema,
        ...answers('Takes what a device wrote: of each document all of it or nothing', changesReplySchema),
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const why = senselessness(request.body);
      if (why !== null) throw new ProblemError('invalid_request', why);
      return { outcomes: await library.changes.take(askerOf(request).id, request.body) };
    },
  );

  server.get(
    libraryPaths.documents,
    {
      config: { access: 'listener' },
      schema: answers('Which documents a listener has, and how far they are', documentListSchema),
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return { documents: await library.documents(askerOf(request).id) };
    },
  );

  server.get(
    libraryPaths.document,
    {
      config: { access: 'listener' },
      schema: {
        params: z.object({ document: documentNameSchema }),
        querystring: documentQuerySchema,
        ...answersWith('What a document has after a revision, or a snapshot of it', 'application/json'),
      },
    },
    async (request, reply) => {
      const { document } = request.params;
      const reading = await library.reading.read(askerOf(request).id, document, request.query.after);
      // As text: a library of 100,000 things was checked when it was read.
      return reply
        .header('cache-control', CACHE.never)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(found(reading, 'There is no such document of yours.')));
    },
  );

  server.get(
    libraryPaths.events,
    {
      exposeHeadRoute: false,
      config: { access: 'listener' },
      schema: answersWith('Server-sent events: which document has moved on', 'text/event-stream'),
    },
    async (request, reply) => {
      const { id } = askerOf(request);
      const nowMs = Date.now();
      const endMs = access.isPersonal
        ? endOf(request.headers.authorization, nowMs)
        : nowMs + LONGEST_STREAM_MS;
      const { body, listener } = createEventStream();
      const opening = library.listen(id, listener);
      const timer = setTimeout(() => listener.end(), Math.max(0, endMs - nowMs));
      timer.unref();
      body.once('close', () => {
        clearTimeout(timer);
        opening.then(({ close }) => close()).catch(() => undefined);
      });
      opening.catch((error: unknown) => {
        request.log.warn({ err: error }, 'a stream of events could not begin');
        listener.end();
      });
      return reply
        .header('cache-control', CACHE.never)
        .header('x-accel-buffering', 'no')
        .type('text/event-stream')
        .send(body);
    },
  );
};
