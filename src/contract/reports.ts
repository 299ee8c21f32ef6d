/** Crash reports between window and main process. They lie on this computer and leave it only by `reports.send`. */
import type { CrashKind } from './reports-http.ts';

export interface CrashReportSummary {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: CrashKind;
  /** Of the app that crashed. */
  readonly version: string;
  /** What it says of the error, redacted; empty where a process ended without a word. */
  readonly message: string;
  readonly bytes: number;
  /** When it was sent (ISO 8601); null when it was not. */
  readonly sentAt: string | null;
}
