/** The app against a service with accounts of its own: everything is taken out, and the account deleted. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../src/catalog/identity/accounts.ts';
import { createPasswords } from '../../src/catalog/identity/password-hash.ts';
import type { TakenOut } from '../../src/contract/account-data.ts';
import { libraryExportSchema } from '../../src/contract/library-http.ts';
import type { Account } from '../../src/contract/session.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import {
  bearing,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { openHost, type OpenedHost } from '../host/open-host.ts';
import { buildTrack } from '../host/track-builder.ts';
import { appOf, createBrowser, pageOf } from '../identity/browser.ts';
import { addressOf } from '../session/sign-in-as.ts';

const CHEAP = { memoryKib: 64, passes: 1 };
const PASSWORD = 'kies bett delta';
const SOON = { timeout: 10_000, interval: 20 };

let home: ServiceHome;
let service: RunningService;
let opened: OpenedHost;
/** Of the service: what it knows of an account is some seconds old. */
let aheadMs = 0;
const secrets = createMemorySecrets();

beforeEach(async () => {
  home = await openServiceHome();
  const passwordHash = await createPasswords(CHEAP).hash(PASSWORD);
  const lene = { login: 'lene', name: 'Lene Ahrens', tier: 'free', roles: [], passwordHash } as const;
  await createAccounts(home.store).add(lene);
  aheadMs = 0;
  service = await home.start({
    signIn: { mode: { kind: 'own', demo: false, passwordCost: CHEAP }, nowMs: () => Date.now() + aheadMs },
  });
  opened = await openHost(service.url, { secrets });
});
afterEach(async () => {
  await opened.host.close();
  await home.close();
});

const ask = (method: string, argument: unknown = null) => opened.host.call(method, argument);
/** What a call that succeeds gives. */
const answerOf = async (method: string, argument: unknown = null): Promise<unknown> => {
  const reply = await ask(method, argument);
  if (!reply.ok) throw new Error(`${method}: ${reply.error.code} ${reply.error.message}`);
  return reply.value;
};

const signIn = async (): Promise<Account> => {
  await answerOf('session.signIn', { serviceUrl: service.url, via: 'browser' });
  const address = new URL(addressOf(opened.host.snapshot().session.signIn));
  const browser = createBrowser('en', address.searchParams.get('redirect_uri') ?? '');
  const page = pageOf(await browser.open(address));
  await fetch(appOf(await browser.send(page, { choice: 'sign_in', login: 'lene', password: PASSWORD })));
  const { session } = opened.host.snapshot().session;
  if (session.state !== 'signed_in') throw new Error(`not signed in: ${session.state}`);
  return session.account;
};
/** A playlist, a like and a play, known to the service. */
const live = async (): Promise<void> => {
  await expect.poll(() => opened.host.snapshot().library.sync.state, SOON).toBe('synced');
  const [one, two] = [buildTrack('one'), buildTrack('two')];
  await answerOf('history.record', { track: one });
  await answerOf('library.save', { kind: 'track', ids: [one.id] });
  for (const name of ['Wege/Nacht', 'Wege?Nacht'])
    await answerOf('playlists.create', { name, trackIds: [one.id, two.id] });
  await expect.poll(() => opened.host.snapshot().library.sync.state, SOON).toBe('synced');
};
const takeOut = async (language: 'en' | 'de') =>
  // What is checked of it below is all that is taken for granted here.
  (await answerOf('accountData.takeOut', { language })) as TakenOut;
const filesOf = ({ file }: TakenOut): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(Buffer.from(file.base64, 'base64'))).map(([name, bytes]) => [
      name,
      strFromU8(bytes),
    ]),
  );
const accessTokenOf = async ({ id }: Account): Promise<string> => {
  const kept: unknown = JSON.parse((await secrets.read(`session-${id}`)) ?? '');
  return (kept as { readonly access: { readonly token: string } }).access.token;
};

describe('everything of a listener', () => {
  it('comes as one archive, that says what it holds and gives nothing to sign in with', async () => {
    const account = await signIn();
    await live();
    const taken = await takeOut('de');
    expect(taken).toMatchObject({ missing: null, leftOut: 0 });
    expect(taken.file.name).toMatch(/^riffle-Lene-Ahrens-\d{4}-\d{2}-\d{2}\.zip$/);
    const files = filesOf(taken);
    expect(Object.keys(files).sort()).toEqual([
      'README.txt',
      'account.json',
      'history.csv',
      'liked/albums.csv',
      'liked/artists.csv',
      'liked/tracks.csv',
      'liked/tracks.jspf',
      'playlists/Wege Nacht (2).jspf',
      'playlists/Wege Nacht (2).m3u8',
      'playlists/Wege Nacht.jspf',
      'playlists/Wege Nacht.m3u8',
      'riffle-library.json',
    ]);
    const { documents } = libraryExportSchema.parse(JSON.parse(files['riffle-library.json'] ?? ''));
    expect(documents).toHaveLength(4);
    expect(files['README.txt']).toContain('Alles von Lene Ahrens bei Test Records');
    // The title is known because it was played here.
    const { title } = buildTrack('one');
    for (const name of ['history.csv', 'liked/tracks.csv', 'playlists/Wege Nacht.m3u8'])
      expect(files[name]).toContain(title);
    expect(JSON.parse(files['account.json'] ?? '')).toMatchObject({ name: 'Lene Ahrens', tier: 'free' });
    const token = await accessTokenOf(account);
    expect(Object.values(files).join('\n')).not.toContain(token);
    expect(await answerOf('accountData.progress')).toBeNull();
  });

  it('is what this computer has where the service does not answer, and says so', async () => {
    await signIn();
    await live();
    await service.close();
    const taken = await takeOut('en');
    expect(taken.missing).toBe('service_unreachable');
    const files = filesOf(taken);
    expect(files['riffle-library.json']).toBeUndefined();
    expect(files['README.txt']).toContain('The service could not be asked.');
    expect(files['playlists/Wege Nacht.jspf']).toContain(buildTrack('one').title);
  });
});

describe('deleting the account', () => {
  it('leaves nothing at the service, nobody who is let in, and nothing on this computer', async () => {
    const account = await signIn();
    await live();
    const token = await accessTokenOf(account);
    const folder = join(opened.folder, 'data', 'accounts', account.id);
    expect(existsSync(folder)).toBe(true);
    expect(await createAccounts(home.store).find(account.me.id)).not.toBeNull();
    expect(await answerOf('session.issuerElsewhere', { accountId: account.id })).toBeNull();

    await answerOf('session.deleteAccount', { accountId: account.id, confirm: ' Lene Ahrens ' });

    expect(opened.host.snapshot().session).toMatchObject({ session: { state: 'signed_out' }, accounts: [] });
    expect(existsSync(folder)).toBe(false);
    expect(await secrets.read(`session-${account.id}`)).toBeNull();
    aheadMs = 30_000;
    expect((await service.fetch('/v1/me', bearing(token))).status).toBe(401);
    expect(await createAccounts(home.store).find(account.me.id)).toBeNull();
  });

  it('happens nowhere under another name, or while the service does not answer', async () => {
    const account = await signIn();
    const before = opened.host.snapshot().session;
    const of = { accountId: account.id };
    expect(await ask('session.deleteAccount', { ...of, confirm: 'lene ahrens' })).toMatchObject({
      error: { code: 'invalid_argument' },
    });
    expect((await service.fetch('/v1/me', bearing(await accessTokenOf(account)))).status).toBe(200);
    await service.close();
    expect(await ask('session.deleteAccount', { ...of, confirm: 'Lene Ahrens' })).toMatchObject({
      error: { code: 'service_unreachable' },
    });
    expect(opened.host.snapshot().session).toEqual(before);
    expect(existsSync(join(opened.folder, 'data', 'accounts', account.id))).toBe(true);
  });
});
