import { z } from 'zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { crashReportSchema, LARGEST_REPORT_BYTES } from '../../contract/reports-http.ts';
import { createReportStore } from '../reports/report-store.ts';
import { CACHE } from './caching.ts';
import { answersOtherwise, type Routes } from './routes.ts';

const taken = answersOtherwise('A crash of the app, sent by a listener’s choice; kept without who sent it');

export const installReportRoutes: Routes = (server, { store }) => {
  const reports = createReportStore(store);
  server.post(
    catalogPaths.reports,
    {
      bodyLimit: LARGEST_REPORT_BYTES,
      config: { access: 'listener', budget: 'crashes' },
      schema: {
        body: crashReportSchema,
        summary: taken.summary,
        response: { 204: z.null().describe('Taken'), ...taken.response },
      },
    },
    async (request, reply) => {
      const { id, kind, app } = request.body;
      const isNew = await reports.take(request.body);
      if (isNew) request.log.info({ report: id, kind, version: app.version }, 'a crash report was taken');
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );
};
