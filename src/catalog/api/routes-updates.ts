import { z } from 'zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { updateReportSchema } from '../../contract/update-http.ts';
import { CACHE } from './caching.ts';
import { answersOtherwise, type Routes } from './routes.ts';

/** Far above any report; what is larger is none. */
const LARGEST_REPORT_BYTES = 4096;

const taken = answersOtherwise('What became of an update: counted once, however often it is sent');

/** What apps say of updates that they tried. Without signing in: an app that does not start cannot. */
export const installUpdateRoutes: Routes = (server, { updates }) => {
  server.addHook('onReady', async () => updates.start(server.log));
  server.addHook('onClose', () => updates.close());

  server.post(
    catalogPaths.updateReports,
    {
      config: { access: 'anyone', budget: 'reports' },
      bodyLimit: LARGEST_REPORT_BYTES,
      schema: {
        body: updateReportSchema,
        summary: taken.summary,
        response: { 204: z.null().describe('Taken'), ...taken.response },
      },
    },
    async (request, reply) => {
      await updates.take(request.body);
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );
};
