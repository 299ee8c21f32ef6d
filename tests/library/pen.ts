/** Pens of devices that share one clock of the test. */
import type { Pen } from '../../src/core/library/replica.ts';
import { createStampClock } from '../../src/core/library/stamp.ts';
import { randomSource } from '../../src/core/playback/random.ts';

let ids = 0;

/** `device`: one digit; `seed`: of its random digits. */
export const penOf = (
  device: number,
  options: { readonly now?: () => number; readonly userId?: string } = {},
): Pen => {
  const nowMs = options.now ?? (() => Date.UTC(2026, 3, 1));
  return {
    clock: createStampClock({ device: `device000${device}`, now: nowMs, last: null }),
    userId: options.userId ?? 'listener',
    nowMs,
    newId: () => `n${(ids++).toString(36).padStart(11, '0')}`,
    random: randomSource(device),
  };
};
export const trackId = (name: string): string => name.padEnd(20, '0');
