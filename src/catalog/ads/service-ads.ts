/** The ads of one service: follows the spots, answers from memory, counts what is reported. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AdEvent, AdReport } from '../../contract/ads-http.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { createAdMetering } from './ad-metering.ts';
import type { SpotRecord } from './ad-records.ts';
import { adReportOf } from './ad-report.ts';
import { createSpotsDocument, followSpots } from './spots-document.ts';

/** Where what cannot be answered to anybody is said. */
export interface ServiceAdsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ServiceAds {
  /** All that there ever were, as last seen. */
  spots(): readonly SpotRecord[];
  /** Whether a picture belongs to a spot. */
  hasArtwork(artworkId: string): boolean;
  take(events: readonly AdEvent[], listenerId: string): Promise<{ readonly ignored: number }>;
  report(): Promise<AdReport>;
  /** Follows and compacts from now on, until `close`. */
  start(log: ServiceAdsLog): void;
  close(): Promise<void>;
}

/** Campaigns do not begin on the second. */
const FOLLOW_INTERVAL_MS = 30_000;
const COMPACT_INTERVAL_MS = 3_600_000;

export const createServiceAds = (
  store: ObjectStore,
  options: {
    readonly followIntervalMs?: number;
    readonly compactIntervalMs?: number;
    readonly nowMs?: () => number;
  } = {},
): ServiceAds => {
  const { followIntervalMs = FOLLOW_INTERVAL_MS, compactIntervalMs = COMPACT_INTERVAL_MS } = options;
  const document = createSpotsDocument(store);
  const metering = createAdMetering(store, options.nowMs);
  const stopping = new AbortController();
  const { signal } = stopping;
  let spots: readonly SpotRecord[] = [];
  let artworkIds: ReadonlySet<string> = new Set();
  let running: Promise<unknown> = Promise.resolve();

  const compactNow = async (log: ServiceAdsLog): Promise<void> => {
    try {
      const { removed } = await metering.compact(signal);
      if (removed > 0) log.info({ objects: removed }, 'ad events compacted');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn({ err: error }, 'ad events cannot be compacted');
    }
  };

  const compactNowAndThen = async (log: ServiceAdsLog): Promise<void> => {
    while (!signal.aborted) {
      // Spread, so that replicas seldom do the same work twice.
      await wait(compactIntervalMs * (0.5 + Math.random()), undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      if (!signal.aborted) await compactNow(log);
    }
  };

  return {
    spots: () => spots,
    hasArtwork: (artworkId) => artworkIds.has(artworkId),
    take: (events, listenerId) => metering.take(events, listenerId),
    async report() {
      const newest = await document.latest();
      return adReportOf(newest?.value.spots ?? [], await metering.counts());
    },
    start(log) {
      const follow = followSpots(document, {
        intervalMs: followIntervalMs,
        signal,
        onSpots(found) {
          spots = found;
          artworkIds = new Set(found.flatMap(({ artwork }) => (artwork === null ? [] : [artwork.id])));
          log.info({ spots: found.filter(({ hasEnded }) => !hasEnded).length }, 'ads read');
        },
        onFailure: (error) => log.warn({ err: error }, 'ads cannot be followed'),
      });
      // Only a defect ends either; the music is served on.
      running = Promise.all([follow, compactNowAndThen(log)]).catch((error: unknown) =>
        log.error({ err: error }, 'ads are no longer followed'),
      );
    },
    async close() {
      stopping.abort();
      await running;
    },
  };
};
