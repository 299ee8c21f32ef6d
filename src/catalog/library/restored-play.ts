import { createHash } from 'node:crypto';
import type { Removal } from '../../core/history/shared-plays.ts';
import { stampOf, wallMsOf } from '../../core/library/stamp.ts';

const DEVICE_LETTERS = 10;
const COUNTERS = 36 ** 4;

/**
 * The stamp of a play that was removed and is brought back: after all those removals, told from its former one alone, so that it is brought
 * back once however often that is asked for.
 */
export const stampOfRestored = (stamp: string, removals: readonly Removal[]): string => {
  const hash = createHash('sha256').update(`riffle restored play\0${stamp}`).digest('hex');
  return stampOf({
    wallMs: Math.max(wallMsOf(stamp), ...removals.map(({ atMs }) => atMs)),
    counter: Number.parseInt(hash.slice(0, 8), 16) % COUNTERS,
    device: hash.slice(-DEVICE_LETTERS),
  });
};
