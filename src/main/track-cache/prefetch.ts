import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { Clock, Log } from '../ports.ts';
import { fetchedAhead, type Expectation } from './expectation.ts';

export interface Prefetch {
  /** What is to be fetched ahead has changed. */
  follow(expectation: Expectation): void;
  setOn(on: boolean): void;
  close(): Promise<void>;
}

/** What a second try may mend: the network was gone, or the edge in trouble. */
const MAY_COME_BACK: ReadonlySet<HostErrorCode> = new Set([
  'offline',
  'service_unreachable',
  'media_unavailable',
]);
const AGAIN_AFTER_MS = 5_000;

/** Makes the next track whole, then the one after it; starts anew whenever what comes next has changed. */
export const createPrefetch = (options: {
  /** Makes a track whole, in turn with everything else. */
  readonly fetchWhole: (trackId: string, signal: AbortSignal) => Promise<void>;
  readonly clock: Pick<Clock, 'wait'>;
  readonly log: Log;
}): Prefetch => {
  const { fetchWhole, clock, log } = options;
  let isOn = true;
  let wanted: readonly string[] = [];
  let run: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;

  const fetchOne = async (trackId: string, signal: AbortSignal): Promise<'done' | 'later' | 'never'> => {
    try {
      await fetchWhole(trackId, signal);
      return 'done';
    } catch (error) {
      const code = error instanceof HostFailure ? error.code : 'internal';
      if (code === 'cancelled') return 'never';
      // Why it cannot be had is said when it is played.
      log.info('not fetched ahead', { trackId, code });
      return MAY_COME_BACK.has(code) ? 'later' : 'never';
    }
  };

  /** All of them in order; what a network that is gone keeps from coming is tried again while it is still wanted. */
  const fetchAll = async (trackIds: readonly string[], signal: AbortSignal): Promise<void> => {
    let missing = trackIds;
    while (missing.length > 0 && !signal.aborted) {
      const later: string[] = [];
      for (const trackId of missing) {
        if (signal.aborted) return;
        if ((await fetchOne(trackId, signal)) === 'later') later.push(trackId);
      }
      missing = later;
      if (missing.length > 0) await clock.wait(AGAIN_AFTER_MS, signal).catch(() => undefined);
    }
  };

  const start = (trackIds: readonly string[]): void => {
    run?.controller.abort();
    const controller = new AbortController();
    run = { controller, done: fetchAll(isOn ? trackIds : [], controller.signal) };
  };

  return {
    follow(expectation) {
      const ahead = fetchedAhead(expectation);
      const isSame = ahead.length === wanted.length && ahead.every((id, place) => id === wanted[place]);
      wanted = ahead;
      if (!isSame) start(ahead);
    },
    setOn(on) {
      if (on === isOn) return;
      isOn = on;
      start(wanted);
    },
    async close() {
      run?.controller.abort();
      await run?.done;
    },
  };
};
