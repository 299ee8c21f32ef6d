import { describe, expect, it } from 'vitest';
import type { HostStatus } from '../../contract/host-api.ts';
import type { Account, Session } from '../../contract/session.ts';
import { entitlementOf } from '../../core/entitlement/entitlement.ts';
import { awayFrom } from '../status/status-for-tests.ts';
import { watchServiceAnswers, watchSignIns } from './service-answers.ts';

const reachable = (checkedAt: string): Pick<HostStatus, 'service'> => ({
  service: { state: 'reachable', checkedAt },
});

describe('what waits for the service', () => {
  it('is tried again with each of its answers, not with every change of the status', () => {
    let tries = 0;
    const take = watchServiceAnswers(() => {
      tries += 1;
    });
    take({ service: { state: 'unknown' } });
    expect(tries).toBe(0);
    for (let change = 0; change < 5; change += 1) take(reachable('2026-11-23T17:42:00Z'));
    expect(tries).toBe(1);
    take(reachable('2026-11-23T17:42:30Z'));
    expect(tries).toBe(2);
  });

  it('is tried again when the service comes back, although it says the same', () => {
    let tries = 0;
    const take = watchServiceAnswers(() => {
      tries += 1;
    });
    take(reachable('2026-11-23T17:42:00Z'));
    take({ service: awayFrom('offline') });
    take(reachable('2026-11-23T17:42:00Z'));
    expect(tries).toBe(2);
  });
});

describe('what waits for a sign-in', () => {
  it('is tried again when there is one, not with every change of the account', () => {
    let tries = 0;
    const take = watchSignIns(() => {
      tries += 1;
    });
    const account: Account = {
      id: 'account',
      serviceUrl: 'https://music.example',
      serviceName: 'Music',
      me: {
        id: 'mira',
        name: 'Mira',
        tier: 'free',
        roles: [],
        entitlement: entitlementOf('free'),
        upgradeUrl: null,
      },
      isPersonal: true,
    };
    const signedIn: Session = { state: 'signed_in', account };
    const signInAgain: Session = { state: 'sign_in_again', account };
    for (const session of [signInAgain, signInAgain, signedIn, signedIn]) take({ session });
    expect(tries).toBe(1);
  });
});
