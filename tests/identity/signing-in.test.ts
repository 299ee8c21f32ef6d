import { createLocalJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { CATALOG_AUDIENCE } from '../../src/catalog/identity/identity-contract.ts';
import type { Identity } from '../../src/catalog/identity/identity-contract.ts';
import { appOf, createBrowser, pageOf } from './browser.ts';
import { CALLBACK, openApp, openIssuer, refresh, signIn, signInPageOf } from './open-issuer.ts';

const verify = async (identity: Identity, token: string) =>
  jwtVerify(token, createLocalJWKSet(await identity.publicKeys()), {
    issuer: identity.issuer,
    audience: CATALOG_AUDIENCE,
    typ: 'at+jwt',
    algorithms: ['ES256'],
  });

test('a listener signs in with the browser and gets what the catalog service asks for', async () => {
  const issuer = await openIssuer();
  const id = await issuer.addAccount('ada', 'correct horse', {
    name: 'Ada',
    tier: 'premium',
    roles: ['operator'],
  });
  const app = await openApp(issuer);
  const tokens = await signIn(app, 'ADA ', 'correct horse');

  const { payload } = await verify(issuer.identity, tokens.access_token);
  expect(payload).toMatchObject({
    sub: id,
    client_id: 'riffle-desktop',
    riffle_tier: 'premium',
    riffle_roles: ['operator'],
    name: 'Ada',
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  expect(tokens.claims()?.sub).toBe(id);
  expect(await refresh(app, tokens.refresh_token)).not.toBe(tokens.refresh_token);
  expect(await issuer.identity.standing(id)).toEqual({
    name: 'Ada',
    tier: 'premium',
    roles: ['operator'],
    isDisabled: false,
  });
});

test('what the issuer says of itself names its public address only, and only what is used', async () => {
  const issuer = await openIssuer();
  const metadataUrl = `${issuer.url}/identity/.well-known/openid-configuration`;
  const answer = await fetch(metadataUrl, {
    headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  });
  const metadata: unknown = await answer.json();
  expect(metadata).toMatchObject({
    issuer: `${issuer.url}/identity`,
    authorization_endpoint: `${issuer.url}/identity/auth`,
    token_endpoint: `${issuer.url}/identity/token`,
    device_authorization_endpoint: `${issuer.url}/identity/device/auth`,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  });
  expect(JSON.stringify(metadata)).not.toContain('evil.example');
  expect(metadata).not.toHaveProperty('registration_endpoint');
  expect(metadata).not.toHaveProperty('introspection_endpoint');
  expect(metadata).not.toHaveProperty('userinfo_endpoint');
});

test('behind a proxy, below a path, everything is said of the address that others see', async () => {
  const publicUrl = 'https://music.example/klang';
  const issuer = await openIssuer({ publicUrl, demo: true });
  const ask = (path: string) => fetch(`${issuer.url}/identity${path}`, { redirect: 'manual' });
  const metadata: unknown = await (await ask('/.well-known/openid-configuration')).json();
  expect(metadata).toMatchObject({
    issuer: `${publicUrl}/identity`,
    authorization_endpoint: `${publicUrl}/identity/auth`,
    jwks_uri: `${publicUrl}/identity/jwks`,
  });
  const query = new URLSearchParams({
    client_id: 'riffle-desktop',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  });
  const sent = await ask(`/auth?${query}`);
  expect(sent.headers.get('location')).toMatch(
    /^https:\/\/music\.example\/klang\/identity\/interaction\/[\w-]+$/,
  );
  const cookies = sent.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies)
    expect(cookie).toMatch(/path=\/klang\/identity\/.*samesite=lax.*secure.*httponly/i);
});

test.each([
  ['without PKCE', { code_challenge: '', code_challenge_method: '' }],
  ['with a plain challenge', { code_challenge_method: 'plain' }],
  ['by a form that posts itself', { response_mode: 'form_post' }],
  ['for a token itself', { response_type: 'token' }],
  ['for another service', { resource: 'urn:other' }],
])('a sign-in %s is refused, and the app is told', async (_what, parameters) => {
  const app = await openApp(await openIssuer());
  const { address } = await app.begin(parameters);
  for (const [name, value] of Object.entries(parameters)) if (value === '') address.searchParams.delete(name);
  const arrival = await createBrowser().open(address);
  const said = arrival.app?.href ?? arrival.page?.text ?? '';
  expect(said).toMatch(/[?#]error=(invalid|unsupported)|cannot go on/);
  expect(said).not.toMatch(/[?#&]code=|<script/);
});

test.each(['https://evil.example/callback', 'http://127.0.0.1:1/elsewhere', 'http://localhost:1/callback'])(
  'a redirect to %s never happens',
  async (redirectUri) => {
    const app = await openApp(await openIssuer());
    const { address } = await app.begin({ redirect_uri: redirectUri });
    const page = pageOf(await createBrowser().open(address));
    expect(page.status).toBe(400);
    expect(page.text).toContain('invalid_redirect_uri');
  },
);

test('a code is good once: used again it ends what it gave', async () => {
  const issuer = await openIssuer();
  await issuer.addReplica();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  const arrived = appOf(
    await browser.send(page, { choice: 'sign_in', login: 'ada', password: 'correct horse' }),
  );
  const tokens = await attempt.exchange(arrived);
  await expect(attempt.exchange(arrived)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect(await refresh(app, tokens.refresh_token)).toBe('invalid_grant');
});

test('of many who send the same code at once, to several replicas, one at most gets anything', async () => {
  const issuer = await openIssuer();
  await issuer.addReplica();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  const arrived = appOf(
    await browser.send(page, { choice: 'sign_in', login: 'ada', password: 'correct horse' }),
  );
  const exchanges = await Promise.allSettled(Array.from({ length: 6 }, () => attempt.exchange(arrived)));
  const given = exchanges.filter((exchange) => exchange.status === 'fulfilled');
  expect(given.length).toBeLessThanOrEqual(1);
  const after = await Promise.all(given.map(({ value }) => refresh(app, value.refresh_token)));
  expect(after).toEqual(given.map(() => 'invalid_grant'));
});

test('a code is worth nothing without its verifier', async () => {
  const issuer = await openIssuer({ demo: true });
  const app = await openApp(issuer);
  const browser = createBrowser();
  const page = await signInPageOf(app, browser);
  const arrived = appOf(await browser.send(page, { choice: 'demo_free' }));
  const stolen = await fetch(`${issuer.url}/identity/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'riffle-desktop',
      redirect_uri: CALLBACK,
      code: arrived.searchParams.get('code') ?? '',
      code_verifier: client.randomPKCECodeVerifier(),
    }),
  });
  expect(await stolen.json()).toMatchObject({ error: 'invalid_grant' });
});

test('who cancels comes back to the app with that', async () => {
  const app = await openApp(await openIssuer());
  const browser = createBrowser();
  const page = await signInPageOf(app, browser);
  const arrived = appOf(await browser.send(page, { choice: 'cancel' }));
  expect(arrived.searchParams.get('error')).toBe('access_denied');
  expect(arrived.searchParams.get('iss')).toContain('/identity');
});

test('a browser that is signed in offers to go on, or somebody else', async () => {
  const issuer = await openIssuer();
  const ada = await issuer.addAccount('ada', 'correct horse', { name: 'Ada' });
  const bob = await issuer.addAccount('bob', 'battery staple', { name: 'Bob' });
  const app = await openApp(issuer);
  const browser = createBrowser();
  const first = await signIn(app, 'ada', 'correct horse', browser);

  const again = await app.begin();
  const known = pageOf(await browser.open(again.address));
  expect(known.text).toContain('Go on as Ada');
  expect((await again.exchange(appOf(await browser.send(known, { choice: 'go_on' })))).claims()?.sub).toBe(
    ada,
  );

  const other = await app.begin({ prompt: 'select_account' });
  const page = pageOf(await browser.open(other.address));
  const form = { choice: 'sign_in', login: 'bob', password: 'battery staple' };
  expect((await other.exchange(appOf(await browser.send(page, form)))).claims()?.sub).toBe(bob);
  // The first one's app is none of the browser's business.
  expect(await refresh(app, first.refresh_token)).not.toBe('invalid_grant');

  const strict = await app.begin({ prompt: 'login' });
  expect(pageOf(await browser.open(strict.address)).text).not.toContain('Go on as');
});

test('signing out of one app leaves the other of the same listener alone', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const desk = await signIn(app, 'ada', 'correct horse', browser);
  const again = await app.begin();
  const page = pageOf(await browser.open(again.address));
  const sofa = await again.exchange(appOf(await browser.send(page, { choice: 'go_on' })));
  await client.tokenRevocation(app.configuration, desk.refresh_token ?? '');
  expect(await refresh(app, desk.refresh_token)).toBe('invalid_grant');
  expect(await refresh(app, sofa.refresh_token)).not.toBe('invalid_grant');
});

test('a browser signs out, on the sign-in page and at the address for it', async () => {
  const issuer = await openIssuer({ demo: true });
  const app = await openApp(issuer);
  const browser = createBrowser('de');
  const enter = async () => {
    const page = await signInPageOf(app, browser);
    return page.text.includes('Weiter als')
      ? page
      : (await browser.send(page, { choice: 'demo_free' }), null);
  };
  await enter();
  const known = await enter();
  if (known === null) throw new Error('the browser forgot');
  const forgotten = pageOf(await browser.send(known, { choice: 'sign_out' }));
  expect(forgotten.text).not.toContain('Weiter als');
  expect(appOf(await browser.send(forgotten, { choice: 'demo_premium' })).searchParams.has('code')).toBe(
    true,
  );

  const ask = pageOf(await browser.open(`${issuer.url}/identity/session/end`));
  expect(ask.text).toContain('Von diesem Browser abmelden?');
  expect(pageOf(await browser.send(ask, { logout: 'yes' })).text).toContain('Abgemeldet');
  expect(pageOf(await browser.open(`${issuer.url}/identity/session/end`)).text).toContain('Abgemeldet');
  expect(await enter()).toBeNull();
});

test('signing out of the browser leaves the app signed in', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const tokens = await signIn(app, 'ada', 'correct horse', browser);
  const ask = pageOf(await browser.open(`${issuer.url}/identity/session/end`));
  expect(pageOf(await browser.send(ask, { logout: 'yes' })).text).toContain('Signed out');
  expect((await signInPageOf(app, browser)).text).not.toContain('Go on as');
  expect(await refresh(app, tokens.refresh_token)).not.toBe('invalid_grant');
});

test('the demo needs no typing, and its listeners are gone with it', async () => {
  const issuer = await openIssuer({ demo: true });
  const app = await openApp(issuer);
  const browser = createBrowser();
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  expect(page.text).toMatch(/Free listener[\s\S]*Try it|Try it[\s\S]*Free listener/);
  const tokens = await attempt.exchange(appOf(await browser.send(page, { choice: 'demo_premium' })));
  const { payload } = await verify(issuer.identity, tokens.access_token);
  expect(payload).toMatchObject({ sub: 'demo-premium', riffle_tier: 'premium', name: 'Premium listener' });

  const withPassword = pageOf(await createBrowser().open((await app.begin()).address));
  expect(withPassword.text).toContain('name="password"');

  await issuer.restart({ demo: false });
  expect(await refresh(app, tokens.refresh_token)).toBe('invalid_grant');
  const after = await signInPageOf(app, browser);
  expect(after.text).not.toContain('demo_premium');
  expect(after.text).not.toContain('Go on as');
  const sneaky = pageOf(await browser.send(after, { choice: 'demo_premium', login: '', password: '' }));
  expect(sneaky.text).toContain('name="password"');
});

test.each([
  ['fr, de;q=0.8, en;q=0.5', undefined, 'de'],
  ['fr', undefined, 'en'],
  ['de', 'en-GB de', 'en'],
  ['en', 'fr de', 'de'],
])(
  'with a browser that reads %s and an app that wants %s the page is in %s',
  async (accepted, wanted, language) => {
    const app = await openApp(await openIssuer());
    const attempt = await app.begin(wanted === undefined ? {} : { ui_locales: wanted });
    const page = pageOf(await createBrowser(accepted).open(attempt.address));
    expect(page.text).toContain(`<html lang="${language}">`);
    expect(page.text).toContain(language === 'de' ? 'Anmelden bei Küstenklang' : 'Sign in to Küstenklang');
  },
);

test('a form from elsewhere is refused', async () => {
  const app = await openApp(await openIssuer({ demo: true }));
  const browser = createBrowser();
  const page = await signInPageOf(app, browser);
  const foreign = pageOf(
    await browser.send(page, { choice: 'demo_free' }, { origin: 'https://evil.example' }),
  );
  expect(foreign.status).toBe(403);
  const hidden = pageOf(await browser.send(page, { choice: 'demo_free' }, { origin: 'null' }));
  expect(hidden.status).toBe(403);
});

test('the page cannot be framed, kept or scripted', async () => {
  const app = await openApp(await openIssuer({ demo: true }));
  const { headers, text } = await signInPageOf(app, createBrowser());
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(text).not.toMatch(/<script|onclick|javascript:/);
});

test('a name of the installation or of a listener is never markup', async () => {
  const issuer = await openIssuer({ name: '<img src=x onerror=alert(1)>' });
  await issuer.addAccount('eve', 'correct horse', { name: '<script>alert(1)</script>' });
  const app = await openApp(issuer);
  const browser = createBrowser();
  await signIn(app, 'eve', 'correct horse', browser);
  const page = await signInPageOf(app, browser);
  expect(page.text).not.toContain('<script');
  expect(page.text).not.toContain('<img');
  const hinted = pageOf(await createBrowser().open((await app.begin({ login_hint: '"><b>x' })).address));
  expect(hinted.text).not.toContain('<b>x');
});
