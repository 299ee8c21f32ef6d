import type { CrashReportSummary } from '../../contract/reports.ts';
import type { CrashKind } from '../../contract/reports-http.ts';
import type { Settings } from '../../contract/settings.ts';

/** Whether the window alone was lost, or the whole app. After anything else Riffle went on, and nobody needs to be told. */
export type LostPart = 'window' | 'app';

const LOST: Partial<Record<CrashKind, LostPart>> = {
  window_gone: 'window',
  window_stuck: 'window',
  main_exception: 'app',
};

/** Says once, after the window came up again, that something crashed; a listener who was told is not told again. */
export const tellOfCrash = async (ports: {
  readonly list: () => Promise<readonly CrashReportSummary[]>;
  readonly settings: () => Settings;
  readonly change: (change: Partial<Settings>) => Promise<void>;
  readonly say: (lost: LostPart) => void;
}): Promise<void> => {
  const { crashesToldUntil } = ports.settings();
  // Newest first.
  const newest = (await ports.list()).find(
    ({ at, kind }) => LOST[kind] !== undefined && (crashesToldUntil === null || at > crashesToldUntil),
  );
  if (newest === undefined) return;
  ports.say(LOST[newest.kind] ?? 'app');
  await ports.change({ crashesToldUntil: newest.at });
};
