import type { Clock, Log } from '../ports.ts';

export interface Timer {
  /** Acts once in so many milliseconds, instead of when it was set to before. */
  set(inMs: number): void;
  clear(): void;
}

export const createTimer = (options: {
  readonly act: () => void;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly log: Log;
}): Timer => {
  const { act, clock, closing, log } = options;
  let waiting = new AbortController();

  const actIn = async (inMs: number, cancel: AbortSignal): Promise<void> => {
    try {
      await clock.wait(inMs, AbortSignal.any([cancel, closing]));
      act();
    } catch (error) {
      if (!cancel.aborted && !closing.aborted) log.error('what was due did not happen', { error });
    }
  };

  return {
    set(inMs) {
      waiting.abort();
      waiting = new AbortController();
      void actIn(inMs, waiting.signal);
    },
    clear: () => waiting.abort(),
  };
};
