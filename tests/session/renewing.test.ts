import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/contract/session.ts';
import type { SecretStore } from '../../src/main/ports.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { createCatalogClient } from '../../src/main/catalog-client/catalog-client.ts';
import { createServiceRequests } from '../../src/main/catalog-client/service-requests.ts';
import { startTestIssuer, type TestIssuer } from '../fakes/test-issuer.ts';
import { handClock, type HandClock } from '../host/hand-clock.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { startGuardedService, type GuardedService } from './guarded-service.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { signInAs } from './sign-in-as.ts';

const HOUR_MS = 3_600_000;

let issuer: TestIssuer;
let service: GuardedService;
let clock: HandClock;
let folder: string;
let opened: OpenedSession;
let account: Account;

const open = (changes: Parameters<typeof openSession>[0] = {}): Promise<OpenedSession> =>
  openSession({ folder, clock, ...changes });
const tick = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
/** Lets time pass while somebody waits for it, until what is wanted has come. Time stands still while requests are on their way. */
const passing = async <Value>(wanted: Promise<Value>, stepMs = 100): Promise<Value> => {
  const over = new AbortController();
  wanted.then(
    () => over.abort(),
    () => over.abort(),
  );
  while (!over.signal.aborted) await (clock.waiting() > 0 ? clock.advance(stepMs) : tick());
  return wanted;
};
const stateOf = ({ session }: OpenedSession): string => session.snapshot().session.state;
const renewals = (): number => issuer.grants('refresh_token');
const keptNow = async (
  secrets: SecretStore,
): Promise<{ refreshToken: string; previousRefreshToken: string | null }> =>
  JSON.parse((await secrets.read(`session-${account.id}`)) ?? 'null');
/** Resolves once who we are has been asked after signing in. */
const isQuiet = async (times: number): Promise<void> => {
  await expect.poll(() => service.shown.length).toBe(times);
};

beforeEach(async () => {
  issuer = await startTestIssuer();
  service = await startGuardedService(issuer);
  clock = handClock(Date.now());
  folder = await temporaryFolder();
  opened = await open();
  account = await signInAs(opened.session, service.url);
  await isQuiet(2);
  // The page in the browser is gone by now.
  await clock.advance(10_000);
});
afterEach(() => Promise.all([issuer.close(), service.close()]));

describe('access tokens', () => {
  it('are given as they are while they last', async () => {
    const tokens = opened.session.tokens(account);

    expect(await tokens.access()).toBe(await tokens.access());
    await clock.advance(8 * 60_000);
    expect(await tokens.access()).toBe(service.shown[0]);

    expect(renewals()).toBe(0);
  });

  it('are renewed once for all who ask when they are about to end', async () => {
    const tokens = opened.session.tokens(account);
    await clock.advance(9.5 * 60_000);

    const given = await Promise.all([
      tokens.access(),
      tokens.access(),
      opened.session.tokens(account).access(),
    ]);

    expect(new Set(given).size).toBe(1);
    expect(given[0]).not.toBe(service.shown[0]);
    expect(renewals()).toBe(1);
  });

  it('are renewed once for all who were refused the same one', async () => {
    const tokens = opened.session.tokens(account);
    const refused = (await tokens.access()) ?? '';

    const given = await Promise.all([
      tokens.renewAfter(refused),
      tokens.renewAfter(refused),
      tokens.access(),
    ]);
    const late = await tokens.renewAfter(refused);

    expect(given[0]).not.toBe(refused);
    expect(new Set([...given, late])).toEqual(new Set([given[0]]));
    expect(renewals()).toBe(1);
  });

  it('are not asked for again and again for a service that takes none', async () => {
    const tokens = opened.session.tokens(account);
    const newer = (await tokens.renewAfter((await tokens.access()) ?? '')) ?? '';

    await expect(tokens.renewAfter(newer)).rejects.toMatchObject({ code: 'sign_in_required' });

    expect(renewals()).toBe(1);
    expect(stateOf(opened)).toBe('signed_in');
  });

  it.each([-300_000, 300_000])('do with a clock that jumps by %i ms', async (jumpMs) => {
    await clock.advance(jumpMs);

    expect(await opened.session.tokens(account).access()).toMatch(/^ey/);
    expect(stateOf(opened)).toBe('signed_in');
  });

  it('come to the service with what is asked, and are renewed when it refuses one', async () => {
    const client = createCatalogClient(
      createServiceRequests({
        serviceUrl: service.url,
        fetch: globalThis.fetch,
        clock,
        isOnline: () => true,
        onOutcome: () => undefined,
        tokens: opened.session.tokens(account),
        closing: new AbortController().signal,
      }),
    );
    const before = service.shown.length;
    service.refusedTokens.add(service.shown[0] ?? '');

    expect(await client.me()).toMatchObject({ id: 'ada' });

    expect(service.shown.length - before).toBe(2);
    expect(renewals()).toBe(1);
  });
});

describe('a renewed sign-in', () => {
  it('is in the key store before anybody gets it', async () => {
    await opened.session.close();
    const secrets = createMemorySecrets();
    const written = Promise.withResolvers<void>();
    const slow: SecretStore = {
      ...secrets,
      write: async (name, value) => {
        if (renewals() > 0) await written.promise;
        await secrets.write(name, value);
      },
    };
    const second = await open({ secrets: slow });
    await signInAs(second.session, service.url);
    await clock.advance(HOUR_MS);
    const got: string[] = [];

    const asked = second.session
      .tokens(account)
      .access()
      .then((token) => got.push(token ?? ''));
    await expect.poll(renewals).toBe(1);
    await clock.advance(1);
    expect(got).toEqual([]);
    written.resolve();
    await asked;

    expect(got).toHaveLength(1);
  });

  it('keeps the one before until it has worked itself', async () => {
    const first = await keptNow(opened.secrets);
    await clock.advance(HOUR_MS);
    await opened.session.tokens(account).access();
    const second = await keptNow(opened.secrets);
    await clock.advance(HOUR_MS);
    await opened.session.tokens(account).access();
    const third = await keptNow(opened.secrets);

    expect(second.previousRefreshToken).toBe(first.refreshToken);
    expect(third.previousRefreshToken).toBe(second.refreshToken);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  });

  it('works with an issuer that never gives another refresh token', async () => {
    issuer.rotates = false;
    const first = await keptNow(opened.secrets);
    for (let hours = 0; hours < 3; hours += 1) {
      await clock.advance(HOUR_MS);
      await opened.session.tokens(account).access();
    }

    const last = await keptNow(opened.secrets);
    expect(last).toMatchObject({ refreshToken: first.refreshToken, previousRefreshToken: null });
    expect(renewals()).toBe(3);
  });

  it('does not look at the clock of the issuer, nor at an id token', async () => {
    issuer.clockOffsetSeconds = -7_200;
    issuer.signsWithStrangeKey = true;
    await clock.advance(HOUR_MS);

    expect(await opened.session.tokens(account).access()).toMatch(/^ey/);
  });
});

describe('when an answer is lost', () => {
  it('the same token is shown again, and nobody is signed out', async () => {
    issuer.isForgiving = true;
    issuer.mishaps('/token', 'cut', 'cut');
    await clock.advance(HOUR_MS);

    expect(await passing(opened.session.tokens(account).access())).toMatch(/^ey/);

    const shown = issuer.asked.filter(({ parameters }) => parameters.get('grant_type') === 'refresh_token');
    expect(new Set(shown.map(({ parameters }) => parameters.get('refresh_token'))).size).toBe(1);
    expect(shown).toHaveLength(3);
    expect(opened.told.every(({ session }) => session.state !== 'sign_in_again')).toBe(true);
  });

  it('also because the app did not wait for it, the next start shows it again', async () => {
    issuer.isForgiving = true;
    const before = await keptNow(opened.secrets);
    issuer.mishaps('/token', 'silent');
    await clock.advance(HOUR_MS);
    const lost = opened.session.tokens(account).access();
    await expect.poll(renewals).toBe(1);
    const ended = lost.catch((error: unknown) => error);
    await passing(opened.session.close());
    expect(await ended).toMatchObject({ code: 'cancelled' });
    expect(await keptNow(opened.secrets)).toEqual(before);

    const next = await open();
    await next.session.start();

    expect(await next.session.tokens(account).access()).toMatch(/^ey/);
    expect(stateOf(next)).toBe('signed_in');
  });

  it('and the app killed after the write, the next start goes on from what was written', async () => {
    await clock.advance(HOUR_MS);
    await opened.session.tokens(account).access();
    await opened.session.close();
    const written = await keptNow(opened.secrets);

    const next = await open();
    await next.session.start();
    await clock.advance(HOUR_MS);
    await next.session.tokens(account).access();

    expect((await keptNow(next.secrets)).previousRefreshToken).toBe(written.refreshToken);
  });

  it('does not happen to an app that closes: the answer is waited for and kept', async () => {
    const late = Promise.withResolvers<void>();
    const before = await keptNow(opened.secrets);
    issuer.mishaps('/token', late.promise);
    await clock.advance(HOUR_MS);
    const asked = opened.session.tokens(account).access();
    await expect.poll(renewals).toBe(1);

    const closed = opened.session.close();
    late.resolve();
    await closed;

    expect(await asked).toMatch(/^ey/);
    expect((await keptNow(opened.secrets)).previousRefreshToken).toBe(before.refreshToken);
  });

  it('the token before is tried once when the newest is refused', async () => {
    issuer.isForgiving = true;
    await clock.advance(HOUR_MS);
    await opened.session.tokens(account).access();
    issuer.forget((await keptNow(opened.secrets)).refreshToken);
    await clock.advance(HOUR_MS);

    expect(await opened.session.tokens(account).access()).toMatch(/^ey/);

    expect(stateOf(opened)).toBe('signed_in');
    expect(renewals()).toBe(3);
  });
});

describe('when the issuer takes a sign-in back', () => {
  it('signing in again is asked for, once, and everything stays', async () => {
    issuer.revokeAll();
    await clock.advance(HOUR_MS);
    const tokens = opened.session.tokens(account);

    const answers = await Promise.allSettled([tokens.access(), tokens.access(), tokens.renewAfter('x')]);
    await expect(tokens.access()).rejects.toMatchObject({ code: 'sign_in_required' });

    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.code)).toEqual([
      'sign_in_required',
      'sign_in_required',
      'sign_in_required',
    ]);
    expect(renewals()).toBe(1);
    expect(opened.told.filter(({ session }) => session.state === 'sign_in_again')).toHaveLength(1);
    expect(opened.session.snapshot().accounts).toHaveLength(1);
    expect(opened.erased).toEqual([]);
    expect(opened.used).toEqual([account.id]);
  });

  it('is so at the next start too, and over with a new sign-in', async () => {
    issuer.revokeAll();
    await clock.advance(HOUR_MS);
    await opened.session
      .tokens(account)
      .access()
      .catch(() => undefined);
    await opened.session.close();
    const next = await open();
    await next.session.start();
    await expect.poll(() => stateOf(next)).toBe('sign_in_again');
    const tokens = next.session.tokens(account);

    await signInAs(next.session, service.url, account.id);

    expect(await tokens.access()).toMatch(/^ey/);
    expect(next.used).toEqual([account.id]);
  });

  it.each(['{', '{"refreshToken":7}', ''])('a kept sign-in that reads %j counts as none', async (text) => {
    await opened.session.close();
    await opened.secrets.write(`session-${account.id}`, text);

    const next = await open();
    await next.session.start();

    await expect.poll(() => stateOf(next)).toBe('sign_in_again');
  });

  it('a sign-in is not shown to another service than its own', async () => {
    const kept = await keptNow(opened.secrets);
    await opened.session.close();
    await opened.secrets.write(
      `session-${account.id}`,
      JSON.stringify({ ...kept, serviceUrl: 'https://another.example' }),
    );
    const shown = service.shown.length;

    const next = await open();
    await next.session.start();

    await expect.poll(() => stateOf(next)).toBe('sign_in_again');
    expect(service.shown.length).toBe(shown);
  });
});

describe('when the issuer is away', () => {
  it('for an hour, the session waits, asks ever more seldom, and goes on', async () => {
    issuer.isDown = true;
    await clock.advance(HOUR_MS);
    const tokens = opened.session.tokens(account);

    await expect(passing(tokens.access())).rejects.toMatchObject({ code: 'service_unreachable' });
    expect(opened.session.snapshot().session).toMatchObject({
      state: 'unrenewed',
      account: { id: account.id },
      since: expect.any(String),
    });
    const firstHour = renewals();
    // Nobody who asks meanwhile waits, or makes the issuer be asked.
    await expect(tokens.access()).rejects.toMatchObject({ code: 'service_unreachable' });
    expect(renewals()).toBe(firstHour);

    const endMs = clock.now() + HOUR_MS;
    while (clock.now() < endMs) await (clock.waiting() > 0 ? clock.advance(5_000) : tick());
    expect(renewals() - firstHour).toBeGreaterThan(20);
    expect(renewals() - firstHour).toBeLessThan(250);
    issuer.isDown = false;
    opened.session.serviceReached();

    await passing(expect.poll(() => stateOf(opened)).toBe('signed_in'), 10_000);
    expect(opened.told.filter(({ session }) => session.state === 'unrenewed')).toHaveLength(1);
    expect(await tokens.access()).toMatch(/^ey/);
  });

  it('a token that is still good for a while is given', async () => {
    issuer.isDown = true;
    await clock.advance(9.5 * 60_000);

    expect(await passing(opened.session.tokens(account).access())).toBe(service.shown[0]);
    expect(stateOf(opened)).toBe('signed_in');
  });

  it.each([500, 429, 404, 'hang_up' as const])(
    'with %s in its place, nobody is signed out',
    async (mishap) => {
      issuer.mishaps('/token', mishap, mishap, mishap);
      await clock.advance(HOUR_MS);

      await expect(passing(opened.session.tokens(account).access())).rejects.toMatchObject({
        code: 'service_unreachable',
      });

      expect(stateOf(opened)).toBe('unrenewed');
    },
  );
});

describe('when the issuer takes the request itself for wrong', () => {
  it('nobody is signed out, and it is tried again', async () => {
    issuer.editTokenRequest = (parameters) => parameters.set('client_id', 'nobody');
    await clock.advance(HOUR_MS);
    await expect(opened.session.tokens(account).access()).rejects.toMatchObject({
      code: 'service_unreachable',
    });
    expect(stateOf(opened)).toBe('unrenewed');
    expect(opened.log.lines).toContainEqual(
      expect.objectContaining({
        fields: expect.objectContaining({ why: expect.stringContaining('client') }),
      }),
    );

    issuer.editTokenRequest = null;

    await passing(expect.poll(() => stateOf(opened)).toBe('signed_in'), 1_000);
  });
});

describe('when the key store does not answer', () => {
  const locked = (secrets: SecretStore, isLocked: () => boolean): SecretStore => {
    const unless = <Value>(work: () => Promise<Value>): Promise<Value> =>
      isLocked() ? Promise.reject(new Error('locked')) : work();
    return {
      persistence: 'system',
      read: (name) => unless(() => secrets.read(name)),
      write: (name, value) => unless(() => secrets.write(name, value)),
      remove: (name) => unless(() => secrets.remove(name)),
    };
  };

  it('at the start, nobody is signed out, and it is asked again', async () => {
    await opened.session.close();
    let isLocked = true;
    const next = await open({ secrets: locked(opened.secrets, () => isLocked) });
    await next.session.start();
    expect(next.used).toEqual([account.id]);
    await expect.poll(() => stateOf(next)).toBe('unrenewed');
    await expect(next.session.tokens(account).access()).rejects.toMatchObject({ code: 'storage_failed' });

    isLocked = false;

    await passing(expect.poll(() => stateOf(next)).toBe('signed_in'));
  });

  it('when a renewed sign-in is to be kept, that is given to nobody until it is, and not asked for anew', async () => {
    await opened.session.close();
    let isLocked = false;
    const next = await open({ secrets: locked(opened.secrets, () => isLocked) });
    await next.session.start();
    await expect.poll(() => service.shown.length).toBe(3);
    await clock.advance(HOUR_MS);
    isLocked = true;
    const before = await keptNow(opened.secrets);

    await expect(next.session.tokens(account).access()).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await keptNow(opened.secrets)).toEqual(before);
    isLocked = false;
    await passing(expect.poll(() => stateOf(next)).toBe('signed_in'));

    expect(renewals()).toBe(1);
    expect((await keptNow(opened.secrets)).previousRefreshToken).toBe(before.refreshToken);
    expect(await next.session.tokens(account).access()).toMatch(/^ey/);
  });
});
