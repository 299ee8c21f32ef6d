import type { Clock } from '../ports.ts';

export interface MeteredWatch {
  /** What the system says now; null when it does not. Never rejects. */
  readonly ask: () => Promise<boolean | null>;
  /** What it last said. */
  last(): boolean | null;
}

const ASK_EVERY_MS = 60_000;

/**
 * Notices when the network becomes one that is paid by use, or no longer is. The system is asked by itself only while something
 * waits for the answer: an idle app starts no programs.
 */
export const createMeteredWatch = (options: {
  readonly ask: () => Promise<boolean | null>;
  readonly isWorthAsking: () => boolean;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly onChange: () => void;
}): MeteredWatch => {
  const { isWorthAsking, clock, closing, onChange } = options;
  let last: boolean | null = null;

  const ask = async (): Promise<boolean | null> => {
    const answer = await options.ask();
    if (answer !== last) {
      last = answer;
      if (!closing.aborted) onChange();
    }
    return answer;
  };

  const watch = async (): Promise<void> => {
    await ask();
    while (!closing.aborted) {
      const isOver = await clock.wait(ASK_EVERY_MS, closing).then(
        () => false,
        () => true,
      );
      if (!isOver && (last === true || isWorthAsking())) await ask();
    }
  };
  void watch();

  return { ask, last: () => last };
};
