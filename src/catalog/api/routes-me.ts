import { catalogPaths } from '../../contract/catalog-http.ts';
import { meSchema } from '../../contract/account-http.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { answers, type Routes } from './routes.ts';

/** Who the asker is. Told anew each time: a tier may have changed. */
export const installMeRoutes: Routes = (server) => {
  server.get(
    catalogPaths.me,
    { config: { access: 'listener' }, schema: answers('Who asks, and what their tier may do', meSchema) },
    (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return askerOf(request);
    },
  );
  server.post(
    catalogPaths.lease,
    {
      config: { access: 'listener', needs: 'offline' },
      schema: answers('The word that kept music may be kept on', meSchema),
    },
    (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return askerOf(request);
    },
  );
};
