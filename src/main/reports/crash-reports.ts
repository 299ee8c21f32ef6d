import { randomUUID } from 'node:crypto';
import type { PrivateFacts } from '../../core/redaction/redact.ts';
import type { CrashReport } from '../../contract/reports-http.ts';
import type { Log } from '../ports.ts';
import { composeReport, type Crash } from './compose-report.ts';
import { createReportFiles, type ReportFiles } from './report-files.ts';

/** What the host knows beyond what the shell knew when it began. */
export interface HostFacts {
  readonly settings: CrashReport['settings'];
  /** Names of accounts, titles that were played: to be taken out. */
  readonly privateWords: readonly string[];
}

/** Owns the crash reports of this computer. Nothing in here sends anything. */
export interface CrashReports {
  readonly files: ReportFiles;
  readonly app: CrashReport['app'];
  /** Writes a report; it is on the disk when this returns. Never throws: then the log says so. */
  record(crash: Crash): void;
  /** Asked at each report. */
  describeBy(facts: () => HostFacts): void;
  privateFacts(): PrivateFacts;
  /** JSON lines of the log, oldest first. */
  lines(): readonly string[];
  upSeconds(): number;
}

export interface CrashReportsOptions {
  readonly folder: string;
  readonly app: CrashReport['app'];
  readonly privateFacts: PrivateFacts;
  readonly lines: () => readonly string[];
  readonly nowMs: () => number;
  readonly log: Log;
}

/** Something that fails over and over is told of once, and no run fills the folder. */
const MOST_IN_A_RUN = 10;

const fingerprintOf = ({ kind, error, ending }: Crash): string => {
  const where = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${kind} ${ending?.reason ?? ''} ${where}`;
};

export const createCrashReports = (options: CrashReportsOptions): CrashReports => {
  const { app, lines, nowMs, log } = options;
  const files = createReportFiles(options);
  const startedAtMs = nowMs();
  const recorded = new Set<string>();
  let hostFacts = (): HostFacts => ({ settings: {}, privateWords: [] });

  const privateFacts = (): PrivateFacts => ({
    ...options.privateFacts,
    words: [...options.privateFacts.words, ...hostFacts().privateWords],
  });
  const upSeconds = (): number => Math.max(0, Math.round((nowMs() - startedAtMs) / 1_000));

  return {
    files,
    app,
    lines,
    privateFacts,
    upSeconds,
    describeBy(facts) {
      hostFacts = facts;
    },
    record(crash) {
      const fingerprint = fingerprintOf(crash);
      if (crash.kind !== 'window_gone' && recorded.has(fingerprint)) return;
      if (recorded.size >= MOST_IN_A_RUN) return;
      recorded.add(crash.kind === 'window_gone' ? `${fingerprint} ${recorded.size}` : fingerprint);
      try {
        const report = composeReport(crash, {
          id: randomUUID(),
          at: new Date(nowMs()).toISOString(),
          upSeconds: upSeconds(),
          app,
          settings: hostFacts().settings,
          lines: lines(),
          privateFacts: privateFacts(),
        });
        files.write({ sentAt: null, report });
        log.warn('a crash report was written', { kind: crash.kind });
      } catch (error) {
        log.error('a crash report could not be written', { kind: crash.kind, error });
      }
    },
  };
};
