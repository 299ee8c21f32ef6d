import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { MOST_LOG_LINES } from '../../contract/reports-http.ts';
import { createJsonLog } from '../log.ts';
import { createCrashReports, type CrashReports } from './crash-reports.ts';
import { createRecentLines } from './recent-lines.ts';
import { appFacts, systemPrivateFacts } from './system-facts.ts';

/** A log whose last lines are remembered for a report. */
export interface ReportingLog {
  readonly log: Log;
  readonly lines: () => readonly string[];
}

/** Whoever reads the log may go away before the app does; then there is nobody to tell, and nothing to end for. */
export const createReportingLog = (output: Pick<NodeJS.WriteStream, 'write' | 'on'>): ReportingLog => {
  output.on('error', () => undefined);
  const recent = createRecentLines(MOST_LOG_LINES);
  const log = createJsonLog((line) => {
    recent.write(line);
    output.write(line);
  });
  return { log, lines: recent.lines };
};

/** The crash reports of an app, before there is anything else of it. */
export const openCrashReports = (options: {
  readonly dataFolder: string;
  readonly cacheFolder: string;
  /** Where the program itself lies. */
  readonly appFolder: string;
  readonly version: string;
  readonly shell: 'electron' | 'web';
  readonly reporting: ReportingLog;
  readonly nowMs: () => number;
}): CrashReports => {
  const { dataFolder, cacheFolder, appFolder, reporting, nowMs } = options;
  return createCrashReports({
    folder: join(dataFolder, 'reports'),
    app: appFacts(options),
    privateFacts: systemPrivateFacts({ app: appFolder, data: dataFolder, cache: cacheFolder }),
    lines: reporting.lines,
    nowMs,
    log: reporting.log,
  });
};
