import type { Clock, Log } from '../ports.ts';

export interface MeteredWatch {
  /** By the last answer; false when the system does not say. */
  isMetered(): boolean;
  /** Whether that answer is of the last minute. Asks anew when it is not. */
  isFresh(): boolean;
  /** Asks anew within a minute; for while nobody else does. */
  askLater(): void;
  /** Asks now, and what was known no longer counts as fresh. */
  askNow(): void;
  settled(): Promise<void>;
}

const FRESH_MS = 60_000;

/** Knows whether the network is paid by use without asking the system for every track. */
export const createMeteredWatch = (options: {
  readonly ask: () => Promise<boolean | null>;
  /** After each answer. */
  readonly onAnswer: (isAnother: boolean) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
}): MeteredWatch => {
  const { ask, onAnswer, clock, log, closing } = options;
  let isMetered = false;
  let answeredAtMs: number | null = null;
  let asking: Promise<void> | null = null;
  let isAskedLater = false;

  const askSystem = async (): Promise<void> => {
    const before = isMetered;
    try {
      isMetered = (await ask()) === true;
    } catch (error) {
      log.warn('could not tell whether the network is metered', { error });
      isMetered = false;
    }
    answeredAtMs = clock.now();
    asking = null;
    onAnswer(before !== isMetered);
  };

  const askNow = (): void => {
    answeredAtMs = null;
    asking ??= askSystem();
  };

  const askAfterAMinute = async (): Promise<void> => {
    try {
      await clock.wait(FRESH_MS, closing);
    } catch (error) {
      if (!closing.aborted) throw error;
      return;
    }
    isAskedLater = false;
    askNow();
  };

  return {
    isMetered: () => isMetered,
    isFresh() {
      const ageMs = answeredAtMs === null ? Infinity : clock.now() - answeredAtMs;
      // A clock that was set back makes it old as well.
      if (ageMs >= 0 && ageMs < FRESH_MS) return true;
      askNow();
      return false;
    },
    askLater() {
      if (isAskedLater) return;
      isAskedLater = true;
      void askAfterAMinute();
    },
    askNow,
    async settled() {
      await asking;
    },
  };
};
