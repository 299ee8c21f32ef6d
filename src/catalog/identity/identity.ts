/** Sign-in of small installations: an OpenID Connect issuer below `/identity/`, with everything it knows in the object store. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObjectStore } from '../store/object-store.ts';
import { createAccounts } from './accounts.ts';
import { createGuesses } from './guesses.ts';
import { CATALOG_AUDIENCE, type Identity } from './identity-contract.ts';
import type { IdentityLog } from './identity-log.ts';
import { createListeners } from './listeners.ts';
import { createPasswords, type PasswordCost } from './password-hash.ts';
import { createProvider, CLIENT_ID, SCOPE } from './provider.ts';
import { createProviderPages } from './provider-pages.ts';
import { mountProvider, type MountedProvider } from './provider-mount.ts';
import { createSealedObjects } from './sealed-objects.ts';
import { createSignIn } from './sign-in.ts';
import { openSigningKeys } from './signing-keys.ts';
import { createSweep } from './sweep.ts';

export interface IdentityOptions {
  /** Where accounts, keys and sign-ins lie, under `identity/`. Must be writable. */
  readonly store: ObjectStore;
  /** Where browsers and the app reach the service, without `/identity`. */
  readonly publicUrl: string;
  /** The installation's name, on every page. */
  readonly name: string;
  /** The installation's picture on the pages: a `data:` address, or one below `publicUrl`'s origin. */
  readonly picture?: string;
  /** Two listeners without a password exist: for trying it out, never for an installation that others reach. */
  readonly demo: boolean;
  readonly log: IdentityLog;
  /**
   * Whose guesses are counted together. Default: the connection's other end. Behind a proxy, name what the proxy vouches
   * for; else all listeners share one count.
   */
  readonly clientAddress?: (request: IncomingMessage) => string;
  readonly nowMs?: () => number;
  readonly passwordCost?: PasswordCost;
  /** Ten minutes by default, a day at most: for so long a key stays published that no longer signs. */
  readonly accessTokenSeconds?: number;
}

const ACCESS_TOKEN_SECONDS = 600;
const TEND_EVERY_MS = 60_000;
/** Sweeping reads what it looks at: so few every ten minutes cost next to nothing, and are a whole installation in a day. */
const SWEEP_EVERY_TENDS = 10;
const SWEEP_OBJECTS = 300;

const socketAddress = (request: IncomingMessage): string => request.socket.remoteAddress ?? 'unknown';

/** The issuer of a small installation. Rejects with a `StoreError` when its keys can be neither read nor made. */
export const createIdentity = async (options: IdentityOptions): Promise<Identity> => {
  const { store, demo, log } = options;
  const nowMs = options.nowMs ?? Date.now;
  const issuer = `${options.publicUrl.replace(/\/+$/, '')}/identity`;
  const installation = { name: options.name, picture: options.picture ?? null };
  const keys = await openSigningKeys(store, nowMs);
  const objects = createSealedObjects(store, keys.inUse().sealingSecret);
  const accounts = createAccounts(store);
  const listeners = createListeners(accounts, demo, nowMs);
  const guesses = createGuesses(store, nowMs);
  const passwords = createPasswords(options.passwordCost);
  const signIn = createSignIn({ accounts, passwords, guesses, demo, log });
  const sweep = createSweep(store, nowMs);
  const cookiePrefix = `riffle_${createHash('sha256').update(issuer).digest('hex').slice(0, 8)}_`;

  const mount = (): MountedProvider => {
    const provider = createProvider({
      issuer,
      keys: keys.inUse(),
      objects,
      listeners,
      pages: createProviderPages(installation),
      accessTokenSeconds: options.accessTokenSeconds ?? ACCESS_TOKEN_SECONDS,
      cookiePrefix,
    });
    const addressOf = options.clientAddress ?? socketAddress;
    return mountProvider({
      provider,
      issuer,
      installation,
      listeners,
      signIn,
      guesses,
      demo,
      log,
      addressOf,
    });
  };

  // The provider takes its keys once: with other keys it is another one. It keeps nothing, so nobody notices.
  let mounted = { keysId: keys.inUse().id, answer: mount() };
  const current = (): MountedProvider => {
    const { id } = keys.inUse();
    if (mounted.keysId !== id) mounted = { keysId: id, answer: mount() };
    return mounted.answer;
  };

  let tends = 0;
  let tending: Promise<void> = Promise.resolve();
  const tend = async (): Promise<void> => {
    try {
      await keys.tend();
      if ((tends += 1) % SWEEP_EVERY_TENDS === 0) {
        const removed = await sweep.step(SWEEP_OBJECTS);
        if (removed > 0) log.info({ removed }, 'removed what is left of old sign-ins');
      }
    } catch (error) {
      log.warn({ err: error }, 'keys and old sign-ins could not be looked after; tried again in a minute');
    }
  };
  const timer = setInterval(() => {
    // One after the other, however slow the store.
    tending = tending.then(tend);
  }, TEND_EVERY_MS);
  timer.unref();

  return {
    issuer,
    offer: { issuer, clientId: CLIENT_ID, scope: SCOPE, resource: CATALOG_AUDIENCE, demo },
    handle: (request: IncomingMessage, response: ServerResponse) => current()(request, response),
    publicKeys: () => Promise.resolve(keys.publicKeys()),
    standing: (accountId) => listeners.standing(accountId),
    forget: (accountId) => listeners.forget(accountId),
    close: async () => {
      clearInterval(timer);
      await tending;
    },
  };
};
