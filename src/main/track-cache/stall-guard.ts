export interface StallGuard {
  /** Aborts when something watched took too long. */
  readonly signal: AbortSignal;
  /** Runs the clock only while this is waited for: a reader who takes their time stalls nobody. */
  watch<Result>(work: Promise<Result>): Promise<Result>;
}

export const createStallGuard = (limitMs: number): StallGuard => {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    async watch(work) {
      const timer = setTimeout(() => {
        controller.abort(new Error(`nothing for ${limitMs} ms`));
      }, limitMs);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
