import { adEventSchema, MOST_AD_EVENTS, type AdEvent } from '../../contract/ads-http.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Clock, Log } from '../ports.ts';
import { createAppendLog } from '../storage/append-log.ts';

/** What became of ads and was not yet taken by the service: on the disk until it is. */
export interface EventOutbox {
  /** On the disk when it resolves; what waits already is not added again. Rejects with `storage_failed`. */
  add(event: AdEvent): Promise<void>;
  /** Sends what waits now, instead of in a minute. */
  sendSoon(): void;
  /** The service answers: what could not be sent is tried again, at most twice a minute. */
  serviceReached(): void;
  /** Resolves when nothing is sent or written any more. */
  settled(): Promise<void>;
}

/** About a month of a listener who is free, has no network for reports, and yet hears ads. */
const MOST_WAITING = 2_000;
/** One request for what a whole break brings. */
const GATHER_MS = 60_000;
const SHORTEST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;

const sameOccasion = (one: AdEvent, other: AdEvent): boolean =>
  one.breakId === other.breakId && one.spotId === other.spotId && one.kind === other.kind;

/**
 * Keeps events in the order they came, sends them in batches, and drops them only when the service has taken them (or says
 * that it never will). An answer that was lost means sending again; the service counts what it has already only once.
 */
export const createEventOutbox = (options: {
  readonly path: string;
  readonly post: ServiceRequests['post'];
  readonly isUnreachable: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
}): EventOutbox => {
  const { post, isUnreachable, clock, log, closing } = options;
  const file = createAppendLog({ path: options.path, schema: adEventSchema, log });
  let waiting: readonly AdEvent[] = [];
  let loading: Promise<void> | null = null;
  let failures = 0;
  let lastTryMs = Number.NEGATIVE_INFINITY;
  let sending: Promise<void> = Promise.resolve();
  let isSending = false;
  let planned: { readonly dueMs: number; readonly cancel: AbortController } | null = null;

  /** Gone from the disk before the next batch goes out; where that fails they are sent again, and counted once. */
  const forget = async (sent: readonly AdEvent[]): Promise<void> => {
    waiting = waiting.filter((event) => !sent.includes(event));
    await file.replace(waiting);
  };

  const sendBatch = async (batch: readonly AdEvent[]): Promise<void> => {
    try {
      await post(catalogPaths.adEvents, { events: batch }, null);
    } catch (error) {
      if (!(error instanceof HostFailure) || error.code !== 'invalid_argument') throw error;
      log.warn('ad events dropped: the service does not take them', { events: batch.length, error });
    }
    await forget(batch);
  };

  const sendAll = async (): Promise<void> => {
    if (isSending || closing.aborted || isUnreachable()) return;
    isSending = true;
    lastTryMs = clock.now();
    try {
      while (waiting.length > 0 && !closing.aborted) await sendBatch(waiting.slice(0, MOST_AD_EVENTS));
      failures = 0;
    } catch (error) {
      if (closing.aborted) return;
      failures += 1;
      log.info('ad events are kept for later', { events: waiting.length, error });
      plan(Math.min(LONGEST_RETRY_MS, SHORTEST_RETRY_MS * 2 ** Math.min(failures - 1, 10)));
    } finally {
      isSending = false;
    }
  };

  const sendWhenDue = async (dueMs: number, cancel: AbortController): Promise<void> => {
    try {
      await clock.wait(Math.max(0, dueMs - clock.now()), AbortSignal.any([cancel.signal, closing]));
    } catch {
      // Planned anew for an earlier time, or the account is closed.
      return;
    }
    planned = null;
    sending = sendAll();
    await sending;
  };

  const plan = (inMs: number): void => {
    const dueMs = clock.now() + inMs;
    if (closing.aborted || waiting.length === 0) return;
    if (planned !== null && planned.dueMs <= dueMs) return;
    planned?.cancel.abort();
    const cancel = new AbortController();
    planned = { dueMs, cancel };
    void sendWhenDue(dueMs, cancel);
  };

  const readFile = async (): Promise<void> => {
    try {
      waiting = (await file.read()).slice(-MOST_WAITING);
    } catch (error) {
      // Asked for again with the next event: nothing is written over what could not be read.
      loading = null;
      throw error;
    }
    plan(GATHER_MS);
  };
  const load = (): Promise<void> => (loading ??= readFile());

  load().catch((error: unknown) => log.error('ad events cannot be read', { error }));
  return {
    async add(event) {
      await load();
      if (waiting.some((other) => sameOccasion(other, event))) return;
      const kept = [...waiting, event];
      waiting = kept.slice(-MOST_WAITING);
      if (kept.length === waiting.length) await file.append(event);
      else {
        log.warn('too many ad events wait: the oldest is dropped', { events: MOST_WAITING });
        await file.replace(waiting);
      }
      plan(failures === 0 ? GATHER_MS : LONGEST_RETRY_MS);
    },
    sendSoon() {
      if (failures === 0) plan(0);
    },
    serviceReached() {
      // The answer may be the one to what is being sent.
      if (!isSending) plan(Math.max(0, lastTryMs + SHORTEST_RETRY_MS - clock.now()));
    },
    async settled() {
      await loading?.catch(() => undefined);
      await sending;
      await file.read().catch(() => undefined);
    },
  };
};
