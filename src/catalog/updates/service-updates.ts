/** The counting of one service: takes reports, and merges them from time to time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { UpdateReport } from '../../contract/update-http.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { createUpdateMetering } from './update-metering.ts';

/** Where what cannot be answered to anybody is said. */
interface ServiceUpdatesLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ServiceUpdates {
  /** Written when it resolves. */
  take(report: UpdateReport): Promise<void>;
  /** Compacts from now on, until `close`. */
  start(log: ServiceUpdatesLog): void;
  close(): Promise<void>;
}

const COMPACT_INTERVAL_MS = 3_600_000;

export const createServiceUpdates = (
  store: ObjectStore,
  compactIntervalMs: number = COMPACT_INTERVAL_MS,
): ServiceUpdates => {
  const metering = createUpdateMetering(store);
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<unknown> = Promise.resolve();

  const compactNow = async (log: ServiceUpdatesLog): Promise<void> => {
    try {
      const { removed } = await metering.compact(signal);
      if (removed > 0) log.info({ objects: removed }, 'update reports compacted');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn({ err: error }, 'update reports cannot be compacted');
    }
  };

  const compactNowAndThen = async (log: ServiceUpdatesLog): Promise<void> => {
    while (!signal.aborted) {
      // Spread, so that replicas seldom do the same work twice.
      await wait(compactIntervalMs * (0.5 + Math.random()), undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      if (!signal.aborted) await compactNow(log);
    }
  };

  return {
    take: (report) => metering.take(report),
    start(log) {
      // Only a defect ends it; reports are taken on.
      running = compactNowAndThen(log).catch((error: unknown) =>
        log.error({ err: error }, 'update reports are no longer compacted'),
      );
    },
    async close() {
      stopping.abort();
      await running;
    },
  };
};
