import { z } from 'zod';
import { createRedaction, type PrivateFacts } from '../../core/redaction/redact.ts';
import { redactLogLine } from '../../core/redaction/log-line.ts';
import {
  LARGEST_REPORT_BYTES,
  MOST_LOG_LINES,
  type CrashKind,
  type CrashReport,
} from '../../contract/reports-http.ts';

/** What happened, as it came. */
export interface Crash {
  readonly kind: CrashKind;
  readonly error?: unknown;
  readonly ending?: { readonly reason: string; readonly exitCode: number | null };
}

/** What is known when it happens. */
export interface CrashCircumstances {
  readonly id: string;
  readonly at: string;
  readonly upSeconds: number;
  readonly app: CrashReport['app'];
  readonly settings: CrashReport['settings'];
  /** JSON lines, oldest first. */
  readonly lines: readonly string[];
  readonly privateFacts: PrivateFacts;
}

const recordSchema = z.record(z.string(), z.unknown());
const MOST_CAUSES = 4;
const MOST_FRAMES = 60;

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** The error and what caused it, each with its stack; the same one is told once. */
const stackOf = (error: unknown): string => {
  const told: string[] = [];
  const seen = new Set<unknown>();
  let next = error;
  while (next instanceof Error && !seen.has(next) && told.length < MOST_CAUSES) {
    seen.add(next);
    told.push(next.stack ?? `${next.name}: ${next.message}`);
    next = next.cause;
  }
  return told.join('\ncaused by ');
};

const errorOf = (error: unknown, redact: (text: string) => string): CrashReport['error'] => {
  if (error === undefined || error === null) return null;
  if (!(error instanceof Error)) {
    return { name: typeof error, message: cut(redact(String(error)), 2_000), stack: [] };
  }
  return {
    name: cut(redact(error.name), 200),
    message: cut(redact(error.message), 2_000),
    stack: redact(stackOf(error))
      .split('\n')
      .slice(0, MOST_FRAMES)
      .map((frame) => cut(frame.trim(), 1_000)),
  };
};

/** Lines that are records of the log; what else may have got between them is left out. */
export const readableLines = (
  lines: readonly string[],
  redact: (text: string) => string,
): readonly string[] =>
  lines.flatMap((line) => {
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch {
      return ['<not a line of the log>'];
    }
    const fields = recordSchema.safeParse(record);
    return fields.success ? [cut(redactLogLine(fields.data, redact), 1_000)] : [];
  });

const bytesOf = (report: CrashReport): number => new TextEncoder().encode(JSON.stringify(report)).byteLength;

/** Makes the report: redacted, and small enough to be sent, by the oldest lines of its log going first. */
export const composeReport = (crash: Crash, circumstances: CrashCircumstances): CrashReport => {
  const { privateFacts, lines, ...facts } = circumstances;
  const redact = createRedaction(privateFacts);
  const { ending } = crash;
  const report: CrashReport = {
    format: 1,
    kind: crash.kind,
    ...facts,
    error: errorOf(crash.error, redact),
    ending: ending === undefined ? null : { ...ending, reason: cut(redact(ending.reason), 64) },
    log: readableLines(lines.slice(-MOST_LOG_LINES), redact),
  };
  let { log } = report;
  while (log.length > 0 && bytesOf({ ...report, log }) > LARGEST_REPORT_BYTES) {
    log = log.slice(Math.ceil(log.length / 8));
  }
  return { ...report, log };
};
