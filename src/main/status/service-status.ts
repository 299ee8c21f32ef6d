import type { HostStatus } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { ServiceOutcome } from '../catalog-client/service-requests.ts';
import type { Clock } from '../ports.ts';

export type ServiceState = HostStatus['service'];

export interface ServiceStatus {
  get(): ServiceState;
  /** Every request to the service says here how it went. */
  report(outcome: ServiceOutcome): void;
  /** Asks now; several callers share one question. Resolves with what came of it, also when that is a failure. */
  check(): Promise<ServiceState>;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Doubles from 1 s to 60 s; spread by a fifth so that a thousand apps do not come back in the same instant. */
export const retryDelayMs = (failures: number, random: number): number =>
  Math.round(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) * (0.8 + 0.4 * random));

/**
 * Whether the catalog service can be reached.
 *
 * unknown ─ answer ─▶ reachable ─ no answer ─▶ unreachable (asks again by itself, ever more seldom) ─ answer ─▶ reachable
 *
 * `onChange` is called when the state, its cause or the time of the next try changes, not on every answer.
 */
export const createServiceStatus = (options: {
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly onChange: () => void;
  readonly random?: () => number;
}): ServiceStatus => {
  const { ask, clock, closing, onChange, random = Math.random } = options;
  let state: ServiceState = { state: 'unknown' };
  let failures = 0;
  let pendingRetry: AbortController | null = null;
  let checking: Promise<ServiceState> | null = null;

  const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

  const cancelRetry = (): void => {
    pendingRetry?.abort();
    pendingRetry = null;
  };

  const retryAfter = async (delayMs: number): Promise<void> => {
    const retry = new AbortController();
    pendingRetry = retry;
    try {
      await clock.wait(delayMs, AbortSignal.any([retry.signal, closing]));
    } catch {
      // Aborted: an answer came, another try was planned, or the host closes.
      return;
    }
    if (pendingRetry === retry) pendingRetry = null;
    await check();
  };

  const report = (outcome: ServiceOutcome): void => {
    if (closing.aborted) return;
    if (outcome.reached) {
      const before = state.state;
      failures = 0;
      cancelRetry();
      state = { state: 'reachable', checkedAt: iso(clock.now()) };
      if (before !== 'reachable') onChange();
      return;
    }
    // Several requests that fail together are one failure: the try already planned stands.
    const cause = outcome.failure.code === 'offline' ? 'offline' : 'service_unreachable';
    if (pendingRetry !== null && state.state === 'unreachable' && state.cause === cause) return;
    cancelRetry();
    failures += 1;
    const delayMs = retryDelayMs(failures, random());
    const now = clock.now();
    const since = state.state === 'unreachable' ? state.since : iso(now);
    state = { state: 'unreachable', cause, since, retryAt: iso(now + delayMs) };
    void retryAfter(delayMs);
    onChange();
  };

  const checkNow = async (): Promise<ServiceState> => {
    cancelRetry();
    try {
      await ask(closing);
    } catch (error) {
      // `ask` has reported its outcome already; what is no answer about the service is a defect.
      if (!(error instanceof HostFailure)) throw error;
    }
    return state;
  };

  const check = (): Promise<ServiceState> => {
    checking ??= checkNow().finally(() => {
      checking = null;
    });
    return checking;
  };

  return { get: () => state, report, check };
};
