import { describe, expect, it, onTestFinished } from 'vitest';
import { appOf, createBrowser, pageOf, type Browser } from '../identity/browser.ts';
import { openIssuer, type Issuer } from '../identity/open-issuer.ts';
import { startGuardedService, type GuardedService } from './guarded-service.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { addressOf } from './sign-in-as.ts';

const startService = async (issuer: Issuer): Promise<GuardedService> => {
  const { keys } = await issuer.identity.publicKeys();
  const service = await startGuardedService({
    url: issuer.identity.issuer,
    keys: { keys },
    offer: issuer.identity.offer,
  });
  onTestFinished(() => service.close());
  return service;
};

/** Through the issuer's own page, and back to the app. */
const signIn = async (opened: OpenedSession, service: GuardedService, login: string, browser?: Browser) => {
  const { session } = opened;
  const { signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'browser' });
  const address = new URL(addressOf(signIn));
  const { origin } = new URL(address.searchParams.get('redirect_uri') ?? '');
  const journey = browser ?? createBrowser('en', origin);
  const page = pageOf(await journey.open(address));
  const back = appOf(await journey.send(page, { choice: 'sign_in', login, password: 'correct horse 9' }));
  const shown = await fetch(back).then((response) => response.text());
  return { address, shown };
};

describe('the identity of small installations', () => {
  it('signs in, renews, forgives a lost answer, and hears of signing out', async () => {
    const issuer = await openIssuer();
    await issuer.addAccount('ada', 'correct horse 9');
    const service = await startService(issuer);
    let losesAnswers = 0;
    const opened = await openSession({
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        if (!String(url).endsWith('/token') || losesAnswers === 0) return response;
        losesAnswers -= 1;
        await response.arrayBuffer();
        throw new TypeError('fetch failed');
      },
    });
    const { session } = opened;

    const { address, shown } = await signIn(opened, service, 'ada');
    expect(address.searchParams.has('prompt')).toBe(false);
    expect(shown).toContain('You are signed in');
    const now = session.snapshot().session;
    if (now.state !== 'signed_in') throw new Error(JSON.stringify(session.snapshot()));
    const { account } = now;

    losesAnswers = 2;
    const tokens = session.tokens(account);
    const first = (await tokens.access()) ?? '';
    const second = (await tokens.renewAfter(first)) ?? '';
    await session.api.refresh();
    expect(new Set([first, second, await tokens.access()]).size).toBe(3);
    expect(session.snapshot().session.state).toBe('signed_in');

    const kept = JSON.parse((await opened.secrets.read(`session-${account.id}`)) ?? '') as {
      refreshToken: string;
    };
    await session.api.signOut({ accountId: account.id });
    const response = await fetch(`${issuer.identity.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: kept.refreshToken,
        client_id: issuer.identity.offer.clientId,
      }),
    });
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('has sign-in on another device', async () => {
    const issuer = await openIssuer();
    const service = await startService(issuer);
    const { session } = await openSession();

    const { signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'device' });

    expect(signIn).toMatchObject({ step: 'on_device', address: expect.stringContaining('/identity/device') });
  });
});
