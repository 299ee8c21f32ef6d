import { systemClock, type Clock } from '../../src/main/ports.ts';

/** Of a wait. Each ends at a turn of its own, in which whatever has come meanwhile is looked at first. */
const PARTS = 8;

/**
 * The system's clock, on which waiting counts only what this process was awake for: a machine that stands still for a second uses
 * up an eighth of anybody's patience, not all of it. For tests that count what was asked of an edge.
 */
export const steadyClock: Clock = {
  now: systemClock.now,
  async wait(milliseconds, signal) {
    const parts = milliseconds < PARTS ? 1 : PARTS;
    for (let part = 0; part < parts; part += 1) await systemClock.wait(milliseconds / parts, signal);
  },
};
