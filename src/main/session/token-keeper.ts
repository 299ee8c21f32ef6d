import { HostFailure } from '../../contract/host-error.ts';
import type { Account } from '../../contract/session.ts';
import type { Clock, Log } from '../ports.ts';
import { retryDelayMs } from '../status/service-status.ts';
import { hostFailureOf, IssuerFailure } from './issuer-failure.ts';
import type { Granted, Issuers } from './issuer.ts';
import type { Tokens } from './session-contract.ts';
import type { KeptSignIn, TokenStore } from './token-store.ts';

export type TokenState =
  | { readonly state: 'fine' }
  /** No valid access token, and none to be had now. */
  | { readonly state: 'unrenewed'; readonly since: string }
  | { readonly state: 'sign_in_again' };

/**
 * The tokens of one account.
 *
 * fine ◀─ renewed ─┐
 *   │ ran out, issuer silent ─▶ unrenewed (tried again by itself, ever more seldom)
 *   └ invalid_grant, or nothing kept ─▶ sign_in_again ─ replace ─▶ fine
 */
export interface TokenKeeper extends Tokens {
  state(): TokenState;
  /** A new token, however good the old one is. */
  renew(): Promise<void>;
  /** The account was signed in to (again). In the store when it resolves; rejects with `storage_failed`, then all is as it was. */
  replace(signIn: KeptSignIn): Promise<void>;
  /** The service answers: the issuer is asked now if it is waited for. */
  reached(): void;
  /**
   * Nothing is begun any more; an answer that is on its way is still waited for, a moment, and kept: an issuer that rotates has used
   * up the old token by then.
   */
  close(): Promise<void>;
  /** Nothing of this account is kept any more, not even what is on its way. */
  forget(): void;
}

export interface TokenKeeperOptions {
  readonly account: Pick<Account, 'id' | 'serviceUrl'>;
  readonly store: TokenStore;
  readonly issuers: Pick<Issuers, 'renew'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onState: () => void;
  readonly random?: () => number;
}

/** A token that ends sooner is not begun with; a quarter of its life where that is short. */
const MARGIN_MS = 60_000;
const SHORTEST_USE_MS = 2_000;
/** A connection that broke may have broken after the issuer renewed: the same token is shown again at once. */
const TRIES = 3;
const FIRST_TRY_AGAIN_MS = 300;
/** Somebody who can be reached does not make the issuer be asked more often than this. */
const REACHED_EVERY_MS = 5_000;
/** What was renewed because it was refused, and is refused again, would be refused the next time too. */
const REFUSED_AGAIN_MS = 30_000;
/** Who closes the app does not wait long for an issuer. */
const LAST_ANSWER_MS = 2_000;

export const createTokenKeeper = (options: TokenKeeperOptions): TokenKeeper => {
  const { account, store, issuers, clock, log, onState, random = Math.random } = options;
  /** Nothing is begun any more. */
  const ending = new AbortController();
  /** Nobody waits for an answer any more. */
  const closing = new AbortController();
  let state: TokenState = { state: 'fine' };
  let kept: KeptSignIn | null = null;
  /**
   * Given by the issuer, not yet in the store. Until it is, nobody gets what is in it: to an issuer that rotates, the use of a
   * new token is the proof that it arrived, and from then on the old one, the only one on the disk, is dead. The issuer is not
   * asked again meanwhile; the write is.
   */
  let unkept: KeptSignIn | null = null;
  let renewing: Promise<string> | null = null;
  let loading: Promise<KeptSignIn> | null = null;
  /** Grows with each sign-in: what was begun before it is dropped. */
  let signIns = 0;
  let refused: { readonly token: string; readonly atMs: number } | null = null;
  let marginShare = 1;
  let failures = 0;
  let lastTryMs = Number.NEGATIVE_INFINITY;
  let planned: { readonly stop: AbortController; readonly failure: HostFailure } | null = null;

  const become = (next: TokenState): void => {
    const isNews = next.state !== state.state;
    state = next;
    if (isNews && !ending.signal.aborted) onState();
  };

  const signInRequired = (): HostFailure =>
    new HostFailure('sign_in_required', 'the issuer has taken the sign-in back');

  const noLongerPlanned = (): void => {
    planned?.stop.abort();
    planned = null;
  };

  const usable = (leftMs: number): string | null => {
    if (kept === null || kept.access.token === refused?.token) return null;
    const { access } = kept;
    const ageMs = clock.now() - access.receivedAtMs;
    // A clock that was set back says nothing any more.
    return ageMs >= 0 && ageMs < access.lifetimeMs - leftMs ? access.token : null;
  };
  const fresh = (): string | null =>
    usable(Math.min(MARGIN_MS * marginShare, (kept?.access.lifetimeMs ?? 0) / 4));

  const signInAgain = async (why: string): Promise<never> => {
    noLongerPlanned();
    kept = null;
    unkept = null;
    log.info('signing in again is needed', { account: account.id, why });
    become({ state: 'sign_in_again' });
    // What stays in the store is dead, and found to be so at the next start.
    await store.remove(account.id).catch((error: unknown) => {
      log.warn('a sign-in that is over was not removed', { account: account.id, error });
    });
    throw signInRequired();
  };

  const loadNow = async (): Promise<KeptSignIn> => {
    let read: KeptSignIn | null;
    try {
      read = await store.read(account.id);
    } catch (error) {
      throw new HostFailure('storage_failed', 'the key store does not answer', { cause: error });
    }
    // Signed in to anew while the store was read.
    if (kept !== null) return kept;
    if (read === null || read.serviceUrl !== account.serviceUrl) return signInAgain('nothing is kept');
    kept = read;
    return read;
  };

  const load = async (): Promise<KeptSignIn> => {
    if (kept !== null) return kept;
    loading ??= loadNow().finally(() => {
      loading = null;
    });
    return loading;
  };

  const dropped = (): HostFailure => new HostFailure('cancelled', 'a sign-in that is no longer this one');

  const keep = async (next: KeptSignIn, signIn: number): Promise<string> => {
    if (signIn !== signIns) throw dropped();
    unkept = next;
    try {
      await store.write(account.id, next);
    } catch (error) {
      throw new HostFailure('storage_failed', 'a renewed sign-in is not kept', { cause: error });
    }
    if (signIn !== signIns) throw dropped();
    return take(next);
  };

  const take = (next: KeptSignIn): string => {
    unkept = null;
    kept = next;
    failures = 0;
    marginShare = 0.8 + 0.4 * random();
    noLongerPlanned();
    become({ state: 'fine' });
    return next.access.token;
  };

  /** The same token again and again: the issuer may have renewed, and only its answer have been lost. */
  const askWith = async (signIn: KeptSignIn, refreshToken: string): Promise<Granted> => {
    for (let tries = 1; ; tries += 1) {
      const startedMs = clock.now();
      try {
        return await issuers.renew(signIn, refreshToken, closing.signal);
      } catch (error) {
        const isCut = error instanceof IssuerFailure && error.problem === 'unreachable';
        // Whoever is silent for long is not asked again at once.
        if (!isCut || tries === TRIES || clock.now() - startedMs > MARGIN_MS / 10) throw error;
      }
      await clock.wait(FIRST_TRY_AGAIN_MS * 3 ** (tries - 1) * (0.5 + random()), ending.signal);
    }
  };

  const renewed = async (signIn: KeptSignIn, begun: number): Promise<string> => {
    const candidates = [signIn.refreshToken, signIn.previousRefreshToken].filter((token) => token !== null);
    for (const used of candidates) {
      try {
        const { accessToken, lifetimeMs, refreshToken } = await askWith(signIn, used);
        const isRotated = refreshToken !== null && refreshToken !== used;
        const access = { token: accessToken, lifetimeMs, receivedAtMs: clock.now() };
        const previousRefreshToken = isRotated ? used : null;
        return await keep(
          { ...signIn, refreshToken: refreshToken ?? used, previousRefreshToken, access },
          begun,
        );
      } catch (error) {
        // The newest is refused: perhaps it is our own write of it that the issuer never meant, so the one before is shown, once.
        if (!(error instanceof IssuerFailure) || error.problem !== 'invalid_grant') throw error;
      }
    }
    if (begun !== signIns) throw dropped();
    return signInAgain(candidates.length === 0 ? 'it cannot be renewed' : 'the issuer refuses it');
  };

  const failureOf = (error: unknown): HostFailure => {
    if (error instanceof HostFailure) return error;
    if (error instanceof IssuerFailure) return hostFailureOf(error);
    if (ending.signal.aborted) return new HostFailure('cancelled', 'the account is closed');
    return new HostFailure('internal', 'a sign-in could not be renewed', { cause: error });
  };

  const renewNow = async (): Promise<string> => {
    lastTryMs = clock.now();
    const begun = signIns;
    try {
      return await (unkept === null ? renewed(await load(), begun) : keep(unkept, begun));
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'sign_in_required' && failure.code !== 'cancelled') failed(failure);
      throw failure;
    } finally {
      renewing = null;
    }
  };

  const renewOnce = async (): Promise<string> => {
    if (ending.signal.aborted) throw new HostFailure('cancelled', 'the account is closed');
    renewing ??= renewNow();
    return renewing;
  };

  const failed = (failure: HostFailure): void => {
    if (ending.signal.aborted) return;
    failures += 1;
    log.warn('a sign-in is not renewed', {
      account: account.id,
      code: failure.code,
      why: failure.message,
      failures,
    });
    noLongerPlanned();
    const stop = new AbortController();
    planned = { stop, failure };
    const delayMs = retryDelayMs(failures, random());
    void tryAgain(delayMs, AbortSignal.any([stop.signal, ending.signal]));
    becomeUnrenewed();
  };

  const becomeUnrenewed = (): void => {
    if (usable(SHORTEST_USE_MS) !== null) return;
    const since = state.state === 'unrenewed' ? state.since : new Date(clock.now()).toISOString();
    become({ state: 'unrenewed', since });
  };

  const tryAgain = async (delayMs: number, stop: AbortSignal): Promise<void> => {
    try {
      await clock.wait(delayMs, stop);
      planned = null;
      await renewOnce();
    } catch {
      // Stopped, or it failed again, which has been noted.
    }
  };

  /** While a try is planned nobody waits for one. */
  const renewedSoon = async (): Promise<string> => {
    if (planned !== null && renewing === null) throw planned.failure;
    return renewOnce();
  };

  const access = async (): Promise<string> => {
    if (state.state === 'sign_in_again') throw signInRequired();
    if (kept === null && unkept === null && planned === null && renewing === null) {
      await load().catch((error: unknown) => {
        const failure = failureOf(error);
        if (failure.code === 'storage_failed' && planned === null) failed(failure);
        throw failure;
      });
    }
    const token = fresh();
    if (token !== null) return token;
    try {
      return await renewedSoon();
    } catch (error) {
      const old = usable(SHORTEST_USE_MS);
      if (old !== null) return old;
      if (planned !== null) becomeUnrenewed();
      throw error;
    }
  };

  const nothingRenewed = async (): Promise<void> => {
    if (renewing === null) return;
    await renewing.catch(() => undefined);
    await nothingRenewed();
  };

  const replaceNow = async (signIn: KeptSignIn): Promise<string> => {
    try {
      await store.write(account.id, signIn);
    } catch (error) {
      throw new HostFailure('storage_failed', 'a sign-in is not kept', { cause: error });
    } finally {
      renewing = null;
    }
    refused = null;
    return take(signIn);
  };

  return {
    state: () => state,
    access,

    async renewAfter(token) {
      if (state.state === 'sign_in_again') throw signInRequired();
      if (kept !== null && kept.access.token !== token) return access();
      if (refused !== null && refused.token !== token && clock.now() - refused.atMs < REFUSED_AGAIN_MS) {
        throw new HostFailure('sign_in_required', 'the service refuses also what the issuer has just given');
      }
      if (renewing === null) refused = { token, atMs: clock.now() };
      try {
        return await renewedSoon();
      } catch (error) {
        if (planned !== null) becomeUnrenewed();
        throw error;
      }
    },

    async renew() {
      if (state.state === 'sign_in_again') throw signInRequired();
      noLongerPlanned();
      await renewOnce();
    },

    async replace(signIn) {
      signIns += 1;
      await nothingRenewed();
      renewing = replaceNow(signIn);
      await renewing;
    },

    reached() {
      if (planned === null || renewing !== null || clock.now() - lastTryMs < REACHED_EVERY_MS) return;
      noLongerPlanned();
      // That it failed again has been noted.
      renewOnce().catch(() => undefined);
    },

    async close() {
      ending.abort();
      noLongerPlanned();
      const patience = clock.wait(LAST_ANSWER_MS, closing.signal).catch(() => undefined);
      await Promise.race([nothingRenewed(), patience]);
      closing.abort();
    },

    forget() {
      signIns += 1;
      ending.abort();
      closing.abort();
      noLongerPlanned();
    },
  };
};
