import type { Clock } from '../../src/main/ports.ts';

export interface HandClock extends Clock {
  /** Moves time on and lets whatever was due happen. */
  advance(milliseconds: number): Promise<void>;
  /** How many are waiting. */
  waiting(): number;
}

/** A clock that only moves when told to. */
export const handClock = (startMs = Date.UTC(2026, 0, 1)): HandClock => {
  let nowMs = startMs;
  const sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  return {
    now: () => nowMs,
    waiting: () => sleepers.size,
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const sleeper = {
          dueMs: nowMs + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async advance(milliseconds) {
      nowMs += milliseconds;
      for (const sleeper of Array.from(sleepers)) if (sleeper.dueMs <= nowMs) sleeper.wake();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
};
