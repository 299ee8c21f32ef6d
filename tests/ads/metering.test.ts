/** Counting over a real folder store, by several at once and killed at any step. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAdMetering, type AdMetering } from '../../src/catalog/ads/ad-metering.ts';
import { EVENTS_PREFIX, TOTALS_PREFIX } from '../../src/catalog/ads/ad-keys.ts';
import type { SpotRecord } from '../../src/catalog/ads/ad-records.ts';
import { createServiceAds } from '../../src/catalog/ads/service-ads.ts';
import { createSpotsDocument } from '../../src/catalog/ads/spots-document.ts';
import { LONGEST_WAIT_DAYS } from '../../src/catalog/ads/hearings.ts';
import { StoreError, type ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import type { AdEvent } from '../../src/contract/ads-http.ts';
import { idOf, sha256Of } from '../builders/catalog-records.ts';
import { keysIn } from './keys-in.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const SPOT = 'a'.repeat(20);
const DAY_MS = 86_400_000;
/** On a busy machine soon is later. */
const SOON = { timeout: 15_000, interval: 20 };

const spotRecord = (sender: string): SpotRecord => ({
  id: idOf('ad', sender),
  sender,
  title: 'Title',
  durationMs: 10_000,
  artwork: null,
  link: null,
  weight: 10,
  from: null,
  until: null,
  avoidGenres: [],
  media: { key: 'audio/one.opus', sha256: sha256Of(sender), bytes: 1_000, contentType: 'audio/ogg' },
  loudness: null,
  levelled: false,
  sourceSha256: sha256Of(sender),
  hasEnded: false,
});

let store: ObjectStore;
let nowMs: number;
let metering: AdMetering;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 5, 7, 12);
  store = openStore({ location: await temporaryFolder() });
  await store.check('write');
  metering = createAdMetering(store, () => nowMs);
});

const heard = (kinds: readonly AdEvent['kind'][] = ['impression'], breakId: string = randomUUID()) =>
  kinds.map((kind): AdEvent => ({ breakId, spotId: SPOT, kind, at: new Date(nowMs).toISOString() }));
const keys = (prefix: string): Promise<readonly string[]> => keysIn(store, prefix);
const impressions = async (by: AdMetering = metering): Promise<number> =>
  (await by.counts()).get(SPOT)?.impression ?? 0;
const compact = (by: AdMetering = metering) => by.compact(new AbortController().signal);

describe('counting what listeners heard', () => {
  it('writes nothing new when the same request comes again', async () => {
    const events = heard(['impression', 'complete']);
    await metering.take(events, 'anna');
    await metering.take(events, 'anna');
    await metering.take([...events, ...heard(['click'], events[0]?.breakId)], 'anna');

    expect(await keys(EVENTS_PREFIX)).toHaveLength(2);
    expect((await metering.counts()).get(SPOT)).toMatchObject({ impression: 1, complete: 1, click: 1 });
  });

  it('says how many events do not count because of their time', async () => {
    const old = heard().map((event) => ({ ...event, at: '2020-01-01T00:00:00.000Z' }));
    expect(await metering.take([...heard(), ...old], 'anna')).toEqual({ ignored: 1 });
    expect(await impressions()).toBe(1);
  });

  it('makes one object of many and counts the same, while others report, merge and count', async () => {
    const others = [createAdMetering(store, () => nowMs), createAdMetering(store, () => nowMs)];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        ...Array.from({ length: 8 }, (_, index) => metering.take(heard(), `listener ${index}`)),
        ...others.map(compact),
        compact(),
        impressions(others[0]),
      ]);
      expect(await impressions(others[1])).toBe((round + 1) * 8);
    }
    await compact();
    expect(await keys(EVENTS_PREFIX)).toHaveLength(1);
    expect(await impressions()).toBe(40);
  });

  it('keeps of a day that is over only its counts', async () => {
    await Promise.all([
      metering.take(heard(), 'anna'),
      metering.take(heard(['impression', 'click']), 'bert'),
    ]);
    const day = new Date(nowMs).toISOString().slice(0, 10);
    const late = heard();
    nowMs += (LONGEST_WAIT_DAYS + 3) * DAY_MS;
    await Promise.all([compact(), compact(createAdMetering(store, () => nowMs))]);

    expect(await keys(EVENTS_PREFIX)).toEqual([]);
    expect(await keys(TOTALS_PREFIX)).toEqual([`ads/totals/${day}.json`]);
    expect((await metering.counts()).get(SPOT)).toMatchObject({ impression: 2, click: 1 });
    expect(await metering.take(late, 'late')).toEqual({ ignored: 1 });
  });

  describe('when it is killed between writing and deleting', () => {
    let isCut = true;
    const cut = (whole: ObjectStore): ObjectStore => ({
      ...whole,
      delete: async (keys) => {
        if (isCut) throw new StoreError('unreachable', 'cut', 'It was cut.');
        await whole.delete(keys);
      },
    });
    afterEach(() => {
      isCut = true;
    });

    it.each([0, LONGEST_WAIT_DAYS + 3])(
      'counts nothing twice, %s days later, and finishes the next time',
      async (days) => {
        await metering.take(heard(), 'anna');
        await metering.take(heard(), 'bert');
        nowMs += days * DAY_MS;
        const killed = createAdMetering(cut(store), () => nowMs);
        await expect(compact(killed)).rejects.toThrow('cut');
        expect(await impressions()).toBe(2);

        isCut = false;
        await compact(killed);
        expect(await impressions()).toBe(2);
        const left = await Promise.all([keys(EVENTS_PREFIX), keys(TOTALS_PREFIX)]);
        expect(left.flat()).toHaveLength(1);
      },
    );
  });

  it('does not count around an object that it cannot read', async () => {
    await store.put(`${EVENTS_PREFIX}2026-06-07/${'0'.repeat(64)}.json`, Buffer.from('{'), {
      contentType: 'application/json',
    });
    await expect(metering.counts()).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('a service that runs', () => {
  const run = async (over: ObjectStore) => {
    const ads = createServiceAds(over, { followIntervalMs: 5, compactIntervalMs: 10, nowMs: () => nowMs });
    const warnings: string[] = [];
    ads.start({
      info: () => undefined,
      warn: (_fields, message) => warnings.push(message),
      error: (_fields, message) => warnings.push(message),
    });
    onTestFinished(() => ads.close());
    return { ads, warnings };
  };

  it('merges what comes in from time to time', async () => {
    const { ads } = await run(store);
    for (const listener of ['anna', 'bert', 'cleo']) await ads.take(heard(), listener);
    await expect.poll(() => keys(EVENTS_PREFIX), SOON).toHaveLength(1);
    expect(await impressions()).toBe(3);
  });

  it('goes on with the ads that it knows while the store fails, says so once, and catches up', async () => {
    let isAway = false;
    let looks = 0;
    const { ads, warnings } = await run({
      ...store,
      list: (prefix, options) => {
        looks += 1;
        if (isAway) throw new StoreError('unreachable', 'away', 'It is away.');
        return store.list(prefix, options);
      },
    });
    const document = createSpotsDocument(store);
    await document.update(() => ({ format: 1, spots: [spotRecord('one')] }));
    await expect.poll(() => ads.spots().length, SOON).toBe(1);

    isAway = true;
    // A look that had begun before is over by then.
    await expect.poll(() => warnings, SOON).toContain('ads cannot be followed');
    await document.update((current) => ({
      format: 1,
      spots: [...(current?.spots ?? []), spotRecord('two')],
    }));
    const from = looks;
    await expect.poll(() => looks, SOON).toBeGreaterThan(from + 3);
    expect(ads.spots().map(({ sender }) => sender)).toEqual(['one']);
    expect(warnings.filter((message) => message === 'ads cannot be followed')).toHaveLength(1);

    isAway = false;
    await expect.poll(() => ads.spots().length, SOON).toBe(2);
  });
});
