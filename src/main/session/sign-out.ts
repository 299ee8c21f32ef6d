import { HostFailure } from '../../contract/host-error.ts';
import type { Account } from '../../contract/session.ts';
import type { Log } from '../ports.ts';
import { accountOfBook, type AccountBook, type KnownAccount } from './account-book.ts';
import type { Issuers } from './issuer.ts';
import type { TokenStore } from './token-store.ts';

export interface SignOut {
  /** Notes on the disk that an account is to go; from here on it is no account of this computer. Rejects with `storage_failed`. */
  note(account: KnownAccount): Promise<void>;
  /**
   * Forgets everything of an account that was noted and is not in use. Rejects with `storage_failed`; then it stays noted, and
   * the next start goes on where this one stopped.
   */
  finish(account: KnownAccount): Promise<void>;
  /** All that is still noted. Never rejects. */
  finishAll(): Promise<void>;
}

/** An issuer that does not answer keeps nobody from signing out. */
const REVOCATION_MS = 5_000;

export const createSignOut = (options: {
  readonly book: AccountBook;
  readonly store: TokenStore;
  readonly issuers: Pick<Issuers, 'revoke'>;
  readonly erase: (account: Account) => Promise<void>;
  readonly closing: AbortSignal;
  readonly log: Log;
}): SignOut => {
  const { book, store, issuers, erase, closing, log } = options;

  const revoke = async (account: KnownAccount): Promise<void> => {
    try {
      const signIn = await store.read(account.id);
      if (signIn === null || signIn.serviceUrl !== account.serviceUrl) return;
      await issuers.revoke(signIn, AbortSignal.any([closing, AbortSignal.timeout(REVOCATION_MS)]));
    } catch (error) {
      // It runs out by itself, and nobody has it any more.
      log.warn('a sign-in was not revoked at the issuer', {
        account: account.id,
        why: error instanceof Error ? error.message : 'unknown',
      });
    }
  };

  const finish = async (account: KnownAccount): Promise<void> => {
    try {
      await revoke(account);
      await store.remove(account.id);
      await erase(accountOfBook(account));
      await book.change((pages) => ({
        ...pages,
        leaving: pages.leaving.filter(({ id }) => id !== account.id),
      }));
    } catch (error) {
      if (error instanceof HostFailure) throw error;
      throw new HostFailure('storage_failed', 'an account could not be forgotten', { cause: error });
    }
  };

  return {
    note: (account) =>
      book.change((pages) => ({
        accounts: pages.accounts.filter(({ id }) => id !== account.id),
        currentId: pages.currentId === account.id ? null : pages.currentId,
        leaving: [...pages.leaving.filter(({ id }) => id !== account.id), account],
      })),
    finish,
    async finishAll() {
      for (const account of book.get().leaving) {
        await finish(account).catch((error: unknown) => {
          log.error('an account that was signed out is not gone yet', { account: account.id, error });
        });
      }
    },
  };
};
