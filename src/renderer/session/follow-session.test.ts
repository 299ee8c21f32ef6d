// @vitest-environment jsdom
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionSnapshot } from '../../contract/session.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { accountName, initialsOf } from './account-words.ts';
import { followAccount } from './follow-account.ts';
import { accountWith, listening, snapshotWith } from './session-for-tests.ts';
import { askSession, currentAccount, followSession, sessionStore } from './session-store.ts';

const nils = accountWith();
const mira = accountWith({ id: 'account-mira', name: 'Mira Oyelaran' });
const starting = snapshotWith({ session: { state: 'starting' } });
const shownName = (): string | null => currentAccount(sessionStore.getState())?.me.name ?? null;

beforeEach(() => sessionStore.setState(starting, true));

describe('who listens', () => {
  it('is learnt at the start and followed', async () => {
    const host = standInHost({ 'session.get': () => listening(nils) });
    const stop = await followSession(() => {});
    expect(shownName()).toBe('Nils Kramer');
    host.push('session', listening(mira));
    expect(shownName()).toBe('Mira Oyelaran');
    stop();
    host.push('session', listening(nils));
    expect(shownName()).toBe('Mira Oyelaran');
  });

  it('is not taken from an answer that has been overtaken', async () => {
    const host = standInHost({ 'session.get': () => starting });
    const stop = await followSession(() => {});
    let answer: (snapshot: SessionSnapshot) => void = () => {};
    const asked = askSession(() => new Promise((resolve) => (answer = resolve)));
    host.push('session', listening(mira));
    answer(listening(nils));
    await asked;
    expect(shownName()).toBe('Mira Oyelaran');
    await askSession(async () => listening(nils));
    expect(shownName()).toBe('Nils Kramer');
    stop();
  });

  it('stays unknown, and says why, when the host does not tell', async () => {
    standInHost({});
    const failures: unknown[] = [];
    (await followSession((failure) => failures.push(failure)))();
    expect(failures).toMatchObject([{ code: 'internal' }]);
    expect(sessionStore.getState().session).toEqual({ state: 'starting' });
  });
});

describe('the window', () => {
  let happened: string[];
  let stop: () => void;
  const see = (snapshot: SessionSnapshot): void => sessionStore.setState(snapshot, true);
  beforeEach(() => {
    happened = [];
    stop = followAccount({
      start: () => happened.push('start'),
      renewed: () => happened.push('renewed'),
      startOver: () => happened.push('start over'),
    });
  });
  afterEach(() => stop());

  it('begins nothing before there is an account', () => {
    see(snapshotWith());
    expect(happened).toEqual([]);
    see(listening(nils));
    see(listening(nils));
    expect(happened).toEqual(['start']);
  });

  it('goes on with the account whose issuer is silent or asks to sign in again, and tries anew once it is signed in', () => {
    see(listening(nils));
    see(listening(nils, 'unrenewed'));
    see(listening(nils, 'sign_in_again'));
    see(listening(accountWith({ tier: 'free' }), 'sign_in_again'));
    expect(happened).toEqual(['start']);
    see(listening(nils));
    expect(happened).toEqual(['start', 'renewed']);
  });

  it.each([
    ['another account', listening(mira)],
    ['nobody', snapshotWith()],
  ])('starts over, once, when it is %s who listens now', (_, next) => {
    see(listening(nils));
    see(next);
    see(listening(accountWith({ id: 'a third one' })));
    expect(happened).toEqual(['start', 'start over']);
  });
});

describe('an account', () => {
  it('is called by its listener, or by its service where nobody has a name', () => {
    expect(accountName(nils)).toBe('Nils Kramer');
    expect(accountName(accountWith({ name: null }))).toBe('Steinbruch Records');
    expect(accountName(accountWith({ isPersonal: false }))).toBe('Steinbruch Records');
  });

  it('has the initials of its first and last word, whole letters', () => {
    expect(initialsOf('Sabine Grünwald-Öztürk')).toBe('SG');
    expect(initialsOf('östen')).toBe('Ö');
    expect(initialsOf(' Nils  Anders Kramer ')).toBe('NK');
    expect(initialsOf('👩‍🎤 Band')).toBe('👩‍🎤B');
    expect(initialsOf('')).toBe('');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect([...new Intl.Segmenter().segment(initialsOf(name))].length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
