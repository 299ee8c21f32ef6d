/** One create-only put that is told the truth about, whatever becomes of answers on the way. */
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError, type ObjectStore } from '../store/object-store.ts';

export interface NewRevision {
  readonly store: Pick<ObjectStore, 'create' | 'getBytes'>;
  readonly key: string;
  readonly bytes: Uint8Array;
  /** Whether what lies there was written by this very call: it carries an id that nobody else has. */
  readonly isOurs: (bytes: Uint8Array) => boolean;
}

const MOST_FAILURES = 4;

/** Milliseconds to wait before trying for so many times again: at random, so that writers part. */
export const jitterMs = (round: number): number =>
  Math.random() * Math.min(1000, 10 * 2 ** Math.min(round, 10));

/** Says who wrote the revision: we, or another. Throws a `StoreError`; after `unreachable` it may have been written or not. */
export const createRevision = async ({
  store,
  key,
  bytes,
  isOurs,
}: NewRevision): Promise<'ours' | 'lost'> => {
  for (let failures = 0; ;) {
    try {
      const isCreated = await store.create(key, bytes, { contentType: 'application/json' });
      if (isCreated) return 'ours';
      if (failures === 0) return 'lost';
      // A create whose answer was lost may have been carried out after all, even long after.
      const there = await store.getBytes(key);
      return there !== null && isOurs(there) ? 'ours' : 'lost';
    } catch (error) {
      const mayPass = error instanceof StoreError && error.code === 'unreachable';
      if (!mayPass || ++failures === MOST_FAILURES) throw error;
      await wait(jitterMs(failures + 3));
    }
  }
};
