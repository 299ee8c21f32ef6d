/** Counting over a real folder store, by several at once and killed at any step. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdMetering, type AdMetering } from '../../src/catalog/ads/ad-metering.ts';
import { EVENTS_PREFIX, TOTALS_PREFIX } from '../../src/catalog/ads/ad-keys.ts';
import { LONGEST_WAIT_DAYS } from '../../src/catalog/ads/hearings.ts';
import { StoreError, type ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import type { AdEvent } from '../../src/contract/ads-http.ts';
import { keysIn } from './keys-in.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const SPOT = 'a'.repeat(20);
const DAY_MS = 86_400_000;

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
