import type { Dispatcher } from 'undici';

/** Connections that lead out one way. */
export interface Way {
  readonly dispatcher: Dispatcher;
  /** None is open, and nothing waits for one. */
  isIdle(): boolean;
}
