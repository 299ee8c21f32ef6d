/**
 * What the app tells its service of a crash, version 1, and only when a person chose to send it. Redacted on the computer it comes
 * from (`core/redaction`); the service adds nothing about who sent it.
 */
import { z } from 'zod';

/** Of one report, as JSON in UTF-8. */
export const LARGEST_REPORT_BYTES = 256 * 1024;
/** Of the log, oldest gone first. */
export const MOST_LOG_LINES = 200;

export const CRASH_KINDS = [
  /** Something was thrown in the main process that nobody caught. */
  'main_exception',
  /** A promise failed there that nobody looked after. */
  'main_rejection',
  /** The window's process ended: killed, out of memory, a defect of its engine. */
  'window_gone',
  /** The window answered nothing for a while and was ended. */
  'window_stuck',
  /** Another process of the app ended: graphics, sound, network. */
  'helper_gone',
] as const;

const line = z.string().max(1_000);

export const crashReportSchema = z.strictObject({
  format: z.literal(1),
  /** Chosen on the computer; sent twice it is one report. */
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.enum(CRASH_KINDS),
  app: z.strictObject({
    version: z.string().max(64),
    shell: z.enum(['electron', 'web']),
    platform: z.string().max(32),
    arch: z.string().max(32),
    /** Of the system: `10.0.26100`. */
    system: z.string().max(128),
    /** Versions of what the app stands on: `node`, `electron`, `chrome`. */
    runtime: z.record(z.string().max(32), z.string().max(64)),
  }),
  /** How long the app had been running. */
  upSeconds: z.int().nonnegative(),
  error: z
    .strictObject({
      name: z.string().max(200),
      message: z.string().max(2_000),
      stack: z.array(line).max(60).readonly(),
    })
    .nullable(),
  /** Of a process that ended: why, in the system's word, and its exit code. */
  ending: z.strictObject({ reason: z.string().max(64), exitCode: z.int().nullable() }).nullable(),
  /** Switches, choices and numbers as they are; of anything else only whether it is set. */
  settings: z.record(z.string().max(64), z.union([z.boolean(), z.number(), z.string().max(64), z.null()])),
  log: z.array(line).max(MOST_LOG_LINES).readonly(),
});

export type CrashReport = Readonly<z.infer<typeof crashReportSchema>>;
export type CrashKind = CrashReport['kind'];
