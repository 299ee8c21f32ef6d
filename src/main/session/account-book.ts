import pLimit from 'p-limit';
import { z } from 'zod';
import { meSchema } from '../../contract/account-http.ts';
import type { Account } from '../../contract/session.ts';
import type { Log } from '../ports.ts';
import type { JsonDocument } from '../storage/json-document.ts';

const knownAccountSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  serviceName: z.string(),
  me: meSchema,
  isPersonal: z.boolean(),
  /** What the issuer knows the person by, to spare them typing it when they sign in again. */
  loginHint: z.string().nullable().default(null),
});

/** Everything of `accounts.json`. */
export const accountBookSchema = z.object({
  accounts: z.array(knownAccountSchema).readonly(),
  currentId: z.string().nullable(),
  /** Signed out, and not yet gone from the disk: finished at the next start. */
  leaving: z.array(knownAccountSchema).readonly(),
});

export type KnownAccount = Readonly<z.infer<typeof knownAccountSchema>>;
export type AccountPages = Readonly<z.infer<typeof accountBookSchema>>;

/** Which accounts there are on this computer, and which of them is the current one. */
export interface AccountBook {
  get(): AccountPages;
  find(accountId: string): KnownAccount | null;
  /** Changes happen one after the other. On disk when it resolves; rejects with `storage_failed`, and then nothing has changed. */
  change(edit: (pages: AccountPages) => AccountPages): Promise<void>;
  /** For what the service tells again anyway: holds until the app quits even if the disk does not take it. Never rejects. */
  note(edit: (pages: AccountPages) => AccountPages): Promise<void>;
}

const EMPTY: AccountPages = { accounts: [], currentId: null, leaving: [] };

/** Without what only the session itself needs. */
export const accountOfBook = ({ loginHint: _loginHint, ...account }: KnownAccount): Account => account;

/** By service and name, as a person looks for them. */
export const inOrder = (accounts: readonly KnownAccount[]): readonly Account[] =>
  accounts
    .map(accountOfBook)
    .sort(
      (left, right) =>
        left.serviceName.localeCompare(right.serviceName) ||
        left.serviceUrl.localeCompare(right.serviceUrl) ||
        (left.me.name ?? '').localeCompare(right.me.name ?? '') ||
        left.id.localeCompare(right.id),
    );

/** The pages with this account in them, in the place of what was known of it. */
export const withAccount = (pages: AccountPages, account: KnownAccount): AccountPages => ({
  ...pages,
  accounts: [...pages.accounts.filter(({ id }) => id !== account.id), account],
});

/** Rejects with `storage_failed` when there is a book that cannot be read now. */
export const openAccountBook = async (options: {
  readonly document: JsonDocument<AccountPages>;
  readonly log: Log;
}): Promise<AccountBook> => {
  const { document, log } = options;
  let pages = (await document.read()) ?? EMPTY;
  const inTurn = pLimit(1);

  return {
    get: () => pages,
    find: (accountId) => pages.accounts.find(({ id }) => id === accountId) ?? null,
    change: (edit) =>
      inTurn(async () => {
        const next = edit(pages);
        await document.write(next);
        pages = next;
      }),
    note: (edit) =>
      inTurn(async () => {
        pages = edit(pages);
        try {
          await document.write(pages);
        } catch (error) {
          log.warn('what the service says of an account could not be kept', { error });
        }
      }),
  };
};
