import { expect, test } from 'vitest';
import { createGuesses, hashed, networkOf } from '../../src/catalog/identity/guesses.ts';
import { guessFolder, guessKey } from '../../src/catalog/identity/identity-keys.ts';
import { LONGEST_WAIT_MS } from '../../src/catalog/identity/guess-waits.ts';
import { createPasswords, TooBusyError } from '../../src/catalog/identity/password-hash.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { appOf, createBrowser, pageOf, type Browser } from './browser.ts';
import { CHEAP, openApp, openIssuer, signIn, signInPageOf, type App } from './open-issuer.ts';

const tryPassword = async (app: App, login: string, password: string, browser: Browser = createBrowser()) => {
  const page = await signInPageOf(app, browser);
  return browser.send(page, { choice: 'sign_in', login, password });
};

test('a wrong password and an unknown name get the same answer, in words', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  const wrong = pageOf(await tryPassword(app, 'ada', 'wrong'));
  const unknown = pageOf(await tryPassword(app, 'nobody', 'wrong'));
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Login name or password is not right');
  expect(wrong.text).toContain('value="ada"');
  expect(wrong.text).not.toContain('value="wrong"');
  const plain = (text: string): string =>
    text.replace(/interaction\/[\w-]+/g, '').replace(/value="(ada|nobody)"/, '');
  expect(plain(unknown.text)).toBe(plain(wrong.text));
  const empty = pageOf(await tryPassword(app, ' ', 'x'));
  expect(empty.text).toContain('both');
});

test('after five wrong passwords, at whichever replica, even the right one has to wait', async () => {
  let now = Date.now();
  const issuer = await openIssuer({ nowMs: () => now });
  await issuer.addReplica({ nowMs: () => now });
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);
  // All at once: none of them slips through between looking and counting.
  const guesses = await Promise.all(Array.from({ length: 12 }, () => tryPassword(app, 'ada', 'wrong')));
  const statuses = guesses.map((arrival) => pageOf(arrival).status);
  expect(statuses.filter((status) => status === 422)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(7);

  const waits = pageOf(await tryPassword(app, 'ADA', 'correct horse'));
  expect(waits.status).toBe(429);
  expect(waits.headers.get('retry-after')).toBe('5');
  expect(waits.text).toContain('Try again in 5 seconds');
  // Others are not held up.
  await issuer.addAccount('bob', 'battery staple');
  appOf(await tryPassword(app, 'bob', 'battery staple'));

  now += 5000;
  appOf(await tryPassword(app, 'ada', 'correct horse'));
  // The count began anew.
  expect(pageOf(await tryPassword(app, 'ada', 'wrong')).status).toBe(422);
  expect(
    issuer.log.filter(({ message }) => message.includes('wrong password')).length,
  ).toBeGreaterThanOrEqual(5);
});

test('waits grow, and never keep the owner out for longer than a quarter of an hour', async () => {
  let now = Date.parse('2026-01-01');
  const store = openStore({ location: await temporaryFolder() });
  const guesses = createGuesses(store, () => now);
  const waits: number[] = [];
  for (let guess = 0; guess < 15; guess++) {
    const counted = await guesses.count('ada', `192.0.2.${guess}`);
    const seconds = counted.state === 'wait' ? counted.seconds : 0;
    waits.push(seconds);
    now += Math.max(0, seconds - 1) * 1000;
    const early = seconds === 0 ? 'wait' : (await guesses.count('ada', '198.51.100.1')).state;
    expect(early).toBe('wait');
    now += 1000;
    const inTime = seconds === 0 ? 'counted' : (await guesses.count('ada', `192.0.2.${guess}`)).state;
    expect(inTime).toBe('counted');
  }
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 4, 10, 20]);
  expect(Math.max(...waits)).toBe(LONGEST_WAIT_MS / 1000);
  now += 25 * 3_600_000;
  expect((await guesses.count('ada', '192.0.2.1')).state).toBe('counted');
  expect((await guesses.count('ada', '192.0.2.1')).state).toBe('counted');
});

test('one address that guesses at many names has to wait as well', async () => {
  const store = openStore({ location: await temporaryFolder() });
  const now = Date.now();
  const guesses = createGuesses(store, () => now);
  const folder = guessFolder('address', hashed('2001:db8:1:2'));
  const body = Buffer.from(JSON.stringify({ at: now, endsAt: now + 60_000 }));
  for (let guess = 1; guess < 30; guess++)
    await store.put(guessKey(folder, guess), body, { contentType: 'application/json' });
  expect((await guesses.count('last', '2001:db8:1:2::7')).state).toBe('counted');
  expect((await guesses.count('another', '2001:db8:1:2:ffff::1')).state).toBe('wait');
  expect((await guesses.countAt('2001:db8:1:2:ffff::2')).state).toBe('wait');
  expect((await guesses.count('another', '2001:db8:1:3::1')).state).toBe('counted');
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:0db8:0001:0002:0003::', '2001:db8:1:2'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['no address', 'no address'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('passwords are hashed as argon2id, verified as they look, and known to be too cheap later', async () => {
  const passwords = createPasswords(CHEAP);
  const hash = await passwords.hash('Grüße');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[^$]{22}\$[^$]{43}$/);
  expect(await passwords.verify('Grüße'.normalize('NFD'), hash)).toBe(true);
  expect(await passwords.verify('grüße', hash)).toBe(false);
  expect(await passwords.verify('Grüße', null)).toBe(false);
  expect(await passwords.verify('Grüße', '$2b$nonsense')).toBe(false);
  expect(passwords.isOutdated(hash)).toBe(false);
  const dearer = createPasswords({ memoryKib: 128, passes: 1 });
  expect(dearer.isOutdated(hash)).toBe(true);
  expect(await dearer.verify('Grüße', hash)).toBe(true);
});

test('a cheap hash is made again when the password is at hand', async () => {
  const issuer = await openIssuer();
  await issuer.addAccount('ada', 'correct horse');
  await issuer.restart({ passwordCost: { memoryKib: 128, passes: 1 } });
  const app = await openApp(issuer);
  await signIn(app, 'ada', 'correct horse');
  let stored = '';
  for await (const { key } of issuer.store.list('identity/accounts/'))
    stored = Buffer.from((await issuer.store.getBytes(key)) ?? []).toString('utf8');
  expect(stored).toContain('m=128,');
  await signIn(app, 'ada', 'correct horse');
});

test('more passwords than can be looked at soon are turned away, not piled up', async () => {
  const passwords = createPasswords(CHEAP);
  const results = await Promise.allSettled(Array.from({ length: 150 }, () => passwords.verify('x', null)));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(60);
  for (const result of refused) expect(result.reason).toBeInstanceOf(TooBusyError);
  expect(await passwords.verify('x', null)).toBe(false);
});
