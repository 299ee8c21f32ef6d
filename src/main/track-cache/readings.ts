export interface Readings {
  /** Someone reads this file; gives what to call when they have stopped. `stop` makes them. */
  enter(sha256: string, stop: () => Promise<unknown>): () => void;
  isRead(sha256: string): boolean;
  /** Stops all of them and resolves when they have. */
  stopAll(): Promise<void>;
}

/** Who is reading what: such a file is never evicted, and closing ends them all. */
export const createReadings = (): Readings => {
  const readings = new Set<{ readonly sha256: string; readonly stop: () => Promise<unknown> }>();
  return {
    enter(sha256, stop) {
      const reading = { sha256, stop };
      readings.add(reading);
      return () => {
        readings.delete(reading);
      };
    },
    isRead: (sha256) => Array.from(readings).some((reading) => reading.sha256 === sha256),
    async stopAll() {
      await Promise.allSettled(Array.from(readings, ({ stop }) => stop()));
      readings.clear();
    },
  };
};
