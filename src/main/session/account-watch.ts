import { isDeepStrictEqual } from 'node:util';
import { HostFailure } from '../../contract/host-error.ts';
import type { Clock, Log } from '../ports.ts';
import { accountOf } from '../track-cache/audio-key.ts';
import type { AccountBook, KnownAccount } from './account-book.ts';
import type { ServiceDoor } from './service-preview.ts';
import type { Tokens } from './session-contract.ts';

/** Keeps what is known of accounts as the service has it. */
export interface AccountWatch {
  /** Asks who we are, and notes it. Rejects with a `HostFailure`. Several at once are one question. */
  ask(accountId: string): Promise<void>;
  /** As `ask`, for whoever does not wait; without an answer it is asked again when the service is reached. */
  askSoon(accountId: string): void;
  tierSeen(accountId: string, tier: string): void;
  serviceReached(): void;
  /** Nothing is asked, and nothing noted, any more. */
  settled(): Promise<void>;
}

/** A service that says one tier in its answers and another when asked is not asked all the time. */
const SAME_TIER_EVERY_MS = 30_000;

export const createAccountWatch = (options: {
  readonly book: AccountBook;
  readonly door: ServiceDoor;
  readonly tokens: (account: KnownAccount) => Tokens;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
  /** A service that had no sign-in has one now. */
  readonly onSignInWanted: (accountId: string) => void;
}): AccountWatch => {
  const { book, door, tokens, clock, log, onChange, onSignInWanted } = options;
  const asking = new Map<string, Promise<void>>();
  const due = new Set<string>();
  let askedFor: { readonly accountId: string; readonly tier: string; readonly atMs: number } | null = null;

  const askNow = async (account: KnownAccount): Promise<void> => {
    const me = await door.me(account.serviceUrl, account.isPersonal ? tokens(account) : null);
    if (accountOf(account.serviceUrl, me.id) !== account.id) {
      log.warn('the service takes this account for another', { account: account.id });
      return;
    }
    // The name is an ornament; that there is none today changes nothing.
    const serviceName = await door.info(account.serviceUrl).then(
      ({ name }) => name,
      () => account.serviceName,
    );
    const known = book.find(account.id);
    if (known === null || isDeepStrictEqual({ ...known, me, serviceName }, known)) return;
    await book.note((pages) => ({
      ...pages,
      accounts: pages.accounts.map((each) => (each.id === account.id ? { ...each, me, serviceName } : each)),
    }));
    onChange();
  };

  const ask = (accountId: string): Promise<void> => {
    const account = book.find(accountId);
    if (account === null) return Promise.reject(new HostFailure('not_found', 'there is no such account'));
    const already = asking.get(accountId);
    if (already !== undefined) return already;
    due.delete(accountId);
    const asked = askNow(account)
      .catch((error: unknown) => {
        const code = error instanceof HostFailure ? error.code : 'internal';
        if (code === 'offline' || code === 'service_unreachable') due.add(accountId);
        if (code === 'sign_in_required' && !account.isPersonal) onSignInWanted(accountId);
        throw error;
      })
      .finally(() => asking.delete(accountId));
    asking.set(accountId, asked);
    return asked;
  };

  const askSoon = (accountId: string): void => {
    ask(accountId).catch((error: unknown) => {
      if (!(error instanceof HostFailure)) log.error('who we are could not be asked', { error });
    });
  };

  return {
    ask,
    askSoon,
    tierSeen(accountId, tier) {
      if (book.find(accountId)?.me.tier === tier) return;
      const nowMs = clock.now();
      const isAsked =
        askedFor !== null &&
        askedFor.accountId === accountId &&
        askedFor.tier === tier &&
        nowMs - askedFor.atMs < SAME_TIER_EVERY_MS;
      if (isAsked) return;
      askedFor = { accountId, tier, atMs: nowMs };
      askSoon(accountId);
    },
    serviceReached() {
      for (const accountId of Array.from(due)) askSoon(accountId);
    },
    async settled() {
      await Promise.allSettled(asking.values());
    },
  };
};
