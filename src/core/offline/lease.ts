/**
 * How long kept music plays without the service: 30 days from its last word that music may be kept. The wall clock may be wrong or be moved, so
 * time is also counted here: `latestSeenMs` is the latest moment that is known to have come, and never goes back.
 */
export interface LeaseState {
  /** When it last gave its word, by the wall clock of then. */
  readonly renewedAtMs: number;
  readonly latestSeenMs: number;
}

export interface LeaseStanding {
  readonly state: 'valid' | 'ending' | 'over';
  readonly validUntilMs: number;
}

const DAY_MS = 86_400_000;
export const LEASE_MS = 30 * DAY_MS;
const ENDING_MS = 7 * DAY_MS;

const endOf = (state: LeaseState): number => state.renewedAtMs + LEASE_MS;

/** The service gave its word: whatever the clock did before is forgotten. */
export const renewed = (wallMs: number): LeaseState => ({ renewedAtMs: wallMs, latestSeenMs: wallMs });

/**
 * `elapsedMs` of running have passed (0 at the start of a run). A wall clock that says the lease is over is not believed for
 * longer than it says so: it is not noted, so that a clock that was wrong for a while and is put right locks nothing for good.
 */
export const timePassed = (state: LeaseState, wallMs: number, elapsedMs: number): LeaseState => {
  const counted = state.latestSeenMs + Math.max(0, elapsedMs);
  const seen = wallMs < endOf(state) ? Math.max(counted, wallMs) : counted;
  return { ...state, latestSeenMs: Math.min(seen, Math.max(state.latestSeenMs, endOf(state))) };
};

/** Setting the clock back gains nothing: what has been seen counts. */
export const leaseAt = (state: LeaseState, wallMs: number): LeaseStanding => {
  const validUntilMs = endOf(state);
  const leftMs = validUntilMs - Math.max(wallMs, state.latestSeenMs);
  if (leftMs <= 0) return { state: 'over', validUntilMs };
  return { state: leftMs <= ENDING_MS ? 'ending' : 'valid', validUntilMs };
};
