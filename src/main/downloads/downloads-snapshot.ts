import type { Downloads, Lease, Pin } from '../../contract/offline.ts';
import { remainingTimeMs } from '../../core/offline/fetch-rate.ts';
import { stateOfPin } from '../../core/offline/pin-state.ts';
import type { FetchObstacle } from './fetch-queue.ts';
import type { PinEntry, PinTable } from './pin-table.ts';

/** Everything about kept music as it crosses to the window. Costs the pins, not their tracks. */
export const snapshotOf = (facts: {
  readonly table: PinTable;
  readonly lease: Lease;
  readonly isPaused: boolean;
  readonly obstacle: FetchObstacle | null;
  readonly bytesPerSecond: number | null;
}): Downloads => {
  const { table, lease, isPaused, obstacle, bytesPerSecond } = facts;

  const pinOf = (pin: PinEntry): Pin => ({
    source: pin.source,
    ...pin.heading,
    addedAt: pin.addedAt,
    state: stateOfPin({
      waitingCount: pin.tally.waiting,
      fetchingCount: pin.tally.fetching,
      keptCount: pin.tally.kept,
      failure: table.firstFailure(pin),
      isSourceGone: pin.isSourceGone,
      obstacle: pin.isPaused ? { kind: 'paused' } : obstacle,
    }),
    trackCount: pin.trackIds.length,
    keptCount: pin.tally.kept,
    failedCount: pin.tally.failed,
    bytes: pin.tally.bytes,
    remainingBytes: pin.tally.remainingBytes,
  });

  const pins = table.pins();
  const total = table.total();
  // A paused pin is not waited for. What two pins share counts once.
  let remainingBytes = 0;
  let waitingTracks = 0;
  for (const { isPaused, tally } of pins) {
    if (isPaused) continue;
    remainingBytes += tally.remainingBytes;
    waitingTracks += tally.waiting + tally.fetching;
  }
  return {
    pins: pins.map(pinOf),
    lease,
    isPaused,
    bytesPerSecond,
    remainingMs: remainingTimeMs(Math.min(remainingBytes, total.remainingBytes), bytesPerSecond),
    waitingTracks: Math.min(waitingTracks, total.waiting + total.fetching),
  };
};
