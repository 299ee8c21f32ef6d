import type { Clock, Log } from './ports.ts';

/** Tells at once when nothing was told for a while, else as soon as `everyMs` are over; many changes in between are one. */
export const createAnnouncer = (options: {
  readonly everyMs: number;
  readonly tell: () => void | Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
}): (() => void) => {
  const { everyMs, tell, clock, log, closing } = options;
  let isResting = false;
  let isDue = false;

  const rest = async (): Promise<void> => {
    isResting = true;
    try {
      do {
        isDue = false;
        await tell();
        await clock.wait(everyMs, closing);
      } while (isDue);
    } catch (error) {
      if (!closing.aborted) log.error('change could not be told', { error });
    } finally {
      isResting = false;
    }
  };

  return () => {
    isDue = true;
    if (!isResting && !closing.aborted) void rest();
  };
};
