/** All spots of the store, as a versioned document that services follow. */
import { setTimeout as wait } from 'node:timers/promises';
import { createVersionedDocument, type VersionedDocument } from '../segments/versioned-document.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { SPOTS_LOG } from './ad-keys.ts';
import { spotsSchema, type Spots } from './ad-records.ts';

export const createSpotsDocument = (store: ObjectStore): VersionedDocument<Spots> =>
  createVersionedDocument({ store, log: SPOTS_LOG, schema: spotsSchema });

const LONGEST_BACKOFF_MS = 5 * 60_000;

export interface FollowSpotsOptions {
  /** Each look costs one LIST. */
  readonly intervalMs: number;
  readonly signal: AbortSignal;
  readonly onSpots: (spots: Spots['spots']) => void;
  /** A look that failed; the last known spots stay. Told once for each stretch of failures. */
  readonly onFailure: (error: StoreError) => void;
}

/** Looks at once and then again and again, less often while the store fails. Resolves when the signal aborts. */
export const followSpots = async (
  document: VersionedDocument<Spots>,
  { intervalMs, signal, onSpots, onFailure }: FollowSpotsOptions,
): Promise<void> => {
  let known: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const found = await document.latest(known);
      if (found !== null) {
        known = found.revision;
        onSpots(found.value.spots);
      }
      failures = 0;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      failures += 1;
      if (failures === 1) onFailure(error);
    }
    const pauseMs = Math.max(
      intervalMs,
      Math.min(LONGEST_BACKOFF_MS, intervalMs * 2 ** Math.min(failures, 20)),
    );
    // Replicas that started together must not ask together for ever.
    await wait(pauseMs * (0.9 + Math.random() * 0.2), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
};
