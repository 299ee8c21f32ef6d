import type { Log } from '../ports.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { fetchedAhead, type Expectation } from './expectation.ts';

export interface Prefetch {
  /** What is to be fetched ahead has changed. */
  follow(expectation: Expectation): void;
  setOn(on: boolean): void;
  close(): Promise<void>;
}

/** Makes the next track whole, then the one after it; starts anew whenever what comes next has changed. */
export const createPrefetch = (options: {
  /** Makes a track whole, in turn with everything else. */
  readonly fetchWhole: (trackId: string, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
}): Prefetch => {
  const { fetchWhole, log } = options;
  let isOn = true;
  let wanted: readonly string[] = [];
  let run: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;

  const fetchAll = async (trackIds: readonly string[], signal: AbortSignal): Promise<void> => {
    for (const trackId of trackIds) {
      if (signal.aborted) return;
      try {
        await fetchWhole(trackId, signal);
      } catch (error) {
        // It will be fetched when it is played; why it cannot be had is said then.
        const isAborted = error instanceof HostFailure && error.code === 'cancelled';
        if (!isAborted) log.info('not fetched ahead', { trackId, error });
      }
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
