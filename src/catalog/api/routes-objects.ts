/** What the folder store's signed addresses open. S3 answers its own; there no address opens anything here. */
import { verifyObjectAddress } from '../store/object-address.ts';
import { isNamed } from './caching.ts';
import { notFound, ProblemError } from './problems.ts';
import { rangeHolds, rangeOf } from './range-request.ts';
import type { Routes } from './routes.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';

export const installObjectRoutes: Routes = (server, { store, objectSecret }) => {
  server.route({
    method: ['GET', 'HEAD'],
    url: '/objects/*',
    exposeHeadRoute: false,
    // Who has a signed address may; it is what a token was given for.
    config: { access: 'anyone', budget: 'none' },
    schema: { hide: true },
    handler: async (request, reply) => {
      const [pathname = '', search = ''] = request.raw.url?.split('?') ?? [];
      const address = { pathname, searchParams: new URLSearchParams(search) };
      const verdict = verifyObjectAddress(address, objectSecret, Date.now());
      if (!verdict.ok) throw new ProblemError('forbidden', `The address is ${verdict.reason}.`);
      const info = await store.head(verdict.key);
      if (info === null) throw notFound('The object is not there.');

      void reply
        .header('etag', info.etag)
        .header('cache-control', info.cacheControl ?? IMMUTABLE)
        .header('accept-ranges', 'bytes')
        .header('x-content-type-options', 'nosniff');
      if (isNamed(info.etag, request.headers['if-none-match'])) return reply.code(304).send();
      void reply.type(info.contentType ?? 'application/octet-stream');

      const asked = rangeHolds(request.headers['if-range']?.toString(), info.etag)
        ? request.headers.range
        : undefined;
      const wanted = request.method === 'GET' ? rangeOf(asked, info.bytes) : ({ kind: 'whole' } as const);
      if (wanted.kind === 'unsatisfiable') {
        return reply
          .code(416)
          .header('content-range', `bytes */${info.bytes}`)
          .header('content-length', '0')
          .removeHeader('content-type')
          .send();
      }
      if (request.method === 'HEAD') return reply.header('content-length', String(info.bytes)).send();

      const range = wanted.kind === 'part' ? wanted.range : null;
      const gone = new AbortController();
      request.raw.once('close', () => gone.abort());
      const object = await store.get(verdict.key, range === null ? {} : { range, signal: gone.signal });
      if (object === null) throw notFound('The object is not there.');
      if (range !== null) {
        void reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${info.bytes}`);
      }
      const length = range === null ? info.bytes : range.last - range.first + 1;
      return reply.header('content-length', String(length)).send(object.body);
    },
  });
};
