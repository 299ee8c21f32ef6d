import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { SignInFailure } from '../../src/contract/session.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import type { SessionOptions } from '../../src/main/session/session-contract.ts';
import type { SessionChoices } from '../../src/main/session/session.ts';
import { startTestIssuer, type TestIssuer } from '../fakes/test-issuer.ts';
import { handClock, type HandClock } from '../host/hand-clock.ts';
import { startGuardedService, type GuardedService } from './guarded-service.ts';
import { createIssuerBrowser } from './issuer-browser.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { addressOf } from './sign-in-as.ts';

const TEN_MINUTES_MS = 600_000;

let issuer: TestIssuer;
let service: GuardedService;
beforeEach(async () => {
  issuer = await startTestIssuer();
  service = await startGuardedService(issuer);
});
afterEach(() => Promise.all([issuer.close(), service.close()]));

/** What there is of this sign-in on the disk and in the key store, as text. */
const stored = async ({ dataFolder, secretsFolder }: OpenedSession): Promise<string> => {
  const secrets = await readdir(secretsFolder).catch(() => []);
  const accounts = await readFile(join(dataFolder, 'accounts.json'), 'utf8').catch(() => '');
  return [...secrets, accounts.includes('"ada"') || accounts.includes('"currentId":"') ? accounts : ''].join(
    '',
  );
};

/** A code that the issuer has already given tokens for. */
const usedCode = async (): Promise<string> => {
  const { session } = await openSession();
  const { signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'browser' });
  const { returned } = await createIssuerBrowser().open(addressOf(signIn));
  return returned?.searchParams.get('code') ?? '';
};

const takenPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
};

const withParameter =
  (name: string, value: string | null) =>
  (url: URL): URL => {
    const changed = new URL(url);
    if (value === null) changed.searchParams.delete(name);
    else changed.searchParams.set(name, value);
    return changed;
  };

interface Row {
  readonly what: string;
  readonly prepare?: () => void | Promise<void>;
  readonly options?: () =>
    Partial<SessionOptions & SessionChoices> | Promise<Partial<SessionOptions & SessionChoices>>;
  readonly serviceUrl?: () => string;
  readonly via?: 'device';
  /** What is made of the address that leads back; null: nobody goes to the browser. */
  readonly onReturn?: (() => Promise<(url: URL) => URL>) | null;
  /** What is made of the address that leads to the issuer. */
  readonly onLeave?: (url: URL) => URL;
  /** The sign-in goes on waiting for its own answer until then. */
  readonly waits?: true;
  readonly failure: SignInFailure;
  /** What the page in the browser says, where there is one. */
  readonly page?: string;
}

const ROWS: readonly Row[] = [
  {
    what: 'wrong state',
    onReturn: async () => withParameter('state', 'a-guess'),
    waits: true,
    failure: 'timed_out',
    page: 'This does not belong to your sign-in',
  },
  {
    what: 'two states',
    onReturn: async () => (url) => new URL(`${url.href}&state=another`),
    waits: true,
    failure: 'timed_out',
    page: 'This does not belong to your sign-in',
  },
  {
    what: 'wrong iss',
    onReturn: async () => withParameter('iss', 'https://evil.example'),
    failure: 'not_ours',
    page: 'This does not belong to your sign-in',
  },
  {
    what: 'no iss, from an issuer that always says it',
    onReturn: async () => withParameter('iss', null),
    failure: 'not_ours',
    page: 'This does not belong to your sign-in',
  },
  {
    what: 'wrong nonce',
    prepare: () => {
      issuer.editIdToken = (claims) => ({ ...claims, nonce: 'of another sign-in' });
    },
    failure: 'not_ours',
    page: 'This does not belong to your sign-in',
  },
  {
    what: 'replayed code',
    onReturn: async () => withParameter('code', await usedCode()),
    failure: 'code_refused',
    page: 'You are not signed in',
  },
  {
    what: 'code without its verifier (no PKCE)',
    prepare: () => {
      issuer.editTokenRequest = (parameters) => parameters.delete('code_verifier');
    },
    failure: 'code_refused',
    page: 'You are not signed in',
  },
  {
    what: 'code with another verifier',
    prepare: () => {
      issuer.editTokenRequest = (parameters) => parameters.set('code_verifier', 'x'.repeat(43));
    },
    failure: 'code_refused',
    page: 'You are not signed in',
  },
  {
    what: 'foreign redirect',
    onLeave: withParameter('redirect_uri', 'https://evil.example/callback'),
    waits: true,
    failure: 'timed_out',
    page: 'redirect_uri',
  },
  {
    what: 'port taken',
    options: async () => {
      const port = await takenPort();
      return { choosePort: () => port };
    },
    failure: 'no_port',
  },
  { what: 'closed browser', onReturn: null, waits: true, failure: 'timed_out' },
  {
    what: 'denied',
    prepare: () => {
      issuer.listener = null;
    },
    failure: 'denied',
    page: 'The sign-in was declined',
  },
  {
    what: 'no browser',
    options: () => ({ openBrowser: () => Promise.reject(new Error('no program for this')) }),
    onReturn: null,
    failure: 'no_browser',
  },
  {
    what: 'issuer away from the start',
    prepare: () => {
      issuer.isDown = true;
    },
    failure: 'issuer_unreachable',
  },
  {
    what: 'issuer away when the code comes',
    prepare: () => issuer.mishaps('/token', 'hang_up'),
    failure: 'issuer_unreachable',
    page: 'does not answer',
  },
  {
    what: 'issuer with a failing gateway',
    prepare: () => issuer.mishaps('/token', 502),
    failure: 'issuer_unreachable',
    page: 'does not answer',
  },
  {
    what: 'bad signature',
    prepare: () => {
      issuer.signsWithStrangeKey = true;
    },
    failure: 'bad_token',
    page: 'cannot be trusted',
  },
  {
    what: 'wrong audience',
    prepare: () => {
      issuer.editIdToken = (claims) => ({ ...claims, aud: 'another-app' });
    },
    failure: 'bad_token',
    page: 'cannot be trusted',
  },
  {
    what: 'id token of another issuer',
    prepare: () => {
      issuer.editIdToken = (claims) => ({ ...claims, iss: 'https://evil.example' });
    },
    failure: 'bad_token',
    page: 'cannot be trusted',
  },
  {
    what: 'clocks an hour apart',
    prepare: () => {
      issuer.clockOffsetSeconds = -3_600;
    },
    failure: 'bad_token',
    page: 'cannot be trusted',
  },
  {
    what: 'service that does not know the account',
    prepare: () => {
      service.refused.add('ada');
    },
    failure: 'refused',
    page: 'does not take this account',
  },
  {
    what: 'service that takes no token of this issuer',
    prepare: () => {
      service.refusesAll = true;
    },
    failure: 'refused',
    page: 'does not take this account',
  },
  {
    what: 'service away when the tokens are there',
    prepare: () => {
      service.isBroken = true;
    },
    failure: 'service_unreachable',
    page: 'does not answer',
  },
  {
    what: 'service away from the start',
    serviceUrl: () => 'http://127.0.0.1:1',
    failure: 'service_unreachable',
  },
  {
    what: 'no network',
    serviceUrl: () => 'https://music.example',
    options: () => ({ isOnline: () => false, fetch: () => Promise.reject(new TypeError('fetch failed')) }),
    failure: 'offline',
  },
  {
    what: 'service over plain HTTP',
    serviceUrl: () => 'http://music.example',
    options: () => ({
      fetch: (url, init) => fetch(String(url).replace('http://music.example', service.url), init),
    }),
    failure: 'not_offered',
  },
  {
    what: 'issuer over plain HTTP',
    prepare: () => {
      service.offer = { ...issuer.offer, issuer: 'http://login.example' };
    },
    failure: 'not_offered',
  },
  {
    what: 'on another device, where the issuer has no such thing',
    via: 'device',
    prepare: () => {
      issuer.hasDevices = false;
    },
    failure: 'not_offered',
  },
  {
    what: 'key store that does not answer',
    options: () => ({
      secrets: { ...createMemorySecrets(), write: () => Promise.reject(new Error('locked')) },
    }),
    failure: 'not_kept',
    page: 'could not keep the sign-in',
  },
  {
    what: 'account whose music cannot be opened',
    options: () => ({
      use: (account) =>
        account === null ? Promise.resolve() : Promise.reject(new HostFailure('storage_failed', 'disk full')),
    }),
    failure: 'not_kept',
    page: 'could not keep the sign-in',
  },
];

describe('a sign-in that comes to nothing', () => {
  let clock: HandClock;
  beforeEach(() => {
    clock = handClock();
  });

  it.each(ROWS)('$what: $failure, and nothing is stored', async (row) => {
    await row.prepare?.();
    const onReturn = await row.onReturn?.();
    const opened = await openSession({ clock, ...(await row.options?.()) });
    const { session } = opened;
    const serviceUrl = row.serviceUrl?.() ?? service.url;

    // A service that cannot be reached is tried again after a moment.
    const begun = session.api.signIn({ serviceUrl, via: row.via ?? 'browser' });
    const moving = (async () => {
      while (session.snapshot().signIn.step === 'asking' || session.snapshot().signIn.step === 'idle') {
        await clock.advance(50);
      }
    })();
    const { signIn } = await begun;
    await moving;

    const goesToBrowser = signIn.step === 'in_browser' && row.onReturn !== null;
    const leave = (address: string): URL => row.onLeave?.(new URL(address)) ?? new URL(address);
    const page = goesToBrowser
      ? await createIssuerBrowser().open(leave(addressOf(signIn)).href, onReturn)
      : { status: 400, text: '' };
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.text).toContain(row.page ?? '');
    expect(goesToBrowser).toBe(row.page !== undefined);

    const isWaiting = session.snapshot().signIn.step === 'in_browser';
    if (row.waits === true) await clock.advance(TEN_MINUTES_MS);
    await expect
      .poll(() => session.snapshot().signIn)
      .toEqual({ step: 'failed', serviceUrl, failure: row.failure });
    expect(isWaiting).toBe(row.waits === true);
    expect(session.snapshot()).toMatchObject({ session: { state: 'starting' }, accounts: [] });
    expect(await stored(opened)).toBe('');
  });
});
