/** How much one asker may ask: a person never notices, a scraper does. */
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { COGNITO_CLAIMS } from '../../src/catalog/api/access/claim-mapping.ts';
import { DEFAULT_RATE_LIMITS, type RateLimits } from '../../src/catalog/api/access/rate-limits.ts';
import { problemSchema } from '../../src/contract/catalog-http.ts';
import { albumWithTracks, idOf } from '../builders/catalog-records.ts';
import {
  bearing,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { startCognitoLikeIssuer, type CognitoLikeIssuer } from '../fakes/cognito-like-issuer.ts';

const TRACK = idOf('track', 'Flussabwärts/Kiesbett');
const HOUR_MS = 3_600_000;
const few = (requests: number) => [{ requests, windowMs: HOUR_MS }];
const LIMITS: RateLimits = {
  address: few(6),
  account: few(5),
  media: few(2),
  previews: [],
  crashes: few(1),
  matches: few(1),
  heavy: few(1),
  refused: few(3),
  reports: few(2),
  allReports: few(3),
};

let issuer: CognitoLikeIssuer;
let home: ServiceHome;
let service: RunningService;
beforeAll(async () => {
  issuer = await startCognitoLikeIssuer();
  home = await openServiceHome();
  await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
});
afterEach(() => service.close());
afterAll(async () => {
  await home.close();
  await issuer.close();
});

const start = async (limits: RateLimits, proxies = 0): Promise<void> => {
  service = await home.start({
    limits,
    proxies,
    signIn: {
      mode: {
        kind: 'issuer',
        issuer: issuer.issuer,
        clientId: issuer.clientId,
        audience: null,
        scope: 'openid',
        resource: null,
        claims: COGNITO_CLAIMS,
      },
    },
  });
};
const tokenOf = (sub: string): Promise<string> =>
  issuer.sign(issuer.accessClaims({ sub, username: sub, groups: ['premium'] }));

const statuses = async (count: number, ask: () => Promise<Response>): Promise<readonly number[]> => {
  const all: number[] = [];
  for (let asked = 0; asked < count; asked++) all.push((await ask()).status);
  return all;
};

describe('an account', () => {
  it('gets so much and no more, says when to ask again, and takes nothing from another', async () => {
    await start(LIMITS);
    const [lene, otto] = [await tokenOf('lene'), await tokenOf('otto')];
    const home = (token: string) => () => service.fetch('/v1/home', bearing(token));
    expect(await statuses(6, home(lene))).toEqual([200, 200, 200, 200, 200, 429]);
    const again = await home(await tokenOf('lene'))();
    expect(again.status).toBe(429);
    const seconds = Number(again.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3000);
    expect(seconds).toBeLessThanOrEqual(3600);
    expect(problemSchema.parse(await again.json()).code).toBe('too_many_requests');
    expect(await statuses(2, home(otto))).toEqual([200, 200]);

    const media = () => service.fetch(`/v1/tracks/${TRACK}/media`, bearing(otto));
    expect(await statuses(3, media)).toEqual([200, 200, 429]);
  });
});

describe('an address', () => {
  it('may try so many tokens out; who has a good one is not stopped with it', async () => {
    await start({ ...LIMITS, account: few(50) });
    const lene = await tokenOf('lene');
    const ask = (token: string) => () => service.fetch('/v1/home', bearing(token));
    expect(await statuses(1, ask(lene))).toEqual([200]);
    expect(await statuses(5, ask('made-up'))).toEqual([401, 401, 401, 429, 429]);
    expect(await statuses(1, ask(lene))).toEqual([200]);
    expect(await statuses(1, ask(await tokenOf('otto')))).toEqual([429]);
  });

  it('is the one that the proxies vouch for, and no other that a client writes down', async () => {
    await start(LIMITS, 1);
    let turn = 0;
    const from = (address: string) => () =>
      service.fetch('/v1/service', { headers: { 'x-forwarded-for': `10.0.0.${(turn += 1)}, ${address}` } });
    expect(await statuses(7, from('203.0.113.7'))).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect(await statuses(1, from('203.0.113.8'))).toEqual([200]);
    // What probes the service and what has a signed address is not counted.
    expect(await statuses(8, () => service.fetch('/health/live'))).not.toContain(429);
  });
});

it('lets a person type fast, scroll a long list, and keep an album', async () => {
  await start(DEFAULT_RATE_LIMITS);
  const token = await tokenOf('lene');
  const typed = await Promise.all(
    Array.from({ length: 60 }, (_, count) =>
      service.fetch(`/v1/search?query=${'kiesbett'.slice(0, count % 8)}`, bearing(token)),
    ),
  );
  const kept = await Promise.all(
    Array.from({ length: 30 }, () => service.fetch(`/v1/tracks/${TRACK}/media?purpose=keep`, bearing(token))),
  );
  expect(new Set([...typed, ...kept].map(({ status }) => status))).toEqual(new Set([200]));
});
