import { nextRate } from '../../core/offline/fetch-rate.ts';
import type { Clock } from '../ports.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';
import type { PinTable } from './pin-table.ts';

export interface RateMeter {
  started(trackId: string): void;
  ended(trackId: string): void;
  /** Over the last seconds; null while nothing is fetched. */
  bytesPerSecond(): number | null;
}

const LOOK_EVERY_MS = 500;

/** Looks twice a second at how far the tracks that are being fetched have come; not at all while there are none. */
export const createRateMeter = (options: {
  readonly table: PinTable;
  readonly cache: Pick<TrackCache, 'holding'>;
  readonly running: () => Iterable<string>;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly onChange: () => void;
}): RateMeter => {
  const { table, cache, running, clock, closing, onChange } = options;
  const seenBytes = new Map<string, number>();
  let unmeasuredBytes = 0;
  let rate: number | null = null;
  let isLooking = false;

  const measure = (trackId: string): void => {
    const holding = cache.holding(trackId);
    const present = holding?.presentBytes ?? 0;
    unmeasuredBytes += Math.max(0, present - (seenBytes.get(trackId) ?? present));
    seenBytes.set(trackId, present);
    const standing = table.track(trackId)?.standing;
    if (standing?.state === 'fetching') table.setTrack(trackId, standing, holding);
  };

  const look = async (): Promise<void> => {
    isLooking = true;
    let lookedAtMs = clock.now();
    try {
      while (seenBytes.size > 0) {
        await clock.wait(LOOK_EVERY_MS, closing);
        for (const trackId of running()) measure(trackId);
        rate = nextRate(rate, unmeasuredBytes, clock.now() - lookedAtMs);
        unmeasuredBytes = 0;
        lookedAtMs = clock.now();
        onChange();
      }
    } catch (error) {
      if (!closing.aborted) throw error;
    } finally {
      isLooking = false;
      rate = null;
    }
  };

  return {
    started(trackId) {
      seenBytes.set(trackId, cache.holding(trackId)?.presentBytes ?? 0);
      if (!isLooking) void look();
    },
    ended(trackId) {
      measure(trackId);
      seenBytes.delete(trackId);
    },
    bytesPerSecond: () => (seenBytes.size === 0 ? null : rate),
  };
};
