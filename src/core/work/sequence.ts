/** Work that is done one piece after the other, in the order in which it was asked for: what it looks at does not change under it. */
export interface Sequence {
  /**
   * Begins when everything asked for before is over, whatever became of that. Gives what the work gives; a failure is the caller's
   * alone.
   */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when everything asked for by now is over; never rejects. */
  settled(): Promise<void>;
}

const nothing = (): void => undefined;

export const createSequence = (): Sequence => {
  let last: Promise<void> = Promise.resolve();
  return {
    inTurn(work) {
      const result = last.then(work);
      last = result.then(nothing, nothing);
      return result;
    },
    settled: () => last,
  };
};
