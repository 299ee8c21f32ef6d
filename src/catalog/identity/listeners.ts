/** Whom the issuer knows: accounts of the store, and those of the demo while that is on. */
import { createRecent } from '../api/recent.ts';
import type { Account, Accounts } from './accounts.ts';
import { demoListenerOf } from './demo-listeners.ts';
import type { AccountStanding } from './identity-contract.ts';

/** An account, without its login and password. */
export type Listener = Pick<Account, 'id' | 'name' | 'tier' | 'roles' | 'isDisabled' | 'signInsFrom'>;

/** All reject with a `StoreError`. */
export interface Listeners {
  /** As the store has it now. Null: there is none. */
  find(id: string): Promise<Listener | null>;
  /** At most some seconds old; asked of the store once, however many ask. */
  standing(id: string): Promise<AccountStanding | null>;
  /** Removes the account; those of the demo stay. Nobody is let in with it from then on, here at once, elsewhere within seconds. */
  forget(id: string): Promise<void>;
}

const STANDING_MS = 5000;
const MOST_STANDINGS = 10_000;

/** What an id of the store may look like; others are not asked for. */
const isAccountId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

export const createListeners = (accounts: Accounts, demo: boolean, nowMs: () => number): Listeners => {
  const recent = createRecent<Promise<AccountStanding | null>>(MOST_STANDINGS, nowMs);

  const find = async (id: string): Promise<Listener | null> => {
    const fromDemo = demoListenerOf(id);
    if (fromDemo !== null) return demo ? fromDemo : null;
    return isAccountId(id) ? accounts.find(id) : null;
  };

  const ask = async (id: string): Promise<AccountStanding | null> => {
    const listener = await find(id);
    if (listener === null) return null;
    const { name, tier, roles, isDisabled } = listener;
    return { name, tier, roles, isDisabled };
  };

  return {
    find,
    forget: async (id) => {
      if (demoListenerOf(id) !== null || !isAccountId(id)) return;
      await accounts.remove(id);
      recent.set(id, Promise.resolve(null), STANDING_MS);
    },
    standing: (id) => {
      const known = recent.get(id);
      if (known !== undefined) return known;
      const asked = ask(id);
      recent.set(id, asked, STANDING_MS);
      // A failure is told to those who asked with it, and is not kept.
      asked.catch(() => recent.set(id, asked, 0));
      return asked;
    },
  };
};
