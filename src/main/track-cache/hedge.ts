import type { Clock } from '../ports.ts';

/** How late a first byte is, judged by those before it. */
export interface FirstByteWatch {
  /** After so long a second request is worth its cost. */
  lateAfterMs(): number;
  took(milliseconds: number): void;
}

const EARLIEST_MS = 250;
const LATEST_MS = 1_500;
const TIMES_THE_USUAL = 3;
/** Weight of the newest in the running mean. */
const WEIGHT = 0.2;

export const createFirstByteWatch = (): FirstByteWatch => {
  let usualMs: number | null = null;
  return {
    lateAfterMs: () =>
      usualMs === null ? LATEST_MS : Math.min(LATEST_MS, Math.max(EARLIEST_MS, usualMs * TIMES_THE_USUAL)),
    took(milliseconds) {
      usualMs = usualMs === null ? milliseconds : usualMs + (milliseconds - usualMs) * WEIGHT;
    },
  };
};

/**
 * Asks, and when no answer has begun by then asks once more over another connection; the first answer is taken, the other
 * request aborted. Fails when the first request fails before the second was made, else when both have.
 */
export const hedged = async <Answer>(
  attempt: (signal: AbortSignal) => Promise<Answer>,
  lateAfterMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answer> => {
  const controllers = [new AbortController(), new AbortController()] as const;
  const ask = (which: 0 | 1): Promise<{ readonly answer: Answer; readonly which: 0 | 1 }> =>
    attempt(AbortSignal.any([signal, controllers[which].signal])).then((answer) => ({ answer, which }));
  const patience = new AbortController();
  const first = ask(0);
  const late = clock.wait(lateAfterMs, AbortSignal.any([signal, patience.signal])).then(
    () => 'late' as const,
    () => 'settled' as const,
  );
  try {
    const early = await Promise.race([first, late]);
    if (early === 'settled') return (await first).answer;
    if (early !== 'late') return early.answer;
    const { answer, which } = await Promise.any([first, ask(1)]);
    controllers[which === 0 ? 1 : 0].abort(new Error('the other request was answered first'));
    return answer;
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    patience.abort();
  }
};
