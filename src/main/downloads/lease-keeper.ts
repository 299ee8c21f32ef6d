import { z } from 'zod';
import { leaseAt, renewed, timePassed, type LeaseState } from '../../core/offline/lease.ts';
import type { Lease } from '../../contract/offline.ts';
import type { Clock, Log } from '../ports.ts';
import type { JsonDocument } from '../storage/json-document.ts';

export const leaseSchema = z.object({ renewedAtMs: z.number(), latestSeenMs: z.number() });

export interface LeaseKeeper {
  /** What it is now, given that something is kept. */
  get(): Exclude<Lease, { readonly state: 'none' }>;
  isOver(): boolean;
  /** The service gave its word that music may be kept on. */
  renew(): void;
  /** So much time has passed while the app ran. */
  tick(elapsedMs: number): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/** A renewal that moves the date by less is not written. */
const WRITE_EVERY_MS = 3_600_000;

/**
 * Owns the lease of kept music. It is written at the start, when it is renewed after an hour or more, and with each tick, and only
 * while `isNeeded`; a write that fails is logged and made up for by the next one. When the document is lost, the lease runs from
 * `fallbackMs`, the last moment at which the catalog is known to have answered.
 */
export const createLeaseKeeper = async (options: {
  readonly document: JsonDocument<LeaseState>;
  readonly fallbackMs: number;
  readonly isNeeded: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<LeaseKeeper> => {
  const { document, fallbackMs, isNeeded, clock, log } = options;
  let written: LeaseState | null = null;
  let writing: Promise<void> = Promise.resolve();
  try {
    written = await document.read();
  } catch (error) {
    log.error('lease could not be read', { error });
  }
  let state = written ?? { renewedAtMs: fallbackMs, latestSeenMs: fallbackMs };

  const write = (): void => {
    const value = state;
    if (
      !isNeeded() ||
      (written?.renewedAtMs === value.renewedAtMs && written.latestSeenMs === value.latestSeenMs)
    )
      return;
    writing = document.write(value).then(
      () => {
        written = value;
      },
      (error: unknown) => log.warn('lease could not be written', { error }),
    );
  };

  const standing = () => leaseAt(state, clock.now());

  state = timePassed(state, clock.now(), 0);
  write();

  return {
    get() {
      const { state: kind, validUntilMs } = standing();
      return { state: kind, validUntil: new Date(validUntilMs).toISOString() };
    },
    isOver: () => standing().state === 'over',
    renew() {
      const before = state;
      const wasValid = standing().state === 'valid';
      state = renewed(clock.now());
      const movedByMs = Math.abs(state.renewedAtMs - (written?.renewedAtMs ?? 0));
      const wentBack = state.latestSeenMs < before.latestSeenMs;
      if (!wasValid || wentBack || movedByMs >= WRITE_EVERY_MS) write();
    },
    tick(elapsedMs) {
      state = timePassed(state, clock.now(), elapsedMs);
      write();
    },
    settled: () => writing,
  };
};
