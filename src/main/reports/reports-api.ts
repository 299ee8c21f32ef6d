import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { CrashReportSummary } from '../../contract/reports.ts';
import type { CrashReport } from '../../contract/reports-http.ts';
import type { CrashReports } from './crash-reports.ts';
import { diagnosticsText, type DiagnosticFacts } from './diagnostics.ts';
import { reportText, type ReportFiles, type StoredReport } from './report-files.ts';

const summaryOf = ({ report, sentAt }: StoredReport): CrashReportSummary => {
  const { id, at, kind, app, error } = report;
  const bytes = new TextEncoder().encode(reportText(report)).byteLength;
  return { id, at, kind, version: app.version, message: error?.message ?? '', bytes, sentAt };
};

const found = (files: ReportFiles, id: string): StoredReport => {
  const stored = files.list().find(({ report }) => report.id === id);
  if (stored === undefined) throw new HostFailure('not_found', 'no such crash report');
  return stored;
};

/** What the window may do with the reports of this computer. Only `send` lets one out, and only that one. */
export const createReportsApi = (options: {
  readonly reports: CrashReports;
  readonly facts: () => DiagnosticFacts;
  /** To the service of the account that is open; rejects with `sign_in_required` without one. */
  readonly send: (report: CrashReport) => Promise<void>;
  readonly nowMs: () => number;
}): HostApi['reports'] => {
  const { reports } = options;
  const { files } = reports;
  const list = (): readonly CrashReportSummary[] => files.list().map(summaryOf);
  return {
    list: async () => list(),
    read: async ({ id }) => ({ text: reportText(found(files, id).report) }),
    async send({ id }) {
      const { report, sentAt } = found(files, id);
      if (sentAt !== null) return list();
      await options.send(report);
      const isStillHere = files.list().some(({ report: { id: other } }) => other === id);
      if (isStillHere) files.write({ report, sentAt: new Date(options.nowMs()).toISOString() });
      return list();
    },
    async remove({ id }) {
      files.remove(id);
      return list();
    },
    diagnostics: async () => ({ text: diagnosticsText(reports, options.facts()) }),
  };
};
