import type { Log } from '../ports.ts';
import type { CrashReports } from './crash-reports.ts';

/** What of a process is needed; tests give an `EventEmitter`. */
export interface WatchedProcess {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}

/**
 * What nobody caught is reported. After an exception the program's state is not to be trusted: `end` is called, once. A promise
 * nobody looked after has failed by itself, and the program goes on. Everything precious is on the disk already, so that neither
 * loses anything.
 */
export const watchMainProcess = (options: {
  readonly process: WatchedProcess;
  readonly reports: Pick<CrashReports, 'record'>;
  readonly log: Log;
  readonly end: () => void;
}): void => {
  const { reports, log } = options;
  let isEnding = false;
  options.process.on('uncaughtException', (error) => {
    // What fails while everything is being torn down says nothing new; and reporting must not bring itself about again.
    if (isEnding) return;
    isEnding = true;
    reports.record({ kind: 'main_exception', error });
    log.error('nobody caught this; the app ends', { error });
    options.end();
  });
  options.process.on('unhandledRejection', (error) => {
    if (isEnding) return;
    reports.record({ kind: 'main_rejection', error });
    log.error('a promise failed that nobody looked after', { error });
  });
};
