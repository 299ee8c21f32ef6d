import { z } from 'zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { meSchema } from '../../contract/account-http.ts';
import { accountDeletionSchema } from '../../contract/library-http.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { ProblemError } from './problems.ts';
import { answers, answersOtherwise, type Routes } from './routes.ts';

const gone = answersOtherwise('Deletes the account and everything of the listener');

/** Who the asker is, told anew each time: a tier may have changed. And the end of it. */
export const installMeRoutes: Routes = (server, { library }) => {
  server.delete(
    catalogPaths.me,
    {
      config: { access: 'listener', budget: 'heavy' },
      schema: {
        body: accountDeletionSchema,
        summary: gone.summary,
        response: { 204: z.null().describe('Nothing is left'), ...gone.response },
      },
    },
    async (request, reply) => {
      const { id } = askerOf(request);
      if (request.body.confirm !== id)
        throw new ProblemError('invalid_request', 'What confirms it is not the id of who asks.');
      await library.listeners.delete(id);
      request.log.info('everything of a listener was deleted');
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );
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
