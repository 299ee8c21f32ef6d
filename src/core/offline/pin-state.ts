/** What keeps all fetching, or one pin's, from going on. */
export type Obstacle<Failure extends string> =
  | { readonly kind: 'paused' }
  | { readonly kind: 'waiting'; readonly cause: 'offline' | 'service_unreachable' | 'metered' }
  /** Nothing more is tried for any track until something changes: the disk is full, the limit reached. */
  | { readonly kind: 'failed'; readonly failure: Failure };

export type StateOfPin<Failure extends string> =
  Obstacle<Failure> | { readonly kind: 'kept' } | { readonly kind: 'fetching' } | { readonly kind: 'queued' };

export interface PinFacts<Failure extends string> {
  readonly waitingCount: number;
  readonly fetchingCount: number;
  readonly keptCount: number;
  /** The first failed track's, in the pin's order; null while none has failed. */
  readonly failure: Failure | null;
  /** No longer in the catalog: what is kept of it is then all there is to keep. */
  readonly isSourceGone: boolean;
  readonly obstacle: Obstacle<Failure> | null;
}

/** How a pin stands, from how its tracks stand. What is done is said before what is in the way. */
export const stateOfPin = <Failure extends string>(facts: PinFacts<Failure>): StateOfPin<Failure> => {
  const { waitingCount, fetchingCount, keptCount, failure, isSourceGone, obstacle } = facts;
  if (waitingCount + fetchingCount === 0) {
    if (failure === null || (isSourceGone && keptCount > 0)) return { kind: 'kept' };
    return { kind: 'failed', failure };
  }
  if (obstacle?.kind === 'paused') return obstacle;
  if (fetchingCount > 0) return { kind: 'fetching' };
  return obstacle ?? { kind: 'queued' };
};
