import { z } from 'zod';
import { idSchema } from '../../contract/catalog-http.ts';
import { sharePaths } from '../../contract/share-http.ts';
import { isNamed } from './caching.ts';
import { found } from './problems.ts';
import { rangeHolds, rangeOf } from './range-request.ts';
import type { Routes } from './routes.ts';

const CACHE_CONTROL = 'public, max-age=86400';

/** A piece of a track, always the same one, for whoever asks: only where the operator allows it. */
export const installPreviewRoute: Routes = (server, { sharing }) => {
  const previews = sharing?.previews ?? null;
  if (previews === null) return;
  server.route({
    method: ['GET', 'HEAD'],
    url: sharePaths.preview,
    exposeHeadRoute: false,
    config: { access: 'anyone', budget: 'previews' },
    schema: { params: z.object({ id: idSchema }), hide: true },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { file, contentType, etag } = found(await previews.of(id), `There is no preview of ${id}.`);
      void reply.headers({
        etag,
        'cache-control': CACHE_CONTROL,
        'accept-ranges': 'bytes',
        'x-content-type-options': 'nosniff',
      });
      if (isNamed(etag, request.headers['if-none-match'])) return reply.code(304).send();
      const asked = rangeHolds(request.headers['if-range']?.toString(), etag)
        ? request.headers.range
        : undefined;
      const wanted = request.method === 'GET' ? rangeOf(asked, file.length) : ({ kind: 'whole' } as const);
      switch (wanted.kind) {
        case 'unsatisfiable':
          return reply.code(416).header('content-range', `bytes */${file.length}`).send();
        case 'part': {
          const { first, last } = wanted.range;
          return reply
            .code(206)
            .header('content-range', `bytes ${first}-${last}/${file.length}`)
            .type(contentType)
            .send(file.subarray(first, last + 1));
        }
        case 'whole':
          void reply.type(contentType).header('content-length', String(file.length));
          return request.method === 'HEAD' ? reply.send() : reply.send(file);
      }
    },
  });
};
