import type { Account } from '../../contract/session.ts';
import { accountOfBook, type KnownAccount } from './account-book.ts';

/** The one account whose music is open. */
export interface CurrentAccount {
  /** Null: none. */
  id(): string | null;
  /**
   * Closes what is open and opens this one. Rejects when it cannot be opened; then what was open before is so again, or nothing
   * is. To be called by one at a time.
   */
  take(account: KnownAccount | null): Promise<void>;
}

export const createCurrentAccount = (options: {
  readonly use: (account: Account | null) => Promise<void>;
}): CurrentAccount => {
  const { use } = options;
  let current: KnownAccount | null = null;

  return {
    id: () => current?.id ?? null,
    async take(account) {
      const before = current;
      current = null;
      try {
        await use(account === null ? null : accountOfBook(account));
        current = account;
      } catch (error) {
        if (before !== null && before.id !== account?.id) {
          await use(accountOfBook(before)).then(
            () => {
              current = before;
            },
            // Neither can be opened: nobody is signed in, and the first failure says why.
            () => undefined,
          );
        }
        throw error;
      }
    },
  };
};
