/** Who may ask what. Routes come from the service's own description: one that is new is tried without anyone adding it here. */
import Fastify from 'fastify';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COGNITO_CLAIMS } from '../../src/catalog/api/access/claim-mapping.ts';
import { createOpenAccess } from '../../src/catalog/api/access/open-access.ts';
import { installRateLimits } from '../../src/catalog/api/access/rate-limits.ts';
import { installRouteAccess } from '../../src/catalog/api/access/route-access.ts';
import { meSchema, TIER_HEADER } from '../../src/contract/account-http.ts';
import { problemSchema } from '../../src/contract/catalog-http.ts';
import { albumWithTracks } from '../builders/catalog-records.ts';
import {
  bearing,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import {
  startCognitoLikeIssuer,
  type CognitoLikeIssuer,
  type CognitoUser,
} from '../fakes/cognito-like-issuer.ts';

const FREE: CognitoUser = { sub: 'sub-free', username: 'free', groups: [] };
const PREMIUM: CognitoUser = { sub: 'sub-premium', username: 'premium', groups: ['premium'] };
const OPERATOR: CognitoUser = { sub: 'sub-operator', username: 'operator', groups: ['operator', 'premium'] };

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ security: z.array(z.record(z.string(), z.array(z.string()))) })),
  ),
});

interface Route {
  readonly name: string;
  readonly method: string;
  readonly address: string;
  readonly access: 'anyone' | 'listener';
  readonly roles: readonly string[];
}

let issuer: CognitoLikeIssuer;
let home: ServiceHome;
let service: RunningService;
let routes: readonly Route[];
let badTokens: readonly (readonly [what: string, authorization: string])[];

const routesOf = (document: z.infer<typeof documentSchema>): readonly Route[] =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security }]): Route => {
      const [requirement] = security;
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        // Who asks comes before what is asked for, so these need not exist.
        address: path.replace('{size}', '256').replaceAll(/\{\w+\}/g, '0'.repeat(20)),
        access: requirement === undefined ? 'anyone' : 'listener',
        roles: Object.values(requirement ?? {}).flat(),
      };
    }),
  );

const ask = async (route: Route, authorization: string | null, headers: Record<string, string> = {}) => {
  const response = await service.fetch(route.address, {
    method: route.method,
    headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
  });
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    // Goes on for as long as the token does.
    await response.body?.cancel();
    return { response, problem: null };
  }
  const body = await response.text();
  const isProblem = type.startsWith('application/problem+json');
  return { response, problem: isProblem ? problemSchema.parse(JSON.parse(body)) : null };
};

/** Everything that looks like a token and is none for this service. */
const makeBadTokens = async (): Promise<typeof badTokens> => {
  const claims = issuer.accessClaims(OPERATOR);
  const seconds = Math.floor(Date.now() / 1000);
  const { kid, publicJwk } = issuer.key;
  const { exp: _exp, ...endless } = claims;
  const { sub: _sub, ...nobody } = claims;
  const good = await issuer.sign(claims);
  const [head = '', , signature = ''] = good.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'someone else' })).toString('base64url');
  const publicPem = await exportSPKI((await importJWK(publicJwk, 'RS256')) as CryptoKey);
  const stranger = await generateKeyPair('RS256');
  const bySecret = (secret: string): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(secret.padEnd(32, '0')));
  const byStranger = (header: Record<string, unknown>): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(stranger.privateKey);
  const tokens = {
    garbage: 'garbage',
    'three parts of garbage': 'a.b.c',
    'one that is over': await issuer.sign({ ...claims, iat: seconds - 7200, exp: seconds - 3600 }),
    'one that is not valid yet': await issuer.sign({ ...claims, nbf: seconds + 600 }),
    'one of another issuer': await issuer.sign({ ...claims, iss: `${issuer.issuer}X` }),
    'one for another client': await issuer.sign({ ...claims, client_id: 'another' }),
    'one for another audience': await issuer.sign({ ...claims, aud: 'https://another.example' }),
    'one that does not say what it is for': await issuer.sign({ ...claims, token_use: undefined }),
    'an ID token': await issuer.sign(issuer.idClaims('nonce', OPERATOR)),
    'a token of another kind': await issuer.sign(claims, { typ: 'logout+jwt' }),
    'one that never ends': await issuer.sign(endless),
    'one for nobody': await issuer.sign(nobody),
    'one without a signature (alg: none)': new UnsecuredJWT(claims).encode(),
    'one signed with the public key as a secret (PEM)': await bySecret(publicPem),
    'one signed with the public key as a secret (modulus)': await bySecret(publicJwk.n ?? ''),
    'one signed by a stranger under a known name': await byStranger({ kid }),
    'one signed by a stranger under its own name': await byStranger({ kid: 'stranger' }),
    'one that brings its own key': await byStranger({ jwk: publicJwk, jku: 'https://another.example/keys' }),
    'one whose claims were changed': `${head}.${forged}.${signature}`,
    'one without its last letters': good.slice(0, -6),
  };
  return [
    ...Object.entries(tokens).map(([what, token]) => [what, `Bearer ${token}`] as const),
    ['no token but the word', 'Bearer'],
    ['two tokens', `Bearer ${good} ${good}`],
    ['no token but a comma', `Bearer ${good},`],
  ];
};

beforeAll(async () => {
  issuer = await startCognitoLikeIssuer();
  home = await openServiceHome();
  await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
  service = await home.start({
    // A walk through all of it is more than a person does.
    limits: null,
    upgradeUrl: 'https://music.example/premium',
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
  routes = routesOf(await service.get('/openapi.json', documentSchema));
  badTokens = await makeBadTokens();
});
afterAll(async () => {
  await home.close();
  await issuer.close();
});

const guarded = (): readonly Route[] => routes.filter((route) => route.access === 'listener');
const tokenOf = async (user: CognitoUser): Promise<string> =>
  `Bearer ${await issuer.sign(issuer.accessClaims(user))}`;

/** What is wrong with the answer to a bad token; nothing, for each that is refused as it should be. */
const wrongWith = async (what: string, authorization: string, route: Route): Promise<readonly string[]> => {
  const { response, problem } = await ask(route, authorization);
  const { status, headers } = response;
  const told = JSON.stringify(problem);
  const wrongs = {
    'is let in': status !== 401 || problem?.code !== 'sign_in_required',
    'is not told why': headers.get('www-authenticate') !== 'Bearer realm="riffle", error="invalid_token"',
    'is told a tier or a tag': headers.has('etag') || headers.has(TIER_HEADER),
    'is told its token': told.includes(authorization.slice(7, 40) || 'eyJ'),
  };
  return Object.entries(wrongs).flatMap(([wrong, isSo]) => (isSo ? [`${what} ${wrong}: ${route.name}`] : []));
};

/** At every route, since a hole in one is enough; the others at one, since all have the same door. */
const TRIED_EVERYWHERE = /^garbage|is over|another issuer|another client|alg: none|PEM/;

describe('every route of the service', () => {
  it('is described with what it needs', () => {
    const kinds = new Set(routes.map((route) => [route.access, ...route.roles].join(' ')));
    expect([...kinds].sort()).toEqual(['anyone', 'listener', 'listener offline', 'listener operator']);
    expect(guarded().length).toBeGreaterThan(20);
    expect(
      routes
        .filter((route) => route.access === 'anyone')
        .map((route) => route.name)
        .sort(),
    ).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'GET /v1/artwork/{id}/{size}',
      'GET /v1/service',
      'GET /v1/service/picture',
      'POST /v1/update-reports',
    ]);
  });

  it('is not there unless it says who may ask it', async () => {
    const server = Fastify();
    const limiter = await installRateLimits(server, null, false);
    installRouteAccess(server, { access: createOpenAccess(), upgradeUrl: null, limiter });
    expect(() => server.get('/forgotten', () => 'everything')).toThrow(/GET .*\/forgotten does not say/);
    await server.close();
  });

  it('refuses who brings no token, and says how to bring one', async () => {
    for (const route of guarded()) {
      for (const authorization of [null, 'Basic bGVuZTpsZW5l']) {
        const { response, problem } = await ask(route, authorization);
        expect({ route: route.name, status: response.status, code: problem?.code }).toEqual({
          route: route.name,
          status: 401,
          code: 'sign_in_required',
        });
        expect(response.headers.get('www-authenticate')).toBe('Bearer realm="riffle"');
      }
    }
  });

  it('refuses the tokens that others have tried elsewhere', async () => {
    const tried = badTokens.filter(([what]) => TRIED_EVERYWHERE.test(what));
    expect(tried).toHaveLength(6);
    for (const [what, authorization] of tried)
      for (const route of guarded()) expect(await wrongWith(what, authorization, route)).toEqual([]);
  });

  it('refuses every token that is not good, and gives nothing away with it', async () => {
    const [route] = guarded();
    if (route === undefined) throw new Error('nothing is guarded');
    for (const [what, authorization] of badTokens)
      expect(await wrongWith(what, authorization, route)).toEqual([]);
  });

  it('takes no token but from the header', async () => {
    const token = await issuer.sign(issuer.accessClaims(PREMIUM));
    for (const route of guarded()) {
      const address = `${route.address}?access_token=${token}`;
      const { response } = await ask({ ...route, address }, null, { cookie: `access_token=${token}` });
      expect({ route: route.name, status: response.status }).toEqual({ route: route.name, status: 401 });
    }
  });

  it('asks for the role or the tier that it needs', async () => {
    const free = await tokenOf(FREE);
    const premium = await tokenOf(PREMIUM);
    const operator = await tokenOf(OPERATOR);
    for (const route of guarded()) {
      const wanted = (role: string): boolean => route.roles.includes(role);
      const asFree = await ask(route, free);
      const asPremium = await ask(route, premium);
      const asOperator = await ask(route, operator);
      const codes = [asFree, asPremium, asOperator].map(({ problem }) =>
        problem !== null && [401, 403].includes(problem.status) ? problem.code : 'let in',
      );
      const expected = [
        wanted('operator') ? 'forbidden' : wanted('offline') ? 'premium_required' : 'let in',
        wanted('operator') ? 'forbidden' : 'let in',
        'let in',
      ];
      expect({ route: route.name, codes }).toEqual({ route: route.name, codes: expected });
      const tiers = [asFree, asPremium].map(({ response }) => response.headers.get(TIER_HEADER));
      expect({ route: route.name, tiers }).toEqual({ route: route.name, tiers: ['free', 'premium'] });
    }
  });

  it('asks nothing of anyone where anyone may ask', async () => {
    for (const route of routes.filter(({ access }) => access === 'anyone')) {
      for (const authorization of [null, 'Bearer garbage']) {
        const { response } = await ask(route, authorization);
        expect([200, 400, 404]).toContain(response.status);
      }
    }
  });
});

describe('who somebody is', () => {
  it('is what the token says, and what its tier may do', async () => {
    const me = async (user: CognitoUser) =>
      meSchema.parse(
        await (await service.fetch('/v1/me', { headers: { authorization: await tokenOf(user) } })).json(),
      );
    expect(await me(FREE)).toEqual({
      id: 'sub-free',
      name: 'free',
      tier: 'free',
      roles: [],
      entitlement: {
        qualities: ['low', 'normal'],
        offline: false,
        ads: { afterMusicMs: 600_000, mostSpots: 2 },
      },
      upgradeUrl: 'https://music.example/premium',
    });
    expect(await me(PREMIUM)).toMatchObject({
      tier: 'premium',
      roles: [],
      entitlement: { offline: true, ads: null },
    });
    expect(await me(OPERATOR)).toMatchObject({ id: 'sub-operator', roles: ['operator'] });
  });

  it('is nothing that a client can say otherwise', async () => {
    const token = await issuer.sign(issuer.accessClaims(FREE));
    const claims = `sub=${PREMIUM.sub}&id=${PREMIUM.sub}&tier=premium&account=${PREMIUM.sub}`;
    const response = await service.fetch(
      `/v1/me?${claims}`,
      bearing(token, {
        headers: {
          cookie: claims.replaceAll('&', '; '),
          'x-user': PREMIUM.sub,
          'x-forwarded-user': PREMIUM.sub,
          'x-amzn-oidc-identity': PREMIUM.sub,
          [TIER_HEADER]: 'premium',
        },
      }),
    );
    expect(await response.json()).toMatchObject({ id: FREE.sub, tier: 'free' });
  });
});

describe('what is kept of an answer', () => {
  it('is kept for the asker alone, and given again only to who may have it', async () => {
    const authorization = await tokenOf(FREE);
    const first = await service.fetch('/v1/home', { headers: { authorization } });
    expect(first.headers.get('cache-control')).toMatch(/^private, max-age=/);
    expect(first.headers.get('vary')).toBe('authorization');
    const etag = first.headers.get('etag') ?? '';
    const again = await service.fetch('/v1/home', { headers: { authorization, 'if-none-match': etag } });
    expect([again.status, again.headers.get(TIER_HEADER)]).toEqual([304, 'free']);
    const stranger = await service.fetch('/v1/home', { headers: { 'if-none-match': etag } });
    expect([stranger.status, stranger.headers.get('etag')]).toEqual([401, null]);
  });

  it('of what anyone may ask is for everybody, and changes when the service does', async () => {
    const first = await service.fetch('/v1/service');
    expect(first.headers.get('cache-control')).toMatch(/^public/);
    expect(await first.json()).toMatchObject({ signIn: { issuer: issuer.issuer }, hasPicture: false });
    const open = await home.start({ indexFolder: `${home.indexFolder}-open` });
    const etag = first.headers.get('etag') ?? '';
    const changed = await open.fetch('/v1/service', { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ signIn: null });
    await open.close();
  });
});
