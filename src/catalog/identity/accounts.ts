/** Who may listen: one versioned document for each account. */
import { z } from 'zod';
import { roleSchema, tierSchema, type Role } from '../../contract/account-http.ts';
import type { Tier } from '../../core/entitlement/entitlement.ts';
import { createVersionedDocument, type VersionedDocument } from '../segments/versioned-document.ts';
import { revisionKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { ACCOUNTS, accountLog, accountOfKey } from './identity-keys.ts';
import { accountIdOf } from './login-name.ts';

const accountSchema = z.object({
  /** As `normaliseLogin` spells it. */
  login: z.string(),
  name: z.string(),
  tier: tierSchema,
  roles: z.array(roleSchema).readonly(),
  isDisabled: z.boolean(),
  /** Argon2id, PHC string form. */
  passwordHash: z.string(),
  /**
   * Sign-ins of before this second (since 1970) are over. A sign-in never counts as earlier than this, so one right after a
   * change is good, whatever the clocks of two machines say.
   */
  signInsFrom: z.int().nonnegative(),
});

export type StoredAccount = Readonly<z.infer<typeof accountSchema>>;
export interface Account extends StoredAccount {
  readonly id: string;
}

export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly tier: Tier;
  readonly roles: readonly Role[];
  readonly passwordHash: string;
}

/** Every method may reject with a `StoreError`. */
export interface Accounts {
  /** False: there is one with that login already, and it stays as it is. */
  add(account: NewAccount): Promise<boolean>;
  /** Null: there is none. Never older than the store. */
  find(accountId: string): Promise<Account | null>;
  /** Null: there is none with that login. */
  change(login: string, change: (account: StoredAccount) => StoredAccount): Promise<Account | null>;
  /** By login. */
  list(): Promise<readonly Account[]>;
  /** All of it, whatever it was. What was signed in with it is worth nothing from then on. */
  remove(accountId: string): Promise<void>;
}

/** Whatever was signed in with this account is signed out: refresh tokens and browsers. */
export const endSignIns = (account: StoredAccount, nowMs: number): StoredAccount => ({
  ...account,
  signInsFrom: Math.max(Math.floor(nowMs / 1000), account.signInsFrom) + 1,
});

export const createAccounts = (store: ObjectStore): Accounts => {
  const documentOf = (accountId: string): VersionedDocument<StoredAccount> =>
    createVersionedDocument({ store, log: accountLog(accountId), schema: accountSchema });

  const find = async (accountId: string): Promise<Account | null> => {
    const found = await documentOf(accountId).latest();
    if (found !== null) return { ...found.value, id: accountId };
    // One that is not there takes as many requests as one that is: how long it takes tells nobody which names there are.
    await store.getBytes(revisionKey(accountLog(accountId), 1));
    return null;
  };

  const remove = async (accountId: string): Promise<void> => {
    const keys: string[] = [];
    for await (const { key } of store.list(`${accountLog(accountId)}/`)) keys.push(key);
    await store.delete(keys);
  };

  return {
    remove,
    add: async ({ login, ...facts }) => {
      const added: StoredAccount = { ...facts, login, isDisabled: false, signInsFrom: 0 };
      const now = await documentOf(accountIdOf(login)).update((current) =>
        current === null ? added : 'unchanged',
      );
      // Salted: no other has the same.
      return now?.value.passwordHash === added.passwordHash;
    },
    find,
    change: async (login, change) => {
      const id = accountIdOf(login);
      const now = await documentOf(id).update((current) =>
        current === null ? 'unchanged' : change(current),
      );
      return now === null ? null : { ...now.value, id };
    },
    list: async () => {
      const ids = new Set<string>();
      for await (const { key } of store.list(ACCOUNTS)) {
        const id = accountOfKey(key);
        if (id !== null) ids.add(id);
      }
      const accounts = await Promise.all(Array.from(ids, find));
      return accounts
        .filter((account) => account !== null)
        .sort((first, second) => first.login.localeCompare(second.login));
    },
  };
};
