import { compareVersions } from './version.ts';

/** What is known of how the installed version starts. Written before anything else is done, and again when the window is usable. */
export interface StartRecord {
  readonly version: string;
  /** What was installed before; null when that is not known. */
  readonly previousVersion: string | null;
  /** The window of this version was usable once: whatever goes wrong later, another version is not the cure. */
  readonly isProven: boolean;
  /** Begun, and neither usable nor ended in order. */
  readonly isStarting: boolean;
  readonly failedStarts: number;
}

export type StartVerdict =
  /** The last start of this version failed (counted once for each). */
  | { readonly kind: 'go_on'; readonly failedBefore: boolean }
  /** Two failed: put `to` back. */
  | { readonly kind: 'roll_back'; readonly to: string };

const FAILED_STARTS = 2;

const fresh = (version: string, previousVersion: string | null): StartRecord => ({
  version,
  previousVersion,
  isProven: false,
  isStarting: true,
  failedStarts: 0,
});

/** A version begins to start. `record` is what the last start left, of this version or another; null when there is none. */
export const startBegins = (
  record: StartRecord | null,
  version: string,
): { readonly record: StartRecord; readonly verdict: StartVerdict } => {
  const goOn = { kind: 'go_on', failedBefore: false } as const;
  if (record === null) return { record: fresh(version, null), verdict: goOn };
  if (record.version !== version) return { record: fresh(version, record.version), verdict: goOn };
  const failedBefore = record.isStarting && !record.isProven;
  const failedStarts = record.failedStarts + (failedBefore ? 1 : 0);
  const next: StartRecord = { ...record, isStarting: true, failedStarts };
  const to = record.previousVersion;
  // Never "back" to something newer, which is what was there before a roll-back.
  const isOlder = to !== null && (compareVersions(to, version) ?? 0) < 0;
  if (failedStarts < FAILED_STARTS || record.isProven || !isOlder)
    return { record: next, verdict: { kind: 'go_on', failedBefore } };
  return { record: next, verdict: { kind: 'roll_back', to } };
};

/** The window said that it can be used. */
export const startSucceeded = (record: StartRecord): StartRecord => ({
  ...record,
  isProven: true,
  isStarting: false,
  failedStarts: 0,
});

/** It was ended in order before that, which says nothing for or against it. */
export const startEnded = (record: StartRecord): StartRecord => ({ ...record, isStarting: false });
