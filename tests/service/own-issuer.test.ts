/** A small installation: the service is its own issuer, and knows at once how an account stands. */
import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts, type Accounts } from '../../src/catalog/identity/accounts.ts';
import { createPasswords } from '../../src/catalog/identity/password-hash.ts';
import { meSchema, type Me } from '../../src/contract/account-http.ts';
import { serviceInfoSchema } from '../../src/contract/catalog-http.ts';
import {
  bearing,
  eventually,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { appOf, createBrowser, pageOf } from '../identity/browser.ts';

const CHEAP = { memoryKib: 64, passes: 1 };
const REDIRECT = 'http://127.0.0.1:1/callback';
const PASSWORD = 'kies bett delta';
const PNG = Buffer.from('89504e470d0a1a0a00', 'hex');

let home: ServiceHome;
let service: RunningService;
let accounts: Accounts;
/** Of the service: what it knows of an account is some seconds old. */
let aheadMs = 0;

beforeAll(async () => {
  home = await openServiceHome();
  accounts = createAccounts(home.store);
  const passwordHash = await createPasswords(CHEAP).hash(PASSWORD);
  await accounts.add({ login: 'lene', name: 'Lene', tier: 'free', roles: [], passwordHash });
  service = await home.start({
    picture: { bytes: PNG, contentType: 'image/png' },
    signIn: { mode: { kind: 'own', demo: true, passwordCost: CHEAP }, nowMs: () => Date.now() + aheadMs },
  });
});
afterAll(() => home.close());

/** Signs in as the app does, with that form of the page. */
const signIn = async (fields: Readonly<Record<string, string>>): Promise<string> => {
  const { signIn: offer } = await service.get('/v1/service', serviceInfoSchema);
  if (offer === null || offer === undefined || offer.resource === null) throw new Error('nothing is offered');
  const app = await client.discovery(new URL(offer.issuer), offer.clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const address = client.buildAuthorizationUrl(app, {
    redirect_uri: REDIRECT,
    scope: offer.scope,
    resource: offer.resource,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const browser = createBrowser();
  const arrived = appOf(await browser.send(pageOf(await browser.open(address)), fields));
  return (await client.authorizationCodeGrant(app, arrived, { pkceCodeVerifier })).access_token;
};
const ask = (token: string, path = '/v1/me'): Promise<Response> => service.fetch(path, bearing(token));
const meOf = async (token: string): Promise<Me> => meSchema.parse(await (await ask(token)).json());

describe('a service that is its own issuer', () => {
  it('lets its demo listeners in, each with what its tier may do', async () => {
    const free = await signIn({ choice: 'demo_free' });
    expect(decodeProtectedHeader(free)['typ']).toBe('at+jwt');
    expect(await meOf(free)).toMatchObject({ tier: 'free', roles: [], entitlement: { offline: false } });
    expect((await ask(free, '/v1/home')).status).toBe(200);
    expect(await meOf(await signIn({ choice: 'demo_premium' }))).toMatchObject({ tier: 'premium' });
  });

  it('makes a listener premium, and an account nobody, without a new token', async () => {
    const token = await signIn({ choice: 'sign_in', login: 'lene', password: PASSWORD });
    expect(await meOf(token)).toMatchObject({ name: 'Lene', tier: 'free' });
    await accounts.change('lene', (account) => ({ ...account, tier: 'premium', roles: ['operator'] }));
    aheadMs += 10_000;
    const raised = await eventually(async () => {
      const me = await meOf(token);
      return me.tier === 'premium' ? me : null;
    });
    expect(raised).toMatchObject({ roles: ['operator'], entitlement: { offline: true } });
    expect((await ask(token, '/v1/operator/ads')).status).toBe(200);

    await accounts.change('lene', (account) => ({ ...account, isDisabled: true }));
    aheadMs += 10_000;
    await eventually(async () => ((await ask(token)).status === 401 ? true : null));
    expect((await ask(token, '/v1/home')).headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('lets nobody in with an account that its listener deleted, and makes it anew on demand', async () => {
    const passwordHash = await createPasswords(CHEAP).hash(PASSWORD);
    const otto = { login: 'otto', name: 'Otto', tier: 'free', roles: [], passwordHash } as const;
    await accounts.add(otto);
    const form = { choice: 'sign_in', login: 'otto', password: PASSWORD };
    const token = await signIn(form);
    const { id } = await meOf(token);
    const gone = await service.fetch(
      '/v1/me',
      bearing(token, {
        method: 'DELETE',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ confirm: id }),
      }),
    );
    expect(gone.status).toBe(204);
    expect((await ask(token)).status).toBe(401);
    expect((await accounts.list()).map(({ login }) => login)).not.toContain('otto');
    const again = signIn(form).then(
      () => 'let in',
      () => 'refused',
    );
    expect(await again).toBe('refused');
    expect(await accounts.add(otto)).toBe(true);
    aheadMs += 10_000;
    expect(await meOf(await signIn(form))).toMatchObject({ id, name: 'Otto' });
  });

  it('shows the picture that it is known by, to anyone', async () => {
    expect(await service.get('/v1/service', serviceInfoSchema)).toMatchObject({ hasPicture: true });
    const picture = await service.fetch('/v1/service/picture');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(PNG);
    const etag = picture.headers.get('etag') ?? '';
    expect((await service.fetch('/v1/service/picture', { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
  });

  it('answers below its own path alone, and an installation without it does not answer there', async () => {
    expect((await service.fetch('/identity/.well-known/openid-configuration')).status).toBe(200);
    expect((await service.fetch('/identity/nothing')).status).toBe(404);
    const open = await home.start({ indexFolder: `${home.indexFolder}-open` });
    expect((await open.fetch('/identity/.well-known/openid-configuration')).status).toBe(404);
    expect(await open.get('/v1/me', meSchema)).toMatchObject({ id: 'listener', tier: 'premium', roles: [] });
    const lease = await open.fetch('/v1/me/lease', { method: 'POST' });
    expect(meSchema.parse(await lease.json()).id).toBe('listener');
    await open.close();
  });
});
