/** What a replica has seen of each device; see `snapshot.ts`. */
import { isSeen } from './lives.ts';
import type { Seen } from './snapshot.ts';
import { deviceOf, type Stamp } from './stamp.ts';

export interface SeenStamps {
  /** False for what the snapshot that a replica began from has already: it is to be passed over. */
  admit(stamp: Stamp): boolean;
  now(): Seen;
}

export const createSeenStamps = (horizon: Seen): SeenStamps => {
  const latest = new Map(Object.entries(horizon));
  return {
    admit(stamp) {
      if (isSeen(stamp, horizon)) return false;
      const device = deviceOf(stamp);
      if (stamp > (latest.get(device) ?? '')) latest.set(device, stamp);
      return true;
    },
    now: () => Object.fromEntries(latest),
  };
};
