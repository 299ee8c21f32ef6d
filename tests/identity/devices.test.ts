import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { hashed } from '../../src/catalog/identity/guesses.ts';
import { guessFolder, guessKey } from '../../src/catalog/identity/identity-keys.ts';
import { createBrowser, pageOf } from './browser.ts';
import { openApp, openIssuer, refresh } from './open-issuer.ts';

test('a device without a browser shows a code, and a person lets it in elsewhere', async () => {
  const issuer = await openIssuer({ demo: true });
  await issuer.addReplica({ demo: true });
  const app = await openApp(issuer);
  const device = await client.initiateDeviceAuthorization(app.configuration, {
    scope: 'openid offline_access',
  });
  expect(device.verification_uri).toBe(`${issuer.url}/identity/device`);
  expect(device.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);

  const browser = createBrowser('de-AT');
  const offered = pageOf(await browser.open(device.verification_uri_complete ?? ''));
  expect(offered.text).toContain(`value="${device.user_code}"`);
  const confirm = pageOf(await browser.send(offered, { user_code: device.user_code }));
  expect(confirm.text).toContain('Ist das dein Code?');
  expect(confirm.text).toContain(device.user_code);
  const signInPage = pageOf(await browser.send(confirm, { confirm: 'yes' }));
  const done = pageOf(await browser.send(signInPage, { choice: 'demo_premium' }));
  expect(done.text).toContain('Das Gerät ist verbunden');

  const tokens = await client.pollDeviceAuthorizationGrant(app.configuration, { ...device, interval: 0.01 });
  expect(tokens.claims()?.sub).toBe('demo-premium');
  expect(await refresh(app, tokens.refresh_token)).not.toBe('invalid_grant');
  await expect(
    client.pollDeviceAuthorizationGrant(app.configuration, { ...device, interval: 0.01 }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
  // A device code that is used again ends what it gave.
  expect(await refresh(app, tokens.refresh_token)).toBe('invalid_grant');
});

test('a code that is not there, was used, or is cancelled is answered in words', async () => {
  const issuer = await openIssuer({ demo: true });
  const app = await openApp(issuer);
  const browser = createBrowser();
  const page = pageOf(await browser.open(`${issuer.url}/identity/device`));
  const wrong = pageOf(await browser.send(page, { user_code: 'XXXX-XXXX' }));
  expect(wrong.text).toContain('There is no such code');
  expect(wrong.text).toContain('value="XXXX-XXXX"');

  const device = await client.initiateDeviceAuthorization(app.configuration, { scope: 'openid' });
  const confirm = pageOf(await browser.send(wrong, { user_code: device.user_code.toLowerCase() }));
  const cancelled = pageOf(await browser.send(confirm, { abort: 'yes' }));
  expect(cancelled.text).toContain('The sign-in was cancelled');
  await expect(
    client.pollDeviceAuthorizationGrant(app.configuration, { ...device, interval: 0.01 }),
  ).rejects.toMatchObject({ error: 'access_denied' });

  const used = pageOf(await browser.send(cancelled, { user_code: device.user_code }));
  expect(used.text).toContain('used already');
});

test('who says no on the sign-in page says no to the device', async () => {
  const issuer = await openIssuer({ demo: true });
  const app = await openApp(issuer);
  const browser = createBrowser();
  const device = await client.initiateDeviceAuthorization(app.configuration, { scope: 'openid' });
  const page = pageOf(await browser.open(device.verification_uri));
  const confirm = pageOf(await browser.send(page, { user_code: device.user_code }));
  const signInPage = pageOf(await browser.send(confirm, { confirm: 'yes' }));
  expect(pageOf(await browser.send(signInPage, { choice: 'cancel' })).text).toContain('cancelled');
  await expect(
    client.pollDeviceAuthorizationGrant(app.configuration, { ...device, interval: 0.01 }),
  ).rejects.toMatchObject({ error: 'access_denied' });
});

test('codes of devices cannot be guessed for long', async () => {
  const issuer = await openIssuer();
  const browser = createBrowser();
  const page = pageOf(await browser.open(`${issuer.url}/identity/device`));
  const folder = guessFolder('address', hashed('127.0.0.1'));
  const at = Date.now();
  const body = Buffer.from(JSON.stringify({ at, endsAt: at + 60_000 }));
  const before = Array.from({ length: 29 }, (_none, index) => guessKey(folder, index + 1));
  await Promise.all(before.map((key) => issuer.store.put(key, body, { contentType: 'application/json' })));

  const last = pageOf(await browser.send(page, { user_code: 'XXXX-XXXX' }));
  expect(last.text).toContain('There is no such code');
  const refused = pageOf(await browser.send(last, { user_code: 'XXXX-XXXX' }));
  expect(refused.status).toBe(429);
  expect(refused.text).toMatch(/Try again in \d+ seconds/);
  const spelledOtherwise = await fetch(`${issuer.url}/identity/DEVICE/`, {
    method: 'POST',
    headers: { origin: issuer.url },
    body: new URLSearchParams({ user_code: 'XXXX-XXXX' }),
  });
  expect(spelledOtherwise.status).toBe(429);
});

test('a form for a device from elsewhere is refused', async () => {
  const issuer = await openIssuer({ demo: true });
  const browser = createBrowser();
  const page = pageOf(await browser.open(`${issuer.url}/identity/device`));
  const foreign = await browser.send(page, { user_code: 'XXXX-XXXX' }, { origin: 'https://evil.example' });
  expect(pageOf(foreign).status).toBe(403);
});
