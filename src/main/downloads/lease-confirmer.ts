import { HostFailure } from '../../contract/host-error.ts';
import type { Lease } from '../../contract/offline.ts';
import type { Clock, Log } from '../ports.ts';

/** Whether this listener may keep music, and for how long again. */
export interface Keeping {
  /** As far as is known now. */
  readonly isAllowed: () => boolean;
  /**
   * Asks the service for its word that kept music may be kept on; rejects with `premium_required` when it may not, and with any
   * other failure when that cannot be known now. Null: with this service any answer is that word.
   */
  readonly confirm: (() => Promise<void>) | null;
}

export interface LeaseConfirmer {
  /** The service was reached: its word is asked for when it is due. */
  serviceReached(): void;
  /** Its word may be another one than a moment ago: an answer that is still on its way does not count. */
  keepingChanged(): void;
  /** Resolves when nothing is being asked any more. */
  settled(): Promise<void>;
}

/** A word that is younger than this is not asked for again while the lease is valid. */
const CONFIRM_EVERY_MS = 3_600_000;

/** The lease moves on by the service's word alone: a listener who is no longer premium keeps the date of the last one. */
export const createLeaseConfirmer = (options: {
  readonly keeping: Keeping;
  readonly lease: () => Lease;
  readonly renew: () => void;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}): LeaseConfirmer => {
  const { keeping, lease, renew, clock, log } = options;
  const { confirm } = keeping;
  let confirmedAtMs: number | null = null;
  let asking: Promise<void> | null = null;
  let isOutdated = false;

  const isDue = (): boolean => {
    const { state } = lease();
    if (state === 'none') return false;
    return state !== 'valid' || confirmedAtMs === null || clock.now() - confirmedAtMs >= CONFIRM_EVERY_MS;
  };
  const ask = async (question: () => Promise<void>): Promise<void> => {
    try {
      do {
        isOutdated = false;
        await askOnce(question);
      } while (isOutdated);
    } finally {
      asking = null;
    }
  };
  const askOnce = async (question: () => Promise<void>): Promise<void> => {
    try {
      await question();
      confirmedAtMs = clock.now();
      renew();
    } catch (error) {
      if (error instanceof HostFailure && error.code === 'premium_required') return;
      log.info('lease not confirmed', { error });
    }
  };
  const serviceReached = (): void => {
    if (confirm === null) renew();
    else if (asking === null && isDue()) asking = ask(confirm);
  };

  return {
    serviceReached,
    keepingChanged() {
      if (confirm === null) return;
      if (asking === null) serviceReached();
      else isOutdated = true;
    },
    settled: () => asking ?? Promise.resolve(),
  };
};
