import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entitlementOf } from '../../core/entitlement/entitlement.ts';
import type { Me } from '../../contract/account-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { systemClock } from '../ports.ts';
import type { Tokens } from '../session/session-contract.ts';
import {
  SERVICE_INFO,
  startServiceStandIn,
  type ServiceStandIn,
} from '../../../tests/host/service-stand-in.ts';
import { trackIdFor } from '../../../tests/host/track-cache-fixture.ts';
import { createCatalogClient, type CatalogClient } from './catalog-client.ts';
import { connectionFailure } from './request-failure.ts';
import { createServiceRequests, type ServiceOutcome, type ServiceRequests } from './service-requests.ts';

const problem = (status: number, code: string) => ({
  status,
  json: { type: 'about:blank', title: 'No', status, code },
  headers: { 'content-type': 'application/problem+json' },
});
const emptyPage = { items: [], nextCursor: null, total: 0 };

describe('the catalog client', () => {
  let service: ServiceStandIn;
  let outcomes: ServiceOutcome[];
  let closing: AbortController;
  let client: CatalogClient;

  const connect = (serviceUrl: string, timeoutMs = 10_000): CatalogClient =>
    createCatalogClient(
      createServiceRequests({
        serviceUrl,
        fetch: globalThis.fetch,
        clock: systemClock,
        isOnline: () => true,
        onOutcome: (outcome) => outcomes.push(outcome),
        closing: closing.signal,
        timeoutMs,
      }),
    );

  beforeEach(async () => {
    service = await startServiceStandIn();
    outcomes = [];
    closing = new AbortController();
    client = connect(service.url);
  });
  afterEach(() => service.close());

  it('asks every path with its parameters, and only those that were given', async () => {
    service.answer('/v1/albums', { json: emptyPage });
    service.answer(`/v1/artists/${trackIdFor('a')}/tracks`, { json: emptyPage });
    service.answer('/v1/genres/neue-musik/albums', { json: emptyPage });

    await client.albums({ order: 'newest', limit: 10 });
    await client.artistTracks({ id: trackIdFor('a'), cursor: 'über/=' });
    await client.genreAlbums({ id: 'neue-musik' });

    expect(service.asked).toEqual([
      '/v1/albums?limit=10&order=newest',
      `/v1/artists/${trackIdFor('a')}/tracks?cursor=%C3%BCber%2F%3D`,
      '/v1/genres/neue-musik/albums',
    ]);
  });

  it('keeps a path prefix of the service', async () => {
    service.answer('/music/v1/service', { json: SERVICE_INFO });

    expect(await connect(`${service.url}/music/`).service()).toEqual(SERVICE_INFO);
  });

  it('asks again with the entity tag and takes 304 for the reply it has', async () => {
    service.answer(
      '/v1/albums',
      { json: { ...emptyPage, total: 7 }, headers: { etag: '"seven"' } },
      { status: 304 },
    );

    await client.albums({});
    const again = await client.albums({});

    expect(again.total).toBe(7);
    expect(service.headers.map((headers) => headers['if-none-match'])).toEqual([undefined, '"seven"']);
  });

  it('tries once more when the connection breaks', async () => {
    service.answer('/v1/service', { hangUp: true }, { json: SERVICE_INFO });

    expect(await client.service()).toEqual(SERVICE_INFO);

    expect(service.asked).toHaveLength(2);
    expect(outcomes).toEqual([{ reached: true }]);
  });

  it('gives up after the second try and says that the service cannot be reached', async () => {
    service.answer('/v1/service', { hangUp: true });

    await expect(client.service()).rejects.toMatchObject({ code: 'service_unreachable' });

    expect(service.asked).toHaveLength(2);
    expect(outcomes).toMatchObject([{ reached: false }]);
  });

  it('does not wait for ever, nor ask a silent service twice', async () => {
    service.answer('/v1/service', { silent: true });

    await expect(connect(service.url, 300).service()).rejects.toMatchObject({ code: 'service_unreachable' });

    expect(service.asked).toHaveLength(1);
  });

  it.each([
    [problem(404, 'not_found'), 'not_found', true],
    [problem(400, 'invalid_request'), 'invalid_argument', true],
    [problem(401, 'sign_in_required'), 'sign_in_required', true],
    [{ status: 401 }, 'sign_in_required', true],
    [problem(403, 'forbidden'), 'forbidden', true],
    [problem(403, 'premium_required'), 'premium_required', true],
    [problem(429, 'too_many_requests'), 'too_many_requests', true],
    [problem(410, 'gone'), 'gone', true],
    [{ status: 429 }, 'too_many_requests', true],
    [problem(500, 'internal'), 'service_unreachable', true],
    [problem(503, 'not_ready'), 'service_unreachable', false],
    [{ status: 502, body: '<html>Bad gateway' }, 'service_unreachable', false],
    [{ status: 404, body: 'no JSON' }, 'not_found', true],
    [{ status: 200, body: '<html>Log in to the hotel network' }, 'service_unreachable', false],
    [{ status: 200, json: { name: 'lacks the rest' } }, 'service_unreachable', true],
  ])('turns the answer %j into %s', async (answer, code, reached) => {
    service.answer('/v1/service', answer);

    await expect(client.service()).rejects.toMatchObject({ name: 'HostFailure', code });

    expect(outcomes.map((outcome) => outcome.reached)).toEqual([reached]);
  });

  it('stops waiting when the host closes, and blames nobody', async () => {
    service.answer('/v1/service', { silent: true });
    const answer = client.service();
    closing.abort();

    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });

    expect(outcomes).toEqual([]);
  });
});

describe('the catalog client of somebody who is signed in', () => {
  const ME: Me = {
    id: 'ada',
    name: 'Ada',
    tier: 'free',
    roles: [],
    entitlement: entitlementOf('free'),
    upgradeUrl: null,
  };
  let service: ServiceStandIn;
  let outcomes: ServiceOutcome[];
  let tiers: string[];
  let renewals: string[];
  let client: CatalogClient;
  let requests: ServiceRequests;

  const connect = (tokens: Tokens): void => {
    requests = createServiceRequests({
      serviceUrl: service.url,
      fetch: globalThis.fetch,
      clock: systemClock,
      isOnline: () => true,
      onOutcome: (outcome) => outcomes.push(outcome),
      tokens,
      onTier: (tier) => tiers.push(tier),
      closing: new AbortController().signal,
    });
    client = createCatalogClient(requests);
  };
  const shown = (): readonly unknown[] => service.headers.map(({ authorization }) => authorization);

  beforeEach(async () => {
    service = await startServiceStandIn();
    outcomes = [];
    tiers = [];
    renewals = [];
    connect({
      access: async () => 'first',
      renewAfter: async (refused) => {
        renewals.push(refused);
        return 'second';
      },
    });
    service.answer('/v1/me', { json: ME, headers: { 'riffle-tier': 'free' } });
  });
  afterEach(() => service.close());

  it('says who asks, except where the service speaks to everybody', async () => {
    expect(await client.me()).toEqual(ME);
    await client.service();

    expect(shown()).toEqual(['Bearer first', undefined]);
    expect(tiers).toEqual(['free']);
  });

  it('renews a token that is refused, and asks once more', async () => {
    service.answer('/v1/me', problem(401, 'sign_in_required'), { json: ME });

    expect(await client.me()).toEqual(ME);

    expect(shown()).toEqual(['Bearer first', 'Bearer second']);
    expect(renewals).toEqual(['first']);
    expect(outcomes.every(({ reached }) => reached)).toBe(true);
  });

  it('asks no third time', async () => {
    service.answer('/v1/me', problem(401, 'sign_in_required'));

    await expect(client.me()).rejects.toMatchObject({ code: 'sign_in_required' });

    expect(service.asked).toHaveLength(2);
  });

  it.each(['sign_in_required', 'offline', 'storage_failed'] as const)(
    'hands on that no token can be had (%s), and blames the service for nothing',
    async (code) => {
      const none = (): Promise<never> => Promise.reject(new HostFailure(code, 'none'));
      connect({ access: none, renewAfter: none });

      await expect(client.me()).rejects.toMatchObject({ code });

      expect(service.asked).toEqual([]);
      expect(outcomes).toEqual([]);
    },
  );

  it('shows nothing to a service without sign-in', async () => {
    connect({ access: async () => null, renewAfter: async () => null });

    await client.me();

    expect(shown()).toEqual([undefined]);
  });

  it('waits as long as the service says when that is short, once', async () => {
    service.answer(
      '/v1/me',
      { ...problem(429, 'too_many_requests'), headers: { 'retry-after': '0' } },
      { json: ME },
    );
    expect(await client.me()).toEqual(ME);

    service.answer('/v1/me', { ...problem(429, 'too_many_requests'), headers: { 'retry-after': '60' } });
    await expect(client.me()).rejects.toMatchObject({ code: 'too_many_requests' });

    expect(service.asked).toHaveLength(3);
  });

  it('says of no answer which invitation or which link was asked for', async () => {
    for (const path of ['/v1/shares/s3cret', '/v1/invitations/s3cret']) {
      for (const answer of [{ json: {} }, { status: 200, body: 'no JSON' }]) {
        service.answer(path, answer);
        const failure = await requests.get(path, z.object({ name: z.string() })).catch(String);
        expect(failure).toContain('is not');
        expect(failure).not.toContain('s3cret');
      }
    }
  });

  it('asks for audio to play or to keep, in the quality that is wanted', async () => {
    const id = trackIdFor('a');
    service.answer(`/v1/tracks/${id}/media`, {
      json: {
        url: 'https://edge.example/x',
        expiresAt: '2026-01-01T00:00:00.000Z',
        contentType: 'audio/mp4',
        bytes: 1,
        sha256: '0'.repeat(64),
        quality: 'normal',
      },
    });

    await client.trackMedia(id);
    expect(await client.trackMedia(id, { purpose: 'keep', quality: 'normal' })).toMatchObject({
      quality: 'normal',
    });

    expect(service.asked).toEqual([
      `/v1/tracks/${id}/media`,
      `/v1/tracks/${id}/media?purpose=keep&quality=normal`,
    ]);
  });

  it('sends what it has to say, and takes an answer without content', async () => {
    service.answer('/v1/me/lease', { json: ME });
    service.answer('/v1/ads/events', { status: 204 });

    expect(await client.lease()).toEqual(ME);
    expect(await requests.post('/v1/ads/events', { events: [] }, null)).toBeNull();

    expect(service.headers.map((headers) => headers['content-type'])).toEqual([
      'application/json',
      'application/json',
    ]);
    expect(shown()).toEqual(['Bearer first', 'Bearer first']);
  });
});

describe('connectionFailure', () => {
  const withCode = (code: string) => Object.assign(new Error('failed'), { code });

  it.each([
    ['https://music.example', 'ECONNREFUSED', true, 'service_unreachable'],
    ['https://music.example', 'ENOTFOUND', true, 'service_unreachable'],
    ['https://music.example', 'ENOTFOUND', false, 'offline'],
    ['https://music.example', 'ENETUNREACH', true, 'offline'],
    ['https://music.example', 'EAI_AGAIN', true, 'offline'],
    ['http://127.0.0.1:4750', 'ECONNREFUSED', false, 'service_unreachable'],
    ['http://localhost:4750', 'ECONNREFUSED', false, 'service_unreachable'],
  ])('calls %s failing with %s (network: %s) %s', (url, code, isOnline, expected) => {
    const failure = new TypeError('fetch failed', { cause: withCode(code) });
    expect(connectionFailure(url, failure, isOnline).code).toBe(expected);
  });
});
