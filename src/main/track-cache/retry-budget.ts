/**
 * Keeps a thousand tracks that fail from becoming a storm: a further try costs one, an answer earns a fifth back, and so do
 * every two seconds. What sounds may always try again; what is fetched for later only from what is left.
 */
export interface RetryBudget {
  /** Whether a further try may be made now; takes its cost. */
  spend(isUrgent: boolean): boolean;
  earn(): void;
}

const FULL = 30;
const PER_ANSWER = 0.2;
const PER_MS = 0.5 / 1_000;

export const createRetryBudget = (nowMs: () => number): RetryBudget => {
  let left = FULL;
  let countedMs = nowMs();
  const refill = (): void => {
    const now = nowMs();
    left = Math.min(FULL, left + Math.max(0, now - countedMs) * PER_MS);
    countedMs = now;
  };
  return {
    spend(isUrgent) {
      refill();
      if (left < 1 && !isUrgent) return false;
      left = Math.max(0, left - 1);
      return true;
    },
    earn() {
      left = Math.min(FULL, left + PER_ANSWER);
    },
  };
};
