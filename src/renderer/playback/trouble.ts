import type { HostErrorCode } from '../../contract/host-error.ts';
import {
  noFailures,
  onFailure,
  type FailureDecision,
  type FailureRecord,
} from '../../core/playback/failure-policy.ts';

/** Failures that no second try can mend. */
const FINAL_CODES: ReadonlySet<HostErrorCode> = new Set([
  'not_found',
  'forbidden',
  'invalid_argument',
  'lease_over',
  'sign_in_required',
  'premium_required',
]);
/** Failures that end when the service answers again, and answers us: what is on this computer plays on meanwhile. */
const NETWORK_CODES: ReadonlySet<HostErrorCode> = new Set([
  'offline',
  'service_unreachable',
  'lease_over',
  'sign_in_required',
]);

/** Whether the service's coming back, or signing in again, is worth another try. */
export const endsWithTheNetwork = (code: HostErrorCode): boolean => NETWORK_CODES.has(code);

export interface QueueSpot {
  readonly entryId: string;
  readonly positionMs: number;
}

export interface Outlook {
  /** Something follows in the queue. */
  readonly canPassOver: boolean;
  /** No second try can mend it now, whatever the code says. */
  readonly isHopeless: boolean;
}

/**
 * Remembers what has failed since something last sounded. Without a network, tracks are passed over only for one that is on
 * this computer; when there is none, the listener is to find their place again: the first spot that was left.
 */
export class Trouble {
  #record: FailureRecord = noFailures;
  #leftAt: QueueSpot | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  /** Something sounds, or the listener wants something else. */
  over(): void {
    this.#record = noFailures;
    this.#leftAt = null;
  }

  /** What is to be done about the track at `spot`. */
  decide(spot: QueueSpot, code: HostErrorCode, { canPassOver, isHopeless }: Outlook): FailureDecision {
    const decision = onFailure(this.#record, isHopeless || FINAL_CODES.has(code), canPassOver);
    this.#record = decision.record;
    if (decision.kind === 'pass_over')
      this.#leftAt = endsWithTheNetwork(code) ? (this.#leftAt ?? spot) : null;
    return decision;
  }

  /** Where to wait after giving up: null where the queue stands. */
  spotToWaitAt(code: HostErrorCode): QueueSpot | null {
    const spot = endsWithTheNetwork(code) ? this.#leftAt : null;
    this.#leftAt = null;
    return spot;
  }

  retryAfter(delayMs: number, retry: () => void): void {
    this.cancelRetry();
    this.#retryTimer = setTimeout(retry, delayMs);
  }

  cancelRetry(): void {
    clearTimeout(this.#retryTimer);
  }
}
