/**
 * The public keys of an issuer, kept at hand. They are fetched when they are first needed, again when a token names a key that
 * is not among them (with a cool-down, so that made-up tokens do not make us ask all the time), and from time to time, so that
 * a key that was taken back goes. An issuer that is away changes nothing for a day.
 *
 * Not jose's `createRemoteJWKSet`: its keys come over HTTP only, and are gone with the issuer after ten minutes.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { setTimeout as wait } from 'node:timers/promises';

/** Thrown where a token cannot be checked because no keys are known: nothing is said of the token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface IssuerKeys {
  /** Throws `KeysUnavailable`, and jose's `JWKSNoMatchingKey` for a key that the issuer does not have. */
  readonly keyFor: JWTVerifyGetKey;
  /** Whether there are keys that still hold. */
  areKnown(): boolean;
  /** Ends asking again and again. */
  close(): void;
}

export interface IssuerKeysOptions {
  /** Fetches all keys there are. */
  readonly load: () => Promise<JSONWebKeySet>;
  /** Told at each failure, and when it goes well again. */
  readonly onState: (state: { readonly error: unknown } | 'loaded') => void;
  readonly nowMs: () => number;
  /** Between two times that an unknown key makes us ask. */
  readonly cooldownMs?: number;
}

const COOLDOWN_MS = 30_000;
/** As jose has it. */
const FRESH_FOR_MS = 600_000;
const HOLD_FOR_MS = 86_400_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** Begins to fetch at once, and goes on until it went well once; does not wait for it. */
export const createIssuerKeys = (options: IssuerKeysOptions): IssuerKeys => {
  const { load, onState, nowMs, cooldownMs = COOLDOWN_MS } = options;
  const closing = new AbortController();
  let known: { readonly find: JWTVerifyGetKey; readonly atMs: number } | null = null;
  let lastAttempt: { readonly atMs: number; readonly failed: boolean } | null = null;
  let loading: Promise<void> | null = null;

  const loadOnce = async (): Promise<void> => {
    try {
      const find = createLocalJWKSet(await load());
      known = { find, atMs: nowMs() };
      lastAttempt = { atMs: nowMs(), failed: false };
      onState('loaded');
    } catch (error) {
      lastAttempt = { atMs: nowMs(), failed: true };
      onState({ error });
    }
  };
  /** One request for all who wait for it. Never rejects. */
  const loadShared = (): Promise<void> =>
    (loading ??= loadOnce().finally(() => {
      loading = null;
    }));

  const isPast = (sinceMs: number, spanMs: number): boolean => nowMs() - sinceMs >= spanMs;
  const mayAsk = (): boolean => lastAttempt === null || isPast(lastAttempt.atMs, cooldownMs);
  const areKnown = (): boolean => known !== null && !isPast(known.atMs, HOLD_FOR_MS);

  const begin = async (): Promise<void> => {
    for (let pauseMs = FIRST_RETRY_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_RETRY_MS)) {
      await loadShared();
      if (known !== null) return;
      await wait(pauseMs, undefined, { signal: closing.signal });
    }
  };
  void begin().catch((error: unknown) => {
    if (!closing.signal.aborted) onState({ error });
  });

  const keyFor: JWTVerifyGetKey = async (header, token) => {
    if (!areKnown() && (loading !== null || mayAsk())) await loadShared();
    if (known === null || !areKnown()) throw new KeysUnavailable('the keys of the issuer are not known');
    if (isPast(known.atMs, FRESH_FOR_MS) && mayAsk()) void loadShared();
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (loading !== null || mayAsk()) await loadShared();
      // Whether the issuer has such a key cannot be told while it is away.
      if (lastAttempt?.failed === true)
        throw new KeysUnavailable('the issuer does not answer', { cause: error });
      return known.find(header, token);
    }
  };

  return { keyFor, areKnown, close: () => closing.abort() };
};
