import { HostFailure } from '../../contract/host-error.ts';
import type { Me } from '../../contract/account-http.ts';
import type { Account, SignInFailure } from '../../contract/session.ts';
import type { Clock, Log } from '../ports.ts';
import { accountOf } from '../track-cache/audio-key.ts';
import {
  accountOfBook,
  withAccount,
  type AccountBook,
  type AccountPages,
  type KnownAccount,
} from './account-book.ts';
import type { CurrentAccount } from './current-account.ts';
import type { ServiceDoor } from './service-preview.ts';
import type { Tokens } from './session-contract.ts';
import type { Arrival } from './sign-in.ts';
import { SignInFailed } from './sign-in-failed.ts';
import type { SignOut } from './sign-out.ts';
import type { TokenKeepers } from './token-keepers.ts';
import type { KeptSignIn, TokenStore } from './token-store.ts';

/** How an account comes in: kept first, then taken up; or nothing of it stays. To be called by one at a time. */
export interface Admission {
  /** Rejects with `SignInFailed`. */
  admit(arrival: Arrival): Promise<KnownAccount>;
  /** Of a service without sign-in. Rejects with `SignInFailed`. */
  connect(account: KnownAccount): Promise<void>;
}

/** For the one question that decides whose the tokens are. */
const bearer = (token: string): Tokens => ({
  access: async () => token,
  renewAfter: () => Promise.reject(new HostFailure('sign_in_required', 'the service refuses the token')),
});

const REFUSALS = new Set(['sign_in_required', 'forbidden', 'premium_required']);

const failureOfService = (error: unknown): SignInFailure => {
  const code = error instanceof HostFailure ? error.code : 'internal';
  if (REFUSALS.has(code)) return 'refused';
  if (code === 'offline' || code === 'internal') return code;
  return 'service_unreachable';
};

export const createAdmission = (options: {
  readonly book: AccountBook;
  readonly store: TokenStore;
  readonly keepers: TokenKeepers;
  readonly door: Pick<ServiceDoor, 'me'>;
  readonly current: CurrentAccount;
  readonly signOut: Pick<SignOut, 'finish'>;
  readonly erase: (account: Account) => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}): Admission => {
  const { book, store, keepers, door, current, signOut, erase, clock, log } = options;

  const keeping = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      log.error('a sign-in could not be kept', { what, error });
      throw new SignInFailed('not_kept', `${what} could not be kept`);
    }
  };

  const askWho = async (arrival: Arrival): Promise<Me> => {
    try {
      return await door.me(arrival.serviceUrl, bearer(arrival.granted.accessToken));
    } catch (error) {
      throw new SignInFailed(failureOfService(error), 'the service does not say who this is');
    }
  };

  /** What was signed out and is not yet gone would otherwise be deleted under the newcomer at the next start. */
  const finishLeaving = async (accountId: string): Promise<void> => {
    const leaving = book.get().leaving.find(({ id }) => id === accountId);
    if (leaving !== undefined) await signOut.finish(leaving);
  };

  /** As it was before; what cannot be undone is logged, since the failure that led here is what counts. */
  const undo = async (
    account: KnownAccount,
    before: AccountPages,
    signIn: KeptSignIn | null,
  ): Promise<void> => {
    const known = before.accounts.filter(({ id }) => id === account.id);
    const steps: readonly (() => Promise<void>)[] = [
      async () => {
        if (signIn !== null) await keepers.replace(account, signIn);
        else if (account.isPersonal) await store.remove(account.id);
      },
      () =>
        book.change((pages) => ({
          ...pages,
          accounts: [...pages.accounts.filter(({ id }) => id !== account.id), ...known],
          currentId: before.currentId,
        })),
      async () => {
        if (known.length === 0 && current.id() !== account.id) await erase(accountOfBook(account));
      },
      async () => {
        // That there is no sign-in for it, as before, is found by looking.
        if (known.length > 0 && signIn === null) await keepers.of(account).access();
      },
    ];
    if (signIn === null) keepers.forget(account.id);
    for (const step of steps) {
      await step().catch((error: unknown) => {
        log.error('a sign-in that failed left something behind', { account: account.id, error });
      });
    }
  };

  /** The account is in the book, as the current one, and in use; or all is as it was. */
  const takeUp = async (account: KnownAccount, signInBefore: KeptSignIn | null): Promise<void> => {
    const before = book.get();
    try {
      await keeping('the account', () =>
        book.change((pages) => ({ ...withAccount(pages, account), currentId: account.id })),
      );
      if (current.id() === account.id) return;
      await current.take(account).catch((error: unknown) => {
        log.error('the account could not be opened', { account: account.id, error });
        const isDisk = error instanceof HostFailure && error.code === 'storage_failed';
        throw new SignInFailed(isDisk ? 'not_kept' : 'internal', 'the account could not be opened');
      });
    } catch (error) {
      await undo(account, before, signInBefore);
      throw error;
    }
  };

  return {
    async admit(arrival) {
      const { serviceUrl, serviceName, offer, granted, signal } = arrival;
      const me = await askWho(arrival);
      const id = accountOf(serviceUrl, me.id);
      const wanted = arrival.accountId === undefined ? null : book.find(arrival.accountId);
      // Everybody's account of a service that has sign-in by now can only be followed by another one.
      if (arrival.accountId !== undefined && arrival.accountId !== id && wanted?.isPersonal !== false) {
        throw new SignInFailed('refused', 'this is another account than the one that was to sign in again');
      }
      signal.throwIfAborted();
      const account: KnownAccount = {
        id,
        serviceUrl,
        serviceName,
        me,
        isPersonal: true,
        loginHint: granted.loginHint,
      };
      const before = await keeping('the sign-in', () => store.read(id));
      await keeping('the account', () => finishLeaving(id));
      await keeping('the sign-in', () =>
        keepers.replace(account, {
          serviceUrl,
          issuer: offer.issuer,
          clientId: offer.clientId,
          resource: offer.resource,
          refreshToken: granted.refreshToken,
          previousRefreshToken: null,
          access: {
            token: granted.accessToken,
            lifetimeMs: granted.lifetimeMs,
            receivedAtMs: clock.now(),
          },
        }),
      );
      await takeUp(account, before);
      return account;
    },

    async connect(account) {
      await keeping('the account', () => finishLeaving(account.id));
      await takeUp(account, null);
    },
  };
};
