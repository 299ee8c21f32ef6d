/** What sounds and what comes next, and how far it is fetched ahead. */
export interface Expectation {
  readonly current: string | null;
  /** Soonest first. */
  readonly upcoming: readonly string[];
}

export const NOTHING_EXPECTED: Expectation = { current: null, upcoming: [] };

/** The next track, then the one after it. */
const FETCHED_AHEAD = 2;

export const fetchedAhead = ({ current, upcoming }: Expectation): readonly string[] =>
  Array.from(new Set(upcoming))
    .filter((trackId) => trackId !== current)
    .slice(0, FETCHED_AHEAD);

/** Never evicted: whoever presses "next" is not to wait for what was here a moment ago. */
export const isExpected = (expectation: Expectation, trackIds: readonly string[]): boolean => {
  const ahead = fetchedAhead(expectation);
  return trackIds.some((trackId) => trackId === expectation.current || ahead.includes(trackId));
};
