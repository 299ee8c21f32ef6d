/** Ads over the real service: published from a folder, chosen for free listeners, heard by the app, counted for operators. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpotsDocument } from '../../src/catalog/ads/spots-document.ts';
import { publishAds } from '../../src/catalog/ads/publish-ads.ts';
import { adBreakSchema, adReportSchema, type AdBreak, type AdEvent } from '../../src/contract/ads-http.ts';
import { catalogPaths, problemSchema } from '../../src/contract/catalog-http.ts';
import { createAds } from '../../src/main/ads/ads.ts';
import { createServiceRequests } from '../../src/main/catalog-client/service-requests.ts';
import { systemClock } from '../../src/main/ports.ts';
import { idOf, trackRecord } from '../builders/catalog-records.ts';
import {
  eventually,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { startFaultyProxy } from '../contract/faulty-proxy.ts';
import { handClock } from '../host/hand-clock.ts';
import { recordLog } from '../host/silent-log.ts';

const DEMO_ADS = new URL('../../assets/demo-ads/', import.meta.url).pathname;
const TRACK = idOf('track', 'Flussabwärts/Kiesbett');
type Asker = 'free' | 'premium' | 'operator';

let home: ServiceHome;
let service: RunningService;
let tokens: Readonly<Record<Asker, string>>;
const closing: (() => Promise<unknown>)[] = [];

/** An issuer that signs whatever a test wants to be said of somebody. */
const startIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }];
  let issuer = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const isKeys = request.url === '/keys';
    response.end(JSON.stringify(isKeys ? { keys } : { issuer, jwks_uri: `${issuer}/keys` }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(async () => server.close().closeAllConnections());
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokenFor = (subject: string, groups: readonly string[]): Promise<string> =>
    new SignJWT({ groups })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience('catalog')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return { issuer, tokenFor };
};

beforeAll(async () => {
  home = await openServiceHome();
  await home.publish([trackRecord('Kiesbett', { genres: ['Jazz'] })]);
  await publishAds({ folder: DEMO_ADS, store: home.store, ffmpegCommand: 'there-is-none' });
  const { issuer, tokenFor } = await startIssuer();
  tokens = {
    free: await tokenFor('anna', []),
    premium: await tokenFor('bert', ['premium']),
    operator: await tokenFor('cleo', ['operator']),
  };
  service = await home.start({
    limits: null,
    signIn: {
      mode: {
        kind: 'issuer',
        issuer,
        clientId: 'riffle',
        audience: 'catalog',
        scope: 'openid',
        resource: null,
        claims: {
          tier: { claim: 'groups', premium: ['premium'] },
          roles: { claim: 'groups', operator: ['operator'] },
          name: null,
        },
      },
    },
  });
});
afterAll(async () => {
  await home.close();
  for (const close of closing) await close();
});

const post = (path: string, body: unknown, asker: Asker = 'free'): Promise<Response> =>
  service.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[asker]}` },
    body: JSON.stringify(body),
  });
const chooseBreak = async (more: object = {}, asker: Asker = 'free'): Promise<AdBreak> => {
  const body = { breakId: crypto.randomUUID(), afterTrackId: TRACK, ...more };
  const response = await post(catalogPaths.adBreak, body, asker);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return adBreakSchema.parse(await response.json());
};
/** The service has read the ads by now. */
const firstBreak = (): Promise<AdBreak> =>
  eventually(async () => {
    const found = await chooseBreak();
    return found.spots.length > 0 ? found : null;
  });
const impression = (breakId: string, spotId: string): AdEvent => ({
  breakId,
  spotId,
  kind: 'impression',
  at: new Date().toISOString(),
});
const report = async () => {
  const response = await service.fetch(catalogPaths.adReport, {
    headers: { authorization: `Bearer ${tokens.operator}` },
  });
  expect(response.status).toBe(200);
  return adReportSchema.parse(await response.json()).spots;
};
const impressionsOf = async (spotId: string): Promise<number> =>
  (await report()).find((spot) => spot.spotId === spotId)?.counts.impression ?? -1;

describe('ads of the service', () => {
  it('gives a free listener both spots, each at a signed address of its own, and the pictures', async () => {
    const { spots } = await firstBreak();
    expect(spots.map(({ sender }) => sender).sort()).toEqual(['Hafenfest Duisburg', 'Riffle']);
    for (const { media, artwork } of spots) {
      const audio = await fetch(media.url);
      expect([audio.status, (await audio.bytes()).length]).toEqual([200, media.bytes]);
      expect((await service.fetch(`/v1/artwork/${artwork?.id ?? ''}/256`)).status).toBe(302);
      expect((await fetch(media.url.replace(/signature=./, 'signature=_'))).status).toBe(403);
    }
  });

  it('gives the same break again when its answer was lost', async () => {
    const { breakId, spots } = await firstBreak();
    const again = await chooseBreak({ breakId });
    expect(again.spots.map(({ id }) => id)).toEqual(spots.map(({ id }) => id));
  });

  it('gives premium listeners none, and lets nobody ask or report without a token', async () => {
    await firstBreak();
    expect((await chooseBreak({}, 'premium')).spots).toEqual([]);
    for (const path of [catalogPaths.adBreak, catalogPaths.adEvents]) {
      const response = await service.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ breakId: crypto.randomUUID(), afterTrackId: null, events: [] }),
      });
      expect(problemSchema.parse(await response.json())).toMatchObject({
        status: 401,
        code: 'sign_in_required',
      });
    }
    for (const asker of ['free', 'premium'] as const) {
      const response = await service.fetch(catalogPaths.adReport, {
        headers: { authorization: `Bearer ${tokens[asker]}` },
      });
      expect(response.status).toBe(403);
    }
  });

  it.each([
    ['no uuid for a break', catalogPaths.adBreak, { breakId: '1', afterTrackId: null }],
    ['no id for a track', catalogPaths.adBreak, { breakId: crypto.randomUUID(), afterTrackId: '../x' }],
    ['no events', catalogPaths.adEvents, { events: [] }],
    [
      'a kind that there is not',
      catalogPaths.adEvents,
      { events: [{ ...impression(crypto.randomUUID(), TRACK), kind: 'seen' }] },
    ],
    [
      'too many events',
      catalogPaths.adEvents,
      { events: Array.from({ length: 201 }, () => impression(crypto.randomUUID(), TRACK)) },
    ],
  ])('refuses %s', async (_what, path, body) => {
    const response = await post(path, body);
    expect(problemSchema.parse(await response.json())).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
  });

  it('counts what the app reports once, though the answer was lost, and only for spots that there are', async () => {
    const { breakId, spots } = await firstBreak();
    const [spot] = spots;
    if (spot === undefined) throw new Error('no spot');
    const before = await impressionsOf(spot.id);
    const proxy = await startFaultyProxy(service.url);
    closing.push(() => proxy.close());
    const folder = await mkdtemp(join(tmpdir(), 'riffle-app-ads-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const stop = new AbortController();
    const clock = handClock();
    const log = recordLog();
    const ads = createAds({
      folder,
      post: createServiceRequests({
        serviceUrl: proxy.endpoint,
        fetch,
        clock: systemClock,
        isOnline: () => true,
        onOutcome: () => undefined,
        closing: stop.signal,
        tokens: { access: async () => tokens.free, renewAfter: async () => tokens.free },
      }).post,
      fetch,
      isUnreachable: () => false,
      closing: stop.signal,
      // The service only counts what happened about now.
      clock: { ...clock, now: () => Date.now() },
      log,
    });
    closing.push(() => ads.close());

    proxy.misbehave('POST', [{ kind: 'lose_answer' }, { kind: 'lose_answer' }, { kind: 'lose_answer' }]);
    await ads.api.report({ breakId, spotId: spot.id, kind: 'impression' });
    await eventually(() => (clock.waiting() > 0 ? true : null));
    await eventually(async () => {
      await clock.advance(30_000);
      return log.lines.length > 0 && proxy.requests.length > 3 ? true : null;
    });
    expect(await impressionsOf(spot.id)).toBe(before + 1);

    const unknown = '0'.repeat(20);
    expect((await post(catalogPaths.adEvents, { events: [impression(breakId, unknown)] })).status).toBe(204);
    expect((await report()).map(({ spotId }) => spotId)).not.toContain(unknown);
    stop.abort();
  });

  it('follows what is published and what ends, without a restart', async () => {
    await firstBreak();
    const document = createSpotsDocument(home.store);
    const jazz = { id: 'jazz', name: 'Jazz' };
    await document.update((current) => ({
      format: 1,
      spots: (current?.spots ?? []).map((spot, index) =>
        index === 0 ? { ...spot, avoidGenres: [jazz] } : { ...spot, hasEnded: true },
      ),
    }));
    await eventually(async () => ((await chooseBreak()).spots.length === 0 ? true : null));
    // After other music, or none, it fits.
    expect((await chooseBreak({ afterTrackId: null })).spots).toHaveLength(1);
    // What has ended is still counted.
    expect(await report()).toHaveLength(2);
  });
});
