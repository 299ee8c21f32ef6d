import { createLocalJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createAccounts, endSignIns } from '../../src/catalog/identity/accounts.ts';
import { CATALOG_AUDIENCE, type Identity } from '../../src/catalog/identity/identity-contract.ts';
import { createSweep } from '../../src/catalog/identity/sweep.ts';
import { createPasswords } from '../../src/catalog/identity/password-hash.ts';
import { StoreError, type ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { appOf, createBrowser, pageOf } from './browser.ts';
import { CHEAP, openApp, openIssuer, refresh, signIn, signInPageOf } from './open-issuer.ts';

const DAY_MS = 86_400_000;

const everythingIn = async (
  store: ObjectStore,
  prefix = 'identity/',
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for await (const { key } of store.list(prefix)) {
    const bytes = await store.getBytes(key);
    if (bytes !== null) found.set(key, Buffer.from(bytes).toString('utf8'));
  }
  return found;
};

const isVerified = (identity: Identity, token: string): Promise<boolean> =>
  identity
    .publicKeys()
    .then((keys) => jwtVerify(token, createLocalJWKSet(keys), { audience: CATALOG_AUDIENCE }))
    .then(
      () => true,
      () => false,
    );

test('an app whose answers get lost asks again with the same token, and stays in', async () => {
  const issuer = await openIssuer();
  await issuer.addReplica();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const { refresh_token: kept } = await signIn(app, 'ada', 'correct horse');
  const lost = [await refresh(app, kept), await refresh(app, kept)];
  const arrived = await refresh(app, kept);
  expect(new Set([kept, ...lost, arrived]).size).toBe(4);
  const next = await refresh(app, arrived);
  expect(next).not.toBe('invalid_grant');
  expect(await refresh(app, next)).not.toBe('invalid_grant');
});

test.each(['the owner', 'a thief'])(
  'a copied token is found out when %s is first to go on with it',
  async (first) => {
    const issuer = await openIssuer();
    await issuer.addAccount('ada', 'correct horse');
    const app = await openApp(issuer);
    const { refresh_token: copied } = await signIn(app, 'ada', 'correct horse');
    const ofOne = await refresh(app, copied);
    const ofOther = await refresh(app, copied);
    const goesOn = await refresh(app, first === 'the owner' ? ofOne : ofOther);
    expect(goesOn).not.toBe('invalid_grant');
    // Now there are two, and nobody knows which one is right: both are out.
    expect(await refresh(app, first === 'the owner' ? ofOther : ofOne)).toBe('invalid_grant');
    expect(await refresh(app, goesOn)).toBe('invalid_grant');
  },
);

test('successors used at once at two replicas: one chain goes on or none, never two', async () => {
  const issuer = await openIssuer();
  await issuer.addReplica();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const { refresh_token: kept } = await signIn(app, 'ada', 'correct horse');
  const siblings = [await refresh(app, kept), await refresh(app, kept)];
  const results = await Promise.all(siblings.map((token) => refresh(app, token)));
  expect(results.filter((result) => result !== 'invalid_grant').length).toBeLessThanOrEqual(1);
  for (const token of [...results, ...siblings, kept])
    expect(await refresh(app, token)).toBe('invalid_grant');
});

test('while the store does not answer, an app is put off and not signed out', async () => {
  const store = openStore({ location: await temporaryFolder() });
  let isAway = false;
  const away = new StoreError('unreachable', 'the store is away', 'Wait.');
  const shaky: ObjectStore = {
    ...store,
    getBytes: (key) => (isAway ? Promise.reject(away) : store.getBytes(key)),
    create: (key, body, options) => (isAway ? Promise.reject(away) : store.create(key, body, options)),
  };
  const issuer = await openIssuer({ store: shaky });
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const { refresh_token: token } = await signIn(app, 'ada', 'correct horse', browser);
  const page = await signInPageOf(app, browser);
  isAway = true;
  expect(await refresh(app, token)).toBe('status 500');
  const sorry = pageOf(await browser.open(page.url));
  expect(sorry.status).toBe(503);
  expect(sorry.text).toContain('The service has a problem');
  isAway = false;
  expect(await refresh(app, token)).not.toBe('invalid_grant');
});

test('a refresh token is good for 180 days from its last use', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  await refresh(app, (await signIn(app, 'ada', 'correct horse')).refresh_token);
  const ends = Array.from((await everythingIn(issuer.store, 'identity/refresh-token/')).values(), (text) =>
    z.object({ endsAt: z.number() }).parse(JSON.parse(text)),
  );
  expect(ends).toHaveLength(2);
  for (const { endsAt } of ends) expect(Math.round((endsAt - Date.now()) / DAY_MS)).toBe(180);
});

test('a service that was restarted knows everybody, and a sign-in goes on where it was', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse', { name: 'Ada' });
  const app = await openApp(issuer);
  const browser = createBrowser();
  const tokens = await signIn(app, 'ada', 'correct horse', browser);
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  const replica = await issuer.restart();
  const arrived = appOf(await browser.send(page, { choice: 'go_on' }));
  await issuer.restart();
  await attempt.exchange(arrived);
  expect(await refresh(app, tokens.refresh_token)).not.toBe('invalid_grant');
  expect(await isVerified(replica, tokens.access_token)).toBe(true);
});

test('an account that is switched off, or has a new password, is out everywhere at once', async () => {
  const issuer = await openIssuer();
  const id = await issuer.addAccount('ada', 'correct horse', { name: 'Ada' });
  const app = await openApp(issuer);
  const accounts = createAccounts(issuer.store);
  const browser = createBrowser();
  const before = await signIn(app, 'ada', 'correct horse', browser);

  const passwordHash = await createPasswords(CHEAP).hash('new one');
  await accounts.change('ada', (account) => endSignIns({ ...account, passwordHash }, Date.now()));
  expect(await refresh(app, before.refresh_token)).toBe('invalid_grant');
  expect((await signInPageOf(app, browser)).text).not.toContain('Go on as');

  // Right after the change, whatever the clock says.
  const after = await signIn(app, 'ada', 'new one', browser);
  const next = await refresh(app, after.refresh_token);
  expect(next).not.toBe('invalid_grant');

  await accounts.change('ada', (account) => endSignIns({ ...account, isDisabled: true }, Date.now()));
  expect(await refresh(app, next)).toBe('invalid_grant');
  const page = await signInPageOf(app, browser);
  const refused = pageOf(await browser.send(page, { choice: 'sign_in', login: 'ada', password: 'new one' }));
  expect(refused.text).toContain('switched off');
  const other = await issuer.addReplica();
  expect(await other.standing(id)).toMatchObject({ isDisabled: true });

  await accounts.change('ada', (account) => ({ ...account, isDisabled: false }));
  expect(await refresh(app, next)).toBe('invalid_grant');
});

test('another tier is in the next token', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const { refresh_token: token } = await signIn(app, 'ada', 'correct horse');
  await createAccounts(issuer.store).change('ada', (account) => ({ ...account, tier: 'premium' }));
  const renewed = await client.refreshTokenGrant(app.configuration, token ?? '');
  const keys = createLocalJWKSet(await issuer.identity.publicKeys());
  expect((await jwtVerify(renewed.access_token, keys)).payload).toMatchObject({ riffle_tier: 'premium' });
});

test('keys change without anybody noticing', async () => {
  const start = Date.now();
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const tokens = await signIn(app, 'ada', 'correct horse', browser);

  // A replica that looks 89 and a half days later publishes the next key, and signs with the old one still.
  const before = await issuer.restart({ nowMs: () => start + 89.5 * DAY_MS });
  expect((await before.publicKeys()).keys).toHaveLength(2);
  expect((await before.publicKeys()).keys.every((key) => !('d' in key))).toBe(true);

  const after = await issuer.restart({ nowMs: () => start + 90.6 * DAY_MS });
  const renewed = await client.refreshTokenGrant(app.configuration, tokens.refresh_token ?? '');
  expect(await isVerified(after, tokens.access_token)).toBe(true);
  expect(await isVerified(after, renewed.access_token)).toBe(true);
  expect(await isVerified(before, renewed.access_token)).toBe(true);
  expect((await signInPageOf(app, browser)).text).toContain('Go on as');

  const late = await issuer.restart({ nowMs: () => start + 92 * DAY_MS });
  expect(await isVerified(late, tokens.access_token)).toBe(false);
  expect(await isVerified(late, renewed.access_token)).toBe(true);
  expect((await signInPageOf(app, browser)).text).toContain('Go on as');
  // The old private key is nowhere any more.
  expect((await everythingIn(issuer.store, 'identity/keys/')).size).toBe(1);
});

test('replicas that start at once on an empty store agree on their keys', async () => {
  const issuer = await openIssuer();
  const others = await Promise.all([issuer.addReplica(), issuer.addReplica(), issuer.addReplica()]);
  const keys = await Promise.all([issuer.identity, ...others].map((replica) => replica.publicKeys()));
  expect(new Set(keys.map((set) => JSON.stringify(set))).size).toBe(1);
});

test('what lies in the store is no token, code, cookie, password or name of a listener to anybody', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const browser = createBrowser();
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  const arrived = appOf(
    await browser.send(page, { choice: 'sign_in', login: 'ada', password: 'correct horse' }),
  );
  const stored = await everythingIn(issuer.store);
  const tokens = await attempt.exchange(arrived);
  const device = await client.initiateDeviceAuthorization(app.configuration, { scope: 'openid' });
  const later = await everythingIn(issuer.store);
  const secrets = [
    arrived.searchParams.get('code') ?? '',
    tokens.refresh_token ?? '',
    tokens.access_token,
    device.device_code,
    device.user_code.replace('-', ''),
    'correct horse',
    ...browser.cookies().map(({ value }) => value),
  ];
  for (const [key, text] of [...stored, ...later])
    for (const secret of secrets) expect(`${key} ${text}`).not.toContain(secret);
  const told = JSON.stringify(issuer.log);
  for (const secret of secrets) expect(told).not.toContain(secret);
});

test('what is over is removed, by two replicas at once too, and nothing else', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const tokens = await signIn(app, 'ada', 'correct horse');
  const next = await refresh(app, tokens.refresh_token);
  const inThreeDays = Date.now() + 3 * DAY_MS;
  const sweeps = [createSweep(issuer.store, () => inThreeDays), createSweep(issuer.store, () => inThreeDays)];
  const before = (await everythingIn(issuer.store)).size;
  for (let round = 0; round < 12; round++) await Promise.all(sweeps.map((sweep) => sweep.step(5)));
  const left = Array.from((await everythingIn(issuer.store)).keys(), (key) => key.split('/')[1]);
  expect(left.length).toBeLessThan(before);
  expect(left).not.toContain('authorization-code');
  expect(left).not.toContain('used-code');
  expect(left).not.toContain('interaction');
  expect(new Set(left)).toEqual(
    new Set(['accounts', 'keys', 'grant', 'refresh-chain', 'refresh-token', 'session', 'session-uid']),
  );
  expect(await refresh(app, next)).not.toBe('invalid_grant');
});
