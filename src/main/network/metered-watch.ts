import type { Clock } from '../ports.ts';

export interface MeteredWatch {
  /** What the system says now; null when it does not. Never rejects. */
  readonly ask: () => Promise<boolean | null>;
  /** What it last said. */
  last(): boolean | null;
}

const ASK_EVERY_MS = 60_000;

/**
 * What the system last said about the network, whoever asked. By itself it asks at the start, and while the network is paid by
 * use, so that what waits for another one goes on; an idle app starts no programs.
 */
export const createMeteredWatch = (options: {
  readonly ask: () => Promise<boolean | null>;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly onChange: () => void;
}): MeteredWatch => {
  const { clock, closing, onChange } = options;
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
      if (!isOver && last === true) await ask();
    }
  };
  void watch();

  return { ask, last: () => last };
};
