/**
 * What is done about a track that does not play: it is tried again, then named, then passed over; after three in a
 * row the player waits and says so, instead of racing through a queue of which nothing plays.
 *
 * Failure causes are the caller's (`Cause`); the policy only asks which of them no second try can mend.
 */
export interface FailureRecord {
  /** Tries of the current track that failed. */
  readonly failedTries: number;
  /** Tracks passed over since something last played. */
  readonly passedOver: number;
}

export type FailureDecision =
  | { readonly kind: 'retry'; readonly afterMs: number; readonly record: FailureRecord }
  | { readonly kind: 'pass_over'; readonly record: FailureRecord }
  | { readonly kind: 'wait'; readonly record: FailureRecord };

export const noFailures: FailureRecord = { failedTries: 0, passedOver: 0 };

/** Before the second and the third try: short enough to bridge a hiccup, long enough for a network to change over. */
const RETRY_AFTER_MS = [400, 1600] as const;
export const PASSED_OVER_AT_MOST = 3;

/**
 * @param final no second try can mend this cause (the track is gone, not the network)
 * @param canPassOver something follows in the queue
 */
export const onFailure = (record: FailureRecord, final: boolean, canPassOver: boolean): FailureDecision => {
  const afterMs = final ? undefined : RETRY_AFTER_MS[record.failedTries];
  if (afterMs !== undefined) {
    return { kind: 'retry', afterMs, record: { ...record, failedTries: record.failedTries + 1 } };
  }
  const passed = { failedTries: 0, passedOver: record.passedOver + 1 };
  return canPassOver && passed.passedOver < PASSED_OVER_AT_MOST
    ? { kind: 'pass_over', record: passed }
    : { kind: 'wait', record: { ...passed, passedOver: 0 } };
};
