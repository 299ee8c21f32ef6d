import type { Clock } from '../../src/main/ports.ts';
import { systemClock } from '../../src/main/ports.ts';
import { steadyClock } from '../host/steady-clock.ts';

export interface QuickClock extends Clock {
  /** Every wait that was asked for, in its own milliseconds. */
  readonly waits: readonly number[];
  /** Sets the time of day, as a listener or a time server does. */
  moveBy(milliseconds: number): void;
}

/** An edge may ask for half a minute. */
const LONGEST_WAIT_MS = 100;

/** The steady clock, on which waiting takes a share of the time only, and never long, and that can be set. */
export const quickClock = (times = 20): QuickClock => {
  const waits: number[] = [];
  let movedMs = 0;
  return {
    waits,
    now: () => systemClock.now() + movedMs,
    moveBy(milliseconds) {
      movedMs += milliseconds;
    },
    wait(milliseconds, signal) {
      waits.push(milliseconds);
      return steadyClock.wait(Math.min(milliseconds / times, LONGEST_WAIT_MS), signal);
    },
  };
};
