import type { Account } from '../../contract/session.ts';
import type { Tokens } from './session-contract.ts';
import {
  createTokenKeeper,
  type TokenKeeper,
  type TokenKeeperOptions,
  type TokenState,
} from './token-keeper.ts';
import type { KeptSignIn } from './token-store.ts';

type Who = Pick<Account, 'id' | 'isPersonal' | 'serviceUrl'>;

/** The tokens of all accounts. Those of a service without sign-in are none. */
export interface TokenKeepers {
  of(account: Who): Tokens;
  state(account: Who): TokenState;
  /** A new token, if there are any. */
  renew(account: Who): Promise<void>;
  /** In the store when it resolves; rejects with `storage_failed`. */
  replace(account: Who, signIn: KeptSignIn): Promise<void>;
  reached(): void;
  /** Nothing of this account is renewed any more. */
  forget(accountId: string): void;
  close(): Promise<void>;
}

const NONE: Tokens = { access: async () => null, renewAfter: async () => null };

export const createTokenKeepers = (options: Omit<TokenKeeperOptions, 'account'>): TokenKeepers => {
  const keepers = new Map<string, TokenKeeper>();

  const keeperOf = (account: Who): TokenKeeper => {
    const already = keepers.get(account.id);
    if (already !== undefined) return already;
    const keeper = createTokenKeeper({ ...options, account });
    keepers.set(account.id, keeper);
    return keeper;
  };

  return {
    // Whoever holds these goes on holding the account's, also when it was signed out and in again.
    of: (account) =>
      account.isPersonal
        ? {
            access: () => keeperOf(account).access(),
            renewAfter: (refused) => keeperOf(account).renewAfter(refused),
          }
        : NONE,
    state: (account) => (account.isPersonal ? keeperOf(account).state() : { state: 'fine' }),
    renew: async (account) => {
      if (account.isPersonal) await keeperOf(account).renew();
    },
    replace: (account, signIn) => keeperOf(account).replace(signIn),
    reached() {
      for (const keeper of keepers.values()) keeper.reached();
    },
    forget(accountId) {
      keepers.get(accountId)?.forget();
      keepers.delete(accountId);
    },
    async close() {
      await Promise.all(Array.from(keepers.values(), (keeper) => keeper.close()));
    },
  };
};
