/** The last lines of the log, in memory, for a report should there ever be one. */
export interface RecentLines {
  write(line: string): void;
  /** Oldest first. */
  lines(): readonly string[];
}

const LONGEST_LINE = 4_000;

export const createRecentLines = (most: number): RecentLines => {
  const kept: string[] = [];
  return {
    write(line) {
      kept.push(line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line);
      if (kept.length > most) kept.shift();
    },
    lines: () => [...kept],
  };
};
