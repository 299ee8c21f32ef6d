import { mkdir, readdir, readFile, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Account } from '../../src/contract/session.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import { startTestIssuer, type TestIssuer } from '../fakes/test-issuer.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { startGuardedService, type GuardedService } from './guarded-service.ts';
import { createIssuerBrowser } from './issuer-browser.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { addressOf, signInAs } from './sign-in-as.ts';

let issuer: TestIssuer;
let service: GuardedService;
beforeAll(async () => {
  issuer = await startTestIssuer();
  service = await startGuardedService(issuer);
});
afterAll(() => Promise.all([issuer.close(), service.close()]));
beforeEach(() => {
  issuer.listener = 'ada';
  issuer.isDown = false;
  service.tiers.clear();
});

const as = async ({ session }: OpenedSession, name: string): Promise<Account> => {
  issuer.listener = name;
  return signInAs(session, service.url);
};
const currentOf = ({ session }: OpenedSession): string | null => {
  const now = session.snapshot().session;
  return 'account' in now ? now.account.id : null;
};
const tierOf = ({ session }: OpenedSession, id: string): string | undefined =>
  session.snapshot().accounts.find((account) => account.id === id)?.me.tier;
const revocations = (): number => issuer.asked.filter(({ what }) => what === 'POST /token/revocation').length;
const accountsOnDisk = async ({ dataFolder }: OpenedSession): Promise<string> =>
  readFile(join(dataFolder, 'accounts.json'), 'utf8');

describe('switching', () => {
  it('closes the one and opens the other, also after a restart', async () => {
    const folder = await temporaryFolder();
    const first = await openSession({ folder });
    const ada = await as(first, 'ada');
    const bela = await as(first, 'bela');

    await first.session.api.switchTo({ accountId: ada.id });

    expect(currentOf(first)).toBe(ada.id);
    expect(first.used).toEqual([ada.id, bela.id, ada.id]);
    await first.session.close();
    const second = await openSession({ folder });
    await second.session.start();
    expect(second.used).toEqual([ada.id]);
  });

  it('stays with the one when the other cannot be opened', async () => {
    const used: (string | null)[] = [];
    let isBroken = false;
    const opened = await openSession({
      use: async (account) => {
        used.push(account?.id ?? null);
        if (isBroken && account?.id === ada.id) throw new HostFailure('storage_failed', 'disk full');
      },
    });
    const ada = await as(opened, 'ada');
    const bela = await as(opened, 'bela');
    isBroken = true;

    await expect(opened.session.api.switchTo({ accountId: ada.id })).rejects.toMatchObject({
      code: 'storage_failed',
    });

    expect(used).toEqual([ada.id, bela.id, ada.id, bela.id]);
    expect(currentOf(opened)).toBe(bela.id);
  });

  it('never opens two at once, however fast somebody clicks', async () => {
    let open = 0;
    let most = 0;
    const opened = await openSession({
      use: async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        open -= 1;
      },
    });
    const ada = await as(opened, 'ada');
    const bela = await as(opened, 'bela');

    await Promise.all(
      [ada, bela, ada, bela, ada].map(({ id }) => opened.session.api.switchTo({ accountId: id })),
    );

    expect(most).toBe(1);
    expect(currentOf(opened)).toBe(ada.id);
  });

  it('knows no account that is not there', async () => {
    const { session } = await openSession();

    await expect(session.api.switchTo({ accountId: '0123456789abcdef' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('signing out', () => {
  it('forgets everything of that account, and tells the issuer', async () => {
    const opened = await openSession();
    const ada = await as(opened, 'ada');
    const before = revocations();

    const snapshot = await opened.session.api.signOut({ accountId: ada.id });

    expect(snapshot).toMatchObject({ session: { state: 'signed_out' }, accounts: [] });
    expect(opened.used).toEqual([ada.id, null]);
    expect(opened.erased).toEqual([ada.id]);
    expect(await opened.secrets.read(`session-${ada.id}`)).toBeNull();
    expect(await accountsOnDisk(opened)).not.toContain(ada.id);
    expect(revocations() - before).toBe(1);
    await expect(opened.session.tokens(ada).access()).rejects.toMatchObject({ code: 'sign_in_required' });
  });

  it('of another account leaves the current one playing', async () => {
    const opened = await openSession();
    const ada = await as(opened, 'ada');
    const bela = await as(opened, 'bela');

    await opened.session.api.signOut({ accountId: ada.id });

    expect(currentOf(opened)).toBe(bela.id);
    expect(opened.used).toEqual([ada.id, bela.id]);
    expect(opened.erased).toEqual([ada.id]);
    expect(await opened.session.tokens(bela).access()).toMatch(/^ey/);
  });

  it('does without the issuer', async () => {
    const opened = await openSession();
    const ada = await as(opened, 'ada');
    issuer.isDown = true;

    await opened.session.api.signOut({ accountId: ada.id });

    expect(await opened.secrets.read(`session-${ada.id}`)).toBeNull();
    expect(opened.erased).toEqual([ada.id]);
  });

  it.each(['use', 'erase'] as const)('that dies in %s is finished by the next start', async (where) => {
    const folder = await temporaryFolder();
    const death = Promise.withResolvers<void>();
    let isDying = false;
    const reached = Promise.withResolvers<void>();
    const die = async (): Promise<void> => {
      reached.resolve();
      await death.promise;
    };
    const first = await openSession({
      folder,
      ...(where === 'use'
        ? { use: (account) => (account === null && isDying ? die() : Promise.resolve()) }
        : { erase: () => (isDying ? die() : Promise.resolve()) }),
    });
    const ada = await as(first, 'ada');
    isDying = true;
    const signingOut = first.session.api.signOut({ accountId: ada.id });
    await reached.promise;
    // The dead do nothing any more; this one is woken when all is over, so that it can be closed.
    onTestFinished(async () => {
      death.reject(new HostFailure('cancelled', 'killed'));
      await signingOut.catch(() => undefined);
    });

    const second = await openSession({ folder });
    await second.session.start();

    expect(second.session.snapshot()).toMatchObject({ session: { state: 'signed_out' }, accounts: [] });
    expect(second.used).toEqual([]);
    await expect.poll(() => second.erased).toEqual([ada.id]);
    await expect.poll(() => accountsOnDisk(second)).not.toContain(ada.id);
    expect(await second.secrets.read(`session-${ada.id}`)).toBeNull();
  });

  it('that could not delete everything says so, and lets the same person come back only when all is gone', async () => {
    let failures = 1;
    const opened = await openSession({
      erase: async () => {
        failures -= 1;
        if (failures >= 0) throw new HostFailure('storage_failed', 'in use');
      },
    });
    const ada = await as(opened, 'ada');

    await expect(opened.session.api.signOut({ accountId: ada.id })).rejects.toMatchObject({
      code: 'storage_failed',
    });
    expect(opened.session.snapshot()).toMatchObject({ session: { state: 'signed_out' }, accounts: [] });

    await as(opened, 'ada');
    expect(failures).toBe(-1);
    expect(await opened.session.tokens(ada).access()).toMatch(/^ey/);
    expect(await accountsOnDisk(opened)).toContain('"leaving":[]');
  });
});

describe('what the service says of an account', () => {
  it('is asked again when an answer was for another tier, without a restart', async () => {
    const opened = await openSession();
    const ada = await as(opened, 'ada');
    service.tiers.set('ada', 'premium');

    opened.session.tierSeen(ada.id, 'premium');

    await expect.poll(() => tierOf(opened, ada.id)).toBe('premium');
    expect(opened.session.snapshot().session).toMatchObject({
      account: { me: { entitlement: { offline: true, ads: null } } },
    });
    await expect.poll(() => accountsOnDisk(opened)).toContain('"premium"');
  });

  it('is asked with a new token when somebody has just upgraded', async () => {
    const opened = await openSession();
    const ada = await as(opened, 'ada');
    service.tiers.set('ada', 'premium');
    const before = issuer.grants('refresh_token');

    const snapshot = await opened.session.api.refresh();

    expect(snapshot.session).toMatchObject({ account: { id: ada.id, me: { tier: 'premium' } } });
    expect(issuer.grants('refresh_token') - before).toBe(1);
  });

  it('holds while nobody answers, and is asked for once somebody does', async () => {
    const folder = await temporaryFolder();
    const first = await openSession({ folder });
    const ada = await as(first, 'ada');
    await first.session.close();
    service.tiers.set('ada', 'premium');
    service.isBroken = true;
    const second = await openSession({ folder });
    const before = service.shown.length;
    await second.session.start();
    await expect.poll(() => service.shown.length).toBeGreaterThan(before);
    expect(tierOf(second, ada.id)).toBe('free');
    service.isBroken = false;

    await expect
      .poll(() => {
        second.session.serviceReached();
        return tierOf(second, ada.id);
      })
      .toBe('premium');
  });

  it('cannot be refreshed while nobody is signed in', async () => {
    const { session } = await openSession();

    await expect(session.api.refresh()).rejects.toMatchObject({ code: 'sign_in_required' });
  });
});

describe('the disk', () => {
  it('that does not take an account keeps nobody’s sign-in', async () => {
    const opened = await openSession();
    await mkdir(join(opened.dataFolder, 'accounts.json'), { recursive: true });

    const { signIn } = await opened.session.api.signIn({ serviceUrl: service.url, via: 'browser' });
    const page = await createIssuerBrowser().open(addressOf(signIn));

    expect(page.text).toContain('could not keep the sign-in');
    expect(opened.session.snapshot()).toMatchObject({ signIn: { failure: 'not_kept' }, accounts: [] });
    expect(await readdir(opened.secretsFolder)).toEqual([]);
    expect(opened.used).toEqual([]);
  });

  it('that does not take somebody who signs in again lets them try again, with the same tokens in use', async () => {
    const opened = await openSession();
    const ada = await as(opened, 'ada');
    const tokens = opened.session.tokens(ada);
    const list = join(opened.dataFolder, 'accounts.json');
    await opened.secrets.remove(`session-${ada.id}`);
    issuer.revokeAll();
    await opened.session.api.refresh().catch(() => undefined);
    expect(opened.session.snapshot().session.state).toBe('sign_in_again');
    await rename(list, `${list}.aside`);
    await mkdir(list);

    const { signIn } = await opened.session.api.signIn({
      serviceUrl: service.url,
      via: 'browser',
      accountId: ada.id,
    });
    await createIssuerBrowser().open(addressOf(signIn));
    expect(opened.session.snapshot()).toMatchObject({ signIn: { failure: 'not_kept' } });
    await expect.poll(() => opened.session.snapshot().session.state).toBe('sign_in_again');
    await rmdir(list);

    await signInAs(opened.session, service.url, ada.id);
    expect(await tokens.access()).toMatch(/^ey/);
    expect(opened.used).toEqual([ada.id]);
  });

  it('with an account list that cannot be understood starts with none, and keeps the list', async () => {
    const folder = await temporaryFolder();
    const first = await openSession({ folder });
    await as(first, 'ada');
    await first.session.close();
    await writeFile(join(first.dataFolder, 'accounts.json'), '{"accounts":3}');

    const second = await openSession({ folder });
    await second.session.start();

    expect(second.session.snapshot()).toMatchObject({ session: { state: 'signed_out' }, accounts: [] });
    expect(await readFile(join(second.dataFolder, 'accounts.json.broken'), 'utf8')).toBe('{"accounts":3}');
  });
});
