import { describe, expect, test } from 'vitest';
import { revisionKey } from './keys.ts';
import { newestRevision, type ListedStore } from './revision-log.ts';

const LOG = 'catalog/manifests';

/** Lists as both adapters do; tens of thousands of real objects would take minutes to make. */
const logOf = (first: number, last: number) => {
  const keys = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    revisionKey(LOG, first + index),
  );
  const count = { listings: 0, entries: 0 };
  const store: ListedStore = {
    async *list(prefix, { after = '' } = {}) {
      count.listings++;
      for (const key of keys) {
        if (!key.startsWith(prefix) || key <= after) continue;
        count.entries++;
        yield { key, bytes: 2, etag: `"${key}"`, contentType: null, cacheControl: null };
      }
    },
  };
  return { store, count };
};

describe('The newest revision of a long log', () => {
  test.each([1, 2, 999, 1000, 1001, 1999, 2000, 2001, 6789])('%i is found from nothing', async (last) => {
    expect(await newestRevision(logOf(1, last).store, LOG, null)).toMatchObject({ revision: last });
  });

  test('is found from a known one by a single listing', async () => {
    const { store, count } = logOf(1, 1500);
    expect(await newestRevision(store, LOG, 1490)).toMatchObject({ revision: 1500 });
    expect(await newestRevision(store, LOG, 1500)).toMatchObject({ revision: 1500 });
    expect(count).toEqual({ listings: 2, entries: 12 });
  });

  test('takes a few listings among hundreds of thousands, not one for each page', async () => {
    const { store, count } = logOf(1, 200_000);
    expect(await newestRevision(store, LOG, null)).toMatchObject({ revision: 200_000 });
    expect(count.listings).toBeLessThanOrEqual(20);
    expect(count.entries).toBeLessThanOrEqual(2500);
  });

  test('is found although the first thousands were pruned', async () => {
    const { store } = logOf(4000, 7000);
    expect(await newestRevision(store, LOG, null)).toMatchObject({ revision: 7000 });
    expect(await newestRevision(store, LOG, 12)).toMatchObject({ revision: 7000 });
  });

  test('of nothing is nothing', async () => {
    const { store } = logOf(1, 0);
    expect(await newestRevision(store, LOG, null)).toBeNull();
    expect(await newestRevision(store, LOG, 5)).toBeNull();
  });
});
