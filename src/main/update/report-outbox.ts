import { z } from 'zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { updateReportSchema, type UpdateReport } from '../../contract/update-http.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Log } from '../ports.ts';
import { createAppendLog } from '../storage/append-log.ts';

/** What became of an update on this computer. Nothing in it says which computer that is. */
export type UpdateOccurrence = Pick<UpdateReport, 'reportId' | 'version' | 'previousVersion' | 'outcome'>;

export interface ReportOutbox {
  /** On the disk when it resolves. Never rejects: a report that is lost costs nobody anything. */
  add(report: UpdateReport): Promise<void>;
  /** Sends what waits; what the service does not take now stays for the next time. Never rejects. */
  send(post: ServiceRequests['post']): Promise<void>;
}

/** Nobody updates more often before a service answers. */
const MOST_WAITING = 20;

/** Reports wait on the disk until the service has taken them; it counts each id once, however often it comes. */
export const createReportOutbox = (path: string, log: Log): ReportOutbox => {
  const file = createAppendLog({ path, schema: z.readonly(updateReportSchema), log });
  let sending: Promise<void> | null = null;

  const sendAll = async (post: ServiceRequests['post']): Promise<void> => {
    const waiting = await file.read();
    if (waiting.length === 0) return;
    const kept: UpdateReport[] = [];
    for (const report of waiting.slice(-MOST_WAITING)) {
      try {
        await post(catalogPaths.updateReports, report, null);
      } catch (error) {
        const isRefused =
          error instanceof HostFailure && ['invalid_argument', 'not_found'].includes(error.code);
        if (!isRefused) kept.push(report);
        log.info('update report not taken', { error });
      }
    }
    if (kept.length < waiting.length) await file.replace(kept);
  };

  return {
    async add(report) {
      await sending;
      await file.append(report).catch((error: unknown) => log.warn('update report not kept', { error }));
    },
    async send(post) {
      sending ??= sendAll(post)
        .catch((error: unknown) => log.warn('update reports not sent', { error }))
        .finally(() => {
          sending = null;
        });
      await sending;
    },
  };
};
