import { z } from 'zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { CACHE } from './caching.ts';
import { ProblemError } from './problems.ts';
import { answers, type Routes } from './routes.ts';

const statusSchema = z.object({ status: z.literal('ok') });
const readySchema = z.object({ status: z.literal('ok'), revision: z.int().nonnegative() });

export const installHealthRoutes: Routes = (server, { index, unready }) => {
  server.get(
    catalogPaths.live,
    {
      config: { access: 'anyone', budget: 'none' },
      logLevel: 'warn',
      schema: answers('Whether the process answers at all', statusSchema),
    },
    (_request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return { status: 'ok' as const };
    },
  );
  server.get(
    catalogPaths.ready,
    {
      config: { access: 'anyone', budget: 'none' },
      logLevel: 'warn',
      schema: answers('Whether there is a catalog to answer from', readySchema),
    },
    (_request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const reason = unready();
      if (reason !== null) throw new ProblemError('not_ready', reason);
      return { status: 'ok' as const, revision: index.facts()?.revision ?? 0 };
    },
  );
};
