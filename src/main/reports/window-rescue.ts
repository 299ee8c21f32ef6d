import type { Clock, Log } from '../ports.ts';
import type { CrashReports } from './crash-reports.ts';

/** What the shell tells of its window. */
export interface WindowRescue {
  /** The window's process ended, and not because it was asked to. */
  gone(ending: { readonly reason: string; readonly exitCode: number | null }): void;
  unresponsive(): void;
  responsive(): void;
}

export interface WindowRescueOptions {
  readonly reports: Pick<CrashReports, 'record'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Loads the page anew: it takes up queue and position where they were. */
  readonly reload: () => void;
  /** Ends the process of a window that is stuck; `gone` follows. */
  readonly kill: () => void;
  /** Loading anew does not help: a person has to be asked. */
  readonly giveUp: () => void;
  readonly closing: AbortSignal;
}

/** A long task or a debugger's stop is no crash yet. */
const STUCK_AFTER_MS = 15_000;
const WITHIN_MS = 60_000;
const MOST_RELOADS = 3;

/** Brings a window back that crashed or is stuck, unless it crashes again and again. */
export const createWindowRescue = (options: WindowRescueOptions): WindowRescue => {
  const { reports, clock, log } = options;
  let reloadedAtMs: readonly number[] = [];
  let waiting: AbortController | null = null;

  const killIfStuck = async (signal: AbortSignal): Promise<void> => {
    try {
      await clock.wait(STUCK_AFTER_MS, AbortSignal.any([signal, options.closing]));
    } catch (error) {
      if (signal.aborted || options.closing.aborted) return;
      throw error;
    }
    reports.record({ kind: 'window_stuck' });
    log.error('the window is stuck and is ended');
    options.kill();
  };
  const answered = (): void => {
    waiting?.abort();
    waiting = null;
  };

  return {
    gone(ending) {
      answered();
      reports.record({ kind: 'window_gone', ending });
      log.error('the window is gone', ending);
      const nowMs = clock.now();
      reloadedAtMs = reloadedAtMs.filter((atMs) => nowMs - atMs < WITHIN_MS);
      if (reloadedAtMs.length >= MOST_RELOADS) {
        reloadedAtMs = [];
        options.giveUp();
        return;
      }
      reloadedAtMs = [...reloadedAtMs, nowMs];
      options.reload();
    },
    unresponsive() {
      if (waiting !== null) return;
      waiting = new AbortController();
      killIfStuck(waiting.signal).catch((error: unknown) =>
        log.error('a stuck window could not be ended', { error }),
      );
    },
    responsive: answered,
  };
};
