import type { Clock } from '../ports.ts';

export interface StallGuard {
  /** Aborts when something watched took too long. */
  readonly signal: AbortSignal;
  /** Runs the clock only while this is waited for: a reader who takes their time stalls nobody. */
  watch<Result>(work: Promise<Result>): Promise<Result>;
  /** So many bytes have come; too few of them in the time waited for them is a stall as well. */
  came(bytes: number): void;
}

/** What has to come within the time limit: a connection of a byte a second is none. */
const LEAST_BYTES = 1_024;

export const createStallGuard = (limitMs: number, clock: Pick<Clock, 'wait'>): StallGuard => {
  const controller = new AbortController();
  let waitedMs = 0;
  let bytesSince = 0;
  const stop = (): void => controller.abort(new Error(`next to nothing for ${limitMs} ms`));
  return {
    signal: controller.signal,
    async watch(work) {
      const patience = new AbortController();
      clock.wait(limitMs, patience.signal).then(stop, () => undefined);
      const startedMs = performance.now();
      try {
        return await work;
      } finally {
        patience.abort();
        waitedMs += performance.now() - startedMs;
      }
    },
    came(bytes) {
      bytesSince += bytes;
      if (bytesSince >= LEAST_BYTES) {
        bytesSince = 0;
        waitedMs = 0;
      } else if (waitedMs >= limitMs) stop();
    },
  };
};
