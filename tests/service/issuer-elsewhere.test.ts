/** A service whose listeners sign in with an issuer like Amazon Cognito: what its tokens say, its keys, its absence, its clock. */
import { tmpdir } from 'node:os';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { AccessControl } from '../../src/catalog/api/access/access-control.ts';
import { COGNITO_CLAIMS, type ClaimMapping } from '../../src/catalog/api/access/claim-mapping.ts';
import {
  createSignIn,
  type SignIn,
  type SignInLog,
  type SignInMode,
  type SignInOptions,
} from '../../src/catalog/api/access/sign-in.ts';
import { ProblemError } from '../../src/catalog/api/problems.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { serviceInfoSchema } from '../../src/contract/catalog-http.ts';
import { DEFAULT_AD_POLICY } from '../../src/core/entitlement/entitlement.ts';
import { bearing, openServiceHome } from '../builders/catalog-service.ts';
import { startCognitoLikeIssuer, type CognitoLikeIssuer } from '../fakes/cognito-like-issuer.ts';

const REDIRECT = 'http://localhost:47321/callback';
const MINUTES_MS = 60_000;
const SILENT: SignInLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

let issuer: CognitoLikeIssuer;
/** Of the service, and of nothing else. */
let nowMs: number | null;
const opened: SignIn[] = [];
beforeAll(async () => {
  issuer = await startCognitoLikeIssuer([REDIRECT]);
});
beforeEach(() => {
  nowMs = null;
  issuer.isAway = false;
  issuer.clockOffsetSeconds = 0;
  issuer.asked.length = 0;
});
afterEach(async () => {
  for (const signIn of opened.splice(0)) await signIn.close();
});
afterAll(() => issuer.close());

const modeWith = (claims: ClaimMapping = COGNITO_CLAIMS, audience: string | null = null): SignInMode => ({
  kind: 'issuer',
  issuer: issuer.issuer,
  clientId: issuer.clientId,
  audience,
  scope: 'openid',
  resource: null,
  redirectUris: [REDIRECT],
  claims,
});

const OPTIONS = {
  store: openStore({ location: tmpdir() }),
  name: 'Test Records',
  hasPicture: false,
  ads: DEFAULT_AD_POLICY,
};

/** The door of a service, without the house. */
const openDoor = async (
  choices: Partial<SignInOptions> = {},
  log: SignInLog = SILENT,
): Promise<AccessControl> => {
  const signIn = createSignIn({
    ...OPTIONS,
    mode: modeWith(),
    nowMs: () => nowMs ?? Date.now(),
    keyCooldownMs: 0,
    ...choices,
  });
  opened.push(signIn);
  await signIn.start('http://127.0.0.1', log);
  return signIn.access;
};

/** The problem with a token, or null when it is let in. */
const problemWith = async (door: AccessControl, token: string): Promise<string | null> => {
  try {
    await door.listenerOf(token);
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};
const token = (): Promise<string> => issuer.sign(issuer.accessClaims());
const timesAskedForKeys = (): number => issuer.asked.filter((what) => what.endsWith('/jwks.json')).length;

describe('somebody who signs in', () => {
  it('does so with what the service offers, and listens; the group decides the tier', async () => {
    const home = await openServiceHome();
    onTestFinished(() => home.close());
    const service = await home.start({ signIn: { mode: modeWith() } });
    issuer.user = { sub: 'sub-lene', username: 'lene', groups: ['premium', 'choir'] };
    const { signIn } = await service.get('/v1/service', serviceInfoSchema);
    if (signIn === null || signIn === undefined) throw new Error('nothing is offered');
    expect(signIn).toEqual({
      issuer: issuer.issuer,
      clientId: issuer.clientId,
      scope: 'openid',
      resource: null,
      redirectUris: [REDIRECT],
      demo: false,
    });

    const app = await client.discovery(new URL(signIn.issuer), signIn.clientId, undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    });
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedNonce = client.randomNonce();
    const address = client.buildAuthorizationUrl(app, {
      redirect_uri: REDIRECT,
      scope: signIn.scope,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      nonce: expectedNonce,
    });
    const answer = await fetch(address, { redirect: 'manual' });
    const arrived = new URL(answer.headers.get('location') ?? '');
    const tokens = await client.authorizationCodeGrant(app, arrived, { pkceCodeVerifier, expectedNonce });

    expect(decodeJwt(tokens.access_token)).not.toHaveProperty('aud');
    const me = await service.fetch('/v1/me', bearing(tokens.access_token));
    expect(await me.json()).toMatchObject({ id: 'sub-lene', name: 'lene', tier: 'premium' });
    const renewed = await client.refreshTokenGrant(app, tokens.refresh_token ?? '');
    expect(renewed.refresh_token).toBeUndefined();
    expect((await service.fetch('/v1/me', bearing(renewed.access_token))).status).toBe(200);
    expect((await service.fetch('/v1/me', bearing(tokens.id_token ?? ''))).status).toBe(401);
  });

  it('is what other claims say, where the operator says which', async () => {
    const claimed: ClaimMapping = {
      tier: { claim: 'https://music.example/plan', premium: ['gold', 'silver'] },
      roles: { claim: 'realm_access.roles', operator: ['staff'] },
      name: { claim: 'given_name' },
    };
    const door = await openDoor({ mode: modeWith(claimed, 'https://music.example') });
    const { client_id: _client, token_use: _use, ...claims } = issuer.accessClaims();
    const sign = (more: object) => issuer.sign({ ...claims, aud: ['https://music.example', 'x'], ...more });
    const gold = {
      'https://music.example/plan': 'gold',
      realm_access: { roles: ['staff'] },
      given_name: 'Lene',
    };
    expect(await door.listenerOf(await sign(gold))).toMatchObject({
      name: 'Lene',
      tier: 'premium',
      roles: ['operator'],
    });
    const bronze = await sign({ 'https://music.example/plan': 'bronze' });
    expect(await door.listenerOf(bronze)).toMatchObject({ name: null, tier: 'free', roles: [] });
    expect(await problemWith(door, await sign({ aud: 'https://another.example' }))).toBe('sign_in_required');
    expect(await problemWith(door, await sign({ aud: undefined }))).toBe('sign_in_required');
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once for all, and once for a token that is known', async () => {
    const door = await openDoor();
    const [first, second] = [await token(), await token()];
    const problems = await Promise.all([first, first, second, second].map((one) => problemWith(door, one)));
    expect(problems).toEqual([null, null, null, null]);
    expect(timesAskedForKeys()).toBe(1);
  });

  it('are fetched anew when they have changed; tokens of the old one go on while it is published', async () => {
    const door = await openDoor();
    const old = await token();
    expect(await problemWith(door, old)).toBeNull();
    await issuer.rotateKey();
    expect(await problemWith(door, await token())).toBeNull();
    expect(await problemWith(door, old)).toBeNull();
    expect(timesAskedForKeys()).toBe(2);
    await issuer.rotateKey();
    expect(await problemWith(door, await token())).toBeNull();
  });

  it('are not asked for again and again because of tokens that somebody made up', async () => {
    const door = await openDoor({ keyCooldownMs: 30_000 });
    expect(await problemWith(door, await token())).toBeNull();
    const madeUp = await Promise.all(
      ['a', 'b', 'c'].map((kid) => issuer.sign(issuer.accessClaims(), { kid })),
    );
    for (const one of madeUp) expect(await problemWith(door, one)).toBe('sign_in_required');
    expect(timesAskedForKeys()).toBe(1);
  });

  it('hold for a day without the issuer', async () => {
    const door = await openDoor();
    expect(await problemWith(door, await token())).toBeNull();
    issuer.isAway = true;
    nowMs = Date.now() + 50 * MINUTES_MS;
    expect(await problemWith(door, await token())).toBeNull();
    expect(door.unready()).toBeNull();
    nowMs = Date.now() + 25 * 60 * MINUTES_MS;
    expect(door.unready()).toContain(issuer.issuer);
    // Nothing is said of the token: it must not be thrown away for that.
    issuer.clockOffsetSeconds = 25 * 3600;
    expect(await problemWith(door, await token())).toBe('not_ready');
  });
});

describe('an issuer that is away when the service starts', () => {
  it('keeps nobody from starting; it is said, and mended by itself', async () => {
    issuer.isAway = true;
    const lines: string[] = [];
    const home = await openServiceHome();
    onTestFinished(() => home.close());
    const service = await home.start({
      logger: { level: 'info', stream: { write: (line) => void lines.push(line) } },
      signIn: { mode: modeWith(), keyCooldownMs: 0 },
    });
    const ready = () => service.fetch('/health/ready');
    const ask = (mine: string) => service.fetch('/v1/me', bearing(mine));
    const unready = z.object({ code: z.literal('not_ready'), detail: z.string() });
    expect(unready.parse(await (await ready()).json()).detail).toContain(issuer.issuer);
    expect((await service.fetch('/v1/service')).status).toBe(200);
    const mine = await token();
    // Nothing is said of the token: it must not be thrown away for that.
    const unsure = await ask(mine);
    expect([unsure.status, unsure.headers.get('retry-after')]).toEqual([503, '2']);
    expect(lines.filter((line) => line.includes('the keys of the issuer cannot be fetched'))).toHaveLength(1);

    issuer.isAway = false;
    expect((await ask(mine)).status).toBe(200);
    expect((await ready()).status).toBe(200);
    expect(lines.join('')).toContain('the issuer answers again');
    expect(lines.join('')).not.toContain(mine.slice(-20));
  });
});

describe('a service that listens already, and has not opened its door', () => {
  it('says neither who asks nor that nobody need sign in', async () => {
    const { access } = createSignIn({ ...OPTIONS, mode: modeWith() });
    expect(access.isPersonal).toBe(true);
    expect(() => access.offer()).toThrow(ProblemError);
    expect(await problemWith(access, await token())).toBe('not_ready');
    expect(access.unready()).toBe('Sign-in is not open yet.');
  });
});

describe('a clock that is five minutes off', () => {
  it.each([-5, 5])('takes fresh tokens: %i minutes', async (minutes) => {
    const door = await openDoor();
    nowMs = Date.now() + minutes * MINUTES_MS;
    expect(await problemWith(door, await token())).toBeNull();
  });

  it('refuses a token that says it begins later, unless the operator bears it', async () => {
    const strict = await openDoor();
    nowMs = Date.now() - 5 * MINUTES_MS;
    const seconds = Math.floor(Date.now() / 1000);
    const begun = await issuer.sign({ ...issuer.accessClaims(), nbf: seconds });
    expect(await problemWith(strict, begun)).toBe('sign_in_required');
    const patient = await openDoor({ clockToleranceSeconds: 360 });
    expect(await problemWith(patient, begun)).toBeNull();
  });

  it('lets a token end when it ends, give or take a minute', async () => {
    const door = await openDoor();
    const mine = await token();
    const endMs = (decodeJwt(mine).exp ?? 0) * 1000;
    nowMs = endMs + 50_000;
    expect(await problemWith(door, mine)).toBeNull();
    // It is remembered by now, and forgotten in time.
    nowMs = endMs + 61_000;
    expect(await problemWith(door, mine)).toBe('sign_in_required');
  });
});
