import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account, SignIn } from '../../src/contract/session.ts';
import type { SessionService } from '../../src/main/session/session-contract.ts';
import { accountOf } from '../../src/main/track-cache/audio-key.ts';
import { startTestIssuer, type TestIssuer } from '../fakes/test-issuer.ts';
import { handClock } from '../host/hand-clock.ts';
import { startServiceStandIn } from '../host/service-stand-in.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { startGuardedService, type GuardedService } from './guarded-service.ts';
import { createIssuerBrowser } from './issuer-browser.ts';
import { openSession } from './open-session.ts';
import { addressOf, signInAs } from './sign-in-as.ts';

const HOUR_MS = 3_600_000;

let issuer: TestIssuer;
let service: GuardedService;
beforeEach(async () => {
  issuer = await startTestIssuer();
  service = await startGuardedService(issuer);
});
afterEach(() => Promise.all([issuer.close(), service.close()]));

const inBrowser = (session: SessionService, changes: { readonly accountId?: string } = {}) =>
  session.api.signIn({ serviceUrl: service.url, via: 'browser', ...changes });
const stepOf = (session: SessionService): SignIn['step'] => session.snapshot().signIn.step;
const currentOf = (session: SessionService): Account | null => {
  const now = session.snapshot().session;
  return 'account' in now ? now.account : null;
};

const listening = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' }, () => resolve(server));
  });
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('signing in with the browser', () => {
  it('leads back to the app, and says so in the browser', async () => {
    const opened: string[] = [];
    const { session, used, told } = await openSession({
      openBrowser: async (url) => {
        opened.push(url);
      },
    });
    await session.start();

    const { signIn } = await inBrowser(session);
    expect(signIn).toMatchObject({ step: 'in_browser', openedByHost: true, address: opened[0] });
    const page = await createIssuerBrowser().open(addressOf(signIn));

    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('You are signed in') });
    expect(session.snapshot()).toMatchObject({
      signIn: { step: 'idle' },
      session: {
        state: 'signed_in',
        account: { id: accountOf(service.url, 'ada'), isPersonal: true, me: { name: 'ada', tier: 'free' } },
      },
      keepsSignIn: 'file',
    });
    expect(used).toEqual([accountOf(service.url, 'ada')]);
    expect(told.map(({ signIn }) => signIn.step)).toEqual(
      expect.arrayContaining(['idle', 'asking', 'in_browser', 'finishing']),
    );
  });

  it('asks with proof key, state, nonce and the resource, and only for this computer', async () => {
    const { session } = await openSession();
    const { searchParams, origin } = new URL(addressOf((await inBrowser(session)).signIn));

    expect(origin).toBe(issuer.url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'openid offline_access',
      resource: issuer.offer.resource,
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
    });
    expect(searchParams.has('prompt')).toBe(false);
  });

  it('asks an issuer that is not ours for leave to stay signed in', async () => {
    service.offer = { ...issuer.offer, resource: 'https://music.example/' };
    const { session } = await openSession();

    expect(new URL(addressOf((await inBrowser(session)).signIn)).searchParams.get('prompt')).toBe('consent');
  });

  it('comes back to an address that the issuer knows beforehand, the first that is free', async () => {
    const [taken, free] = await Promise.all([listening(), listening()]);
    const [takenPort, freePort] = [portOf(taken), portOf(free)];
    await new Promise((resolve) => free.close(resolve));
    const redirectUris = [takenPort, freePort].map((port) => `http://localhost:${port}/callback`);
    service.offer = { ...issuer.offer, redirectUris };
    const { session } = await openSession();

    const { signIn } = await inBrowser(session);
    expect(new URL(addressOf(signIn)).searchParams.get('redirect_uri')).toBe(redirectUris[1]);
    await createIssuerBrowser().open(addressOf(signIn));

    expect(currentOf(session)?.me.name).toBe('ada');
    taken.close();
  });

  it('works with an issuer like Amazon Cognito: no resources, no offline_access, no iss, never another refresh token', async () => {
    issuer.rotates = false;
    issuer.saysIssuer = false;
    issuer.hasDevices = false;
    service.offer = { ...issuer.offer, scope: 'openid', resource: null };
    const { session } = await openSession();

    const { signIn } = await inBrowser(session);
    const asked = new URL(addressOf(signIn)).searchParams;
    expect([asked.has('prompt'), asked.has('resource'), asked.get('scope')]).toEqual([
      false,
      false,
      'openid',
    ]);
    await createIssuerBrowser().open(addressOf(signIn), (url) => {
      url.searchParams.delete('iss');
      return url;
    });

    const account = currentOf(session);
    if (account === null) throw new Error(JSON.stringify(session.snapshot().signIn));
    const first = await session.tokens(account).access();
    expect(await session.tokens(account).renewAfter(first ?? '')).not.toBe(first);
    await session.api.refresh();
    expect(session.snapshot().session.state).toBe('signed_in');
  });

  it('lasts over a restart, with service and issuer away', async () => {
    const folder = await temporaryFolder();
    const first = await openSession({ folder });
    await signInAs(first.session, service.url);
    await first.session.close();
    await Promise.all([issuer.close(), service.close()]);

    const second = await openSession({ folder });
    await second.session.start();

    expect(second.session.snapshot().session).toMatchObject({
      state: 'signed_in',
      account: { me: { name: 'ada', tier: 'free' } },
    });
    expect(second.used).toEqual([accountOf(service.url, 'ada')]);
  });

  it('asks who is to come when somebody is there already, and keeps both', async () => {
    const { session, used } = await openSession();
    await signInAs(session, service.url);
    issuer.listener = 'bela';

    const { signIn } = await inBrowser(session);
    expect(new URL(addressOf(signIn)).searchParams.get('prompt')).toBe('login');
    await createIssuerBrowser().open(addressOf(signIn));

    expect(currentOf(session)?.me.name).toBe('bela');
    expect(session.snapshot().accounts.map(({ me }) => me.name)).toEqual(['ada', 'bela']);
    expect(used).toEqual([accountOf(service.url, 'ada'), accountOf(service.url, 'bela')]);
  });

  it('proposes whoever signs in again, and takes nobody else', async () => {
    const { session } = await openSession();
    await signInAs(session, service.url);
    const accountId = currentOf(session)?.id ?? '';
    issuer.listener = 'bela';

    const { signIn } = await inBrowser(session, { accountId });
    expect(new URL(addressOf(signIn)).searchParams.get('login_hint')).toBe('ada');
    const page = await createIssuerBrowser().open(addressOf(signIn));

    expect(page.text).toContain('does not take this account');
    expect(session.snapshot()).toMatchObject({
      signIn: { step: 'failed', failure: 'refused' },
      session: { state: 'signed_in', account: { id: accountId } },
    });
    expect(session.snapshot().accounts).toHaveLength(1);
  });

  it('takes the place of everybody’s account when the service wants a sign-in by now', async () => {
    const open = await startServiceStandIn();
    const { session, used } = await openSession();
    await session.api.signIn({ serviceUrl: open.url, via: 'browser' });
    const accountId = currentOf(session)?.id ?? '';
    open.answer('/v1/service', {
      json: { name: 'Probe', version: '2', revision: 1, tracks: 1, signIn: issuer.offer },
    });
    open.answer('/v1/me', {
      json: { ...currentOf(session)?.me, id: 'ada', name: 'Ada' },
    });

    const { signIn } = await session.api.signIn({ serviceUrl: open.url, via: 'browser', accountId });
    await createIssuerBrowser().open(addressOf(signIn));

    expect(currentOf(session)).toMatchObject({ isPersonal: true, me: { name: 'Ada' } });
    expect(used).toEqual([accountId, accountOf(open.url, 'ada')]);
    await open.close();
  });

  it('speaks German to a German browser', async () => {
    const { session } = await openSession();
    const { signIn } = await inBrowser(session);

    const page = await createIssuerBrowser('de-AT,de;q=0.9,en;q=0.5').open(addressOf(signIn));

    expect(page.text).toContain('<html lang="de">');
    expect(page.text).toContain('Du bist angemeldet');
  });

  it('shows a page that loads, runs and tells nothing', async () => {
    const { session } = await openSession();
    const { returned } = await createIssuerBrowser().open(addressOf((await inBrowser(session)).signIn));

    const again = await fetch(returned ?? '');

    expect(await again.text()).toContain('This page has done its work');
    expect(again.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(again.headers.get('referrer-policy')).toBe('no-referrer');
    expect(again.headers.get('cache-control')).toBe('no-store');
  });

  it('hears nobody but a browser that comes back to where it was sent', async () => {
    const { session } = await openSession();
    const { signIn } = await inBrowser(session);
    const callback = new URL(new URL(addressOf(signIn)).searchParams.get('redirect_uri') ?? '');

    expect((await fetch(new URL('/', callback))).status).toBe(404);
    expect((await fetch(new URL('/favicon.ico', callback))).status).toBe(404);
    expect((await fetch(callback, { method: 'POST', body: 'state=x' })).status).toBe(404);
    const other = new URL(callback);
    other.hostname = 'localhost';
    await expect(fetch(other).then(({ status }) => status)).resolves.toBe(421);
    expect(stepOf(session)).toBe('in_browser');
  });

  it('goes on although somebody else sends an answer with a wrong state', async () => {
    const { session, log } = await openSession();
    const { signIn } = await inBrowser(session);
    const callback = new URL(new URL(addressOf(signIn)).searchParams.get('redirect_uri') ?? '');
    callback.search = new URLSearchParams({
      code: 'stolen',
      state: 'guessed',
      error: 'access_denied',
    }).toString();

    const page = await fetch(callback);
    expect(await page.text()).toContain('does not belong to your sign-in');
    await createIssuerBrowser().open(addressOf(signIn));

    expect(currentOf(session)?.me.name).toBe('ada');
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });

  it('stops when it is cancelled: the browser is told, the port is closed', async () => {
    const { session } = await openSession();
    const { signIn } = await inBrowser(session);
    const callback = new URL(new URL(addressOf(signIn)).searchParams.get('redirect_uri') ?? '');

    expect((await session.api.cancelSignIn()).signIn).toEqual({ step: 'idle' });

    await expect
      .poll(() =>
        fetch(callback).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
  });

  it('gives its place to a newer one', async () => {
    const { session } = await openSession();
    const older = addressOf((await inBrowser(session)).signIn);
    const newer = addressOf((await inBrowser(session)).signIn);

    await expect(createIssuerBrowser().open(older)).rejects.toThrow('fetch failed');
    await createIssuerBrowser().open(newer);

    expect(currentOf(session)?.me.name).toBe('ada');
  });

  it.each([-300, 300])('works with clocks that are %i seconds apart', async (offset) => {
    issuer.clockOffsetSeconds = offset;
    const { session } = await openSession();

    await signInAs(session, service.url);

    expect(currentOf(session)?.me.name).toBe('ada');
  });

  it('remembers what the issuer said of itself, and does with it when the issuer is slow to say it again', async () => {
    const folder = await temporaryFolder();
    const clock = handClock();
    const first = await openSession({ folder, clock });
    await signInAs(first.session, service.url);
    await signInAs(first.session, service.url);
    const discoveries = (): number =>
      issuer.asked.filter(({ what }) => what === 'GET /.well-known/openid-configuration').length;
    expect(discoveries()).toBe(1);
    await first.session.close();

    const second = await openSession({ folder, clock });
    await second.session.start();
    await clock.advance(25 * 3_600_000);
    issuer.mishaps('/.well-known/openid-configuration', 'silent');
    const signIn = inBrowser(second.session);
    await expect.poll(discoveries).toBe(2);
    await expect.poll(() => clock.waiting()).toBeGreaterThan(0);
    await clock.advance(3_000);

    await createIssuerBrowser().open(addressOf((await signIn).signIn));
    expect(currentOf(second.session)?.me.name).toBe('ada');
  });

  it('puts tokens into the key store alone: not into accounts, snapshots or the log', async () => {
    const opened = await openSession();
    await signInAs(opened.session, service.url);
    const kept = await opened.secrets.read(`session-${accountOf(service.url, 'ada')}`);
    const { refreshToken, access } = JSON.parse(kept ?? '') as {
      refreshToken: string;
      access: { token: string };
    };

    const elsewhere = [
      await readFile(join(opened.dataFolder, 'accounts.json'), 'utf8'),
      await readFile(join(opened.dataFolder, 'issuers.json'), 'utf8'),
      JSON.stringify(opened.told),
      JSON.stringify(opened.log.lines),
    ].join();

    expect(access.token).toBe(service.shown[0]);
    expect(elsewhere).not.toContain(refreshToken);
    expect(elsewhere).not.toContain(access.token);
  });
});

describe('signing in on another device', () => {
  it('shows a code, waits, and is in', async () => {
    const { session } = await openSession();
    const { signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'device' });
    if (signIn.step !== 'on_device') throw new Error(`it is ${signIn.step}`);
    expect(signIn).toMatchObject({
      address: `${issuer.url}/device`,
      code: expect.stringMatching(/^\w{4}-\w{4}$/),
    });

    await issuer.approveDevice(signIn.code);

    await expect.poll(() => session.snapshot().session.state).toBe('signed_in');
    expect(currentOf(session)?.me.name).toBe('ada');
  });

  it('stops when nobody types the code in time, or it is cancelled', async () => {
    const clock = handClock();
    const { session } = await openSession({ clock });
    await session.api.signIn({ serviceUrl: service.url, via: 'device' });
    await clock.advance(HOUR_MS);
    await expect
      .poll(() => session.snapshot().signIn)
      .toMatchObject({ step: 'failed', failure: 'timed_out' });

    await session.api.signIn({ serviceUrl: service.url, via: 'device' });
    await session.api.cancelSignIn();

    expect(session.snapshot()).toMatchObject({ signIn: { step: 'idle' }, accounts: [] });
  });

  it('asks on when the issuer is away for a moment', async () => {
    const { session } = await openSession();
    issuer.mishaps('/token', 'hang_up', 503);
    const { signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'device' });
    if (signIn.step !== 'on_device') throw new Error(`it is ${signIn.step}`);

    await issuer.approveDevice(signIn.code);

    await expect.poll(() => session.snapshot().session.state).toBe('signed_in');
  });
});
