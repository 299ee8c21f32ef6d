/** What became of updates: taken without signing in, written before it is acknowledged, counted once. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RATE_LIMITS } from '../../src/catalog/api/access/rate-limits.ts';
import { StoreError, type ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { createServiceUpdates } from '../../src/catalog/updates/service-updates.ts';
import { createUpdateMetering, type UpdateMetering } from '../../src/catalog/updates/update-metering.ts';
import { REPORTS_PREFIX } from '../../src/catalog/updates/update-keys.ts';
import { catalogPaths, problemSchema } from '../../src/contract/catalog-http.ts';
import type { UpdateReport } from '../../src/contract/update-http.ts';
import { keysIn } from '../ads/keys-in.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';

const VERSION = { channel: 'stable', version: '0.2.0' } as const;
const DAY_MS = 86_400_000;

const report = (changes: Partial<UpdateReport> = {}): UpdateReport => ({
  reportId: randomUUID(),
  ...VERSION,
  previousVersion: '0.1.0',
  platform: 'win32',
  arch: 'x64',
  outcome: 'started',
  ...changes,
});
const compact = (metering: UpdateMetering) => metering.compact(new AbortController().signal);

let home: ServiceHome;
beforeEach(async () => {
  home = await openServiceHome();
});
afterEach(() => home.close());

describe('POST /v1/update-reports', () => {
  const send = (service: RunningService, body: unknown): Promise<Response> =>
    service.fetch(catalogPaths.updateReports, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const counts = (version = VERSION) => createUpdateMetering(home.store).counts(version);

  it('counts each report once, on whichever replica it arrives, and keeps versions and channels apart', async () => {
    const one = await home.start();
    const other = await home.start();
    const sent = report({ outcome: 'failed_start' });
    const answers = [
      await send(one, sent),
      await send(other, sent),
      await send(one, { ...sent, reportId: sent.reportId.toUpperCase() }),
      await send(one, report()),
      await send(other, report({ outcome: 'rolled_back' })),
      await send(one, report({ version: '0.3.0-beta.1', channel: 'beta' })),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204, 204]);
    expect(await counts()).toEqual({ started: 1, failed_start: 1, rolled_back: 1 });
    expect(
      await createUpdateMetering(home.store).counts({ channel: 'beta', version: '0.3.0-beta.1' }),
    ).toEqual({
      started: 1,
      failed_start: 0,
      rolled_back: 0,
    });
  });

  it('has written what it acknowledged: a new service over the same store knows it', async () => {
    const before = await home.start();
    const answers = await Promise.all(Array.from({ length: 40 }, () => send(before, report())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    // Nothing was closed or flushed yet.
    expect((await counts()).started).toBe(40);
    expect((await keysIn(home.store, REPORTS_PREFIX)).length).toBeLessThan(40);
    await before.close();

    const after = await home.start();
    await send(after, report());
    expect((await counts()).started).toBe(41);
  });

  it('refuses what is no report, and writes nothing', async () => {
    const service = await home.start();
    const refused: Readonly<Record<string, unknown>> = {
      'no report at all': {},
      'an outcome nobody knows': { ...report(), outcome: 'exploded' },
      'a version that climbs out of its folder': report({ version: '../../catalog/manifests/1.0.0' }),
      'a version in letters that no key has': report({ version: '1.0.0-Beta' }),
      'build metadata': report({ version: '1.0.0+5' }),
      'another channel': { ...report(), channel: 'nightly' },
      'an id that is none': report({ reportId: 'one' }),
      'too much': { ...report(), previousVersion: '1'.repeat(5_000) },
    };
    for (const [what, body] of Object.entries(refused)) {
      const answer = await send(service, body);
      expect([what, problemSchema.parse(await answer.json()).code]).toEqual([what, 'invalid_request']);
    }
    expect(await keysIn(home.store, 'updates/')).toEqual([]);
  });

  it('takes so many from an address, and so many from all', async () => {
    const day = (requests: number) => [{ requests, windowMs: DAY_MS }];
    const limits = { ...DEFAULT_RATE_LIMITS, reports: day(2), allReports: day(3) };
    const service = await home.start({ limits, proxies: 1 });
    const from = async (address: string): Promise<number> => {
      const answer = await service.fetch(catalogPaths.updateReports, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify(report()),
      });
      return answer.status;
    };
    expect([await from('203.0.113.7'), await from('203.0.113.7'), await from('203.0.113.7')]).toEqual([
      204, 204, 429,
    ]);
    expect([await from('203.0.113.8'), await from('203.0.113.9')]).toEqual([204, 429]);
    expect((await counts()).started).toBe(3);
  });

  it('acknowledges nothing that the store did not take', async () => {
    let isAway = true;
    const store: ObjectStore = {
      ...home.store,
      create: async (...parameters) => {
        if (isAway) throw new StoreError('unreachable', 'away', 'It is away.');
        return home.store.create(...parameters);
      },
    };
    const metering = createUpdateMetering(store);
    const reports = [report(), report()];
    const refused = await Promise.allSettled(reports.map((one) => metering.take(one)));
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    await Promise.all(reports.map((one) => metering.take(one)));
    expect((await counts()).started).toBe(2);
  });
});

describe('counting updates', () => {
  let store: ObjectStore;
  let nowMs = Date.UTC(2026, 5, 7, 12);
  const open = (over: ObjectStore = store): UpdateMetering => createUpdateMetering(over, () => nowMs);
  beforeEach(() => {
    store = openStore({ location: home.folder });
    nowMs = Date.UTC(2026, 5, 7, 12);
  });

  it('makes few objects of many, while others report, merge and count', async () => {
    const meterings = [open(), open(), open()];
    for (let round = 1; round <= 4; round += 1) {
      await Promise.all([
        ...meterings.flatMap((metering) => [metering.take(report()), metering.take(report())]),
        ...meterings.map(compact),
        open().counts(VERSION),
      ]);
      expect((await open().counts(VERSION)).started).toBe(round * 6);
    }
    await compact(open());
    expect(await keysIn(store, REPORTS_PREFIX)).toHaveLength(1);
    expect((await open().counts(VERSION)).started).toBe(24);
  });

  it('counts a report once that is sent again on another day', async () => {
    const sent = report();
    await open().take(sent);
    nowMs += 3 * DAY_MS;
    await open().take(sent);
    await compact(open());
    expect(await keysIn(store, REPORTS_PREFIX)).toHaveLength(2);
    expect((await open().counts(VERSION)).started).toBe(1);
  });

  it.each([0, 100])('counts nothing twice when it is killed at deleting, %s days later', async (days) => {
    await open().take(report());
    await open().take(report({ outcome: 'rolled_back' }));
    nowMs += days * DAY_MS;
    const killed = open({
      ...store,
      delete: () => Promise.reject(new StoreError('unreachable', 'cut', 'It was cut.')),
    });
    await expect(compact(killed)).rejects.toThrow('cut');
    expect(await open().counts(VERSION)).toMatchObject({ started: 1, rolled_back: 1 });
    await compact(open());
    expect(await open().counts(VERSION)).toMatchObject({ started: 1, rolled_back: 1 });
    expect(await keysIn(store, 'updates/')).toHaveLength(1);
  });

  it('keeps of a version that nobody reports of any more only its counts', async () => {
    await open().take(report());
    nowMs += 91 * DAY_MS;
    await Promise.all([compact(open()), compact(open())]);
    expect(await keysIn(store, 'updates/')).toEqual(['updates/totals/stable/0.2.0.json']);
    await open().take(report());
    expect((await open().counts(VERSION)).started).toBe(1);
    await compact(open());
    expect(await keysIn(store, REPORTS_PREFIX)).toEqual([]);
  });

  it('does not count around an object that it cannot read', async () => {
    await store.put(`${REPORTS_PREFIX}stable/0.2.0/2026-06-07/${'0'.repeat(64)}.json`, Buffer.from('{'), {
      contentType: 'application/json',
    });
    await expect(open().counts(VERSION)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('merges from time to time in a service that runs, and says that it cannot while the store is away', async () => {
    let isAway = true;
    const over: ObjectStore = {
      ...store,
      list: (...parameters) => {
        if (isAway) throw new StoreError('unreachable', 'away', 'It is away.');
        return store.list(...parameters);
      },
    };
    const updates = createServiceUpdates(over, 10);
    const said: string[] = [];
    const say = (_fields: object, message: string): void => void said.push(message);
    updates.start({ info: say, warn: say, error: say });
    try {
      for (let count = 0; count < 3; count += 1) await updates.take(report());
      await expect.poll(() => said, { timeout: 6_000 }).toContain('update reports cannot be compacted');
      isAway = false;
      await expect.poll(() => keysIn(store, REPORTS_PREFIX), { timeout: 6_000 }).toHaveLength(1);
    } finally {
      await updates.close();
    }
  });
});
