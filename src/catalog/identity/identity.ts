import type { IncomingMessage } from 'node:http';
import type { ObjectStore } from '../store/object-store.ts';
import type { Identity } from './identity-contract.ts';
import type { PasswordCost } from './password-hash.ts';

/** What is told of it: never a token, a code, a password or an address with one of these. */
export interface IdentityLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface IdentityOptions {
  /** Where accounts, keys and sign-ins lie, under `identity/`. Must be writable. */
  readonly store: ObjectStore;
  /** Where browsers and the app reach the service, without `/identity`. `https:`, or `http:` on a loopback address. */
  readonly publicUrl: string;
  /** The installation's name, on every page. */
  readonly name: string;
  /** The installation's picture on the pages: a `data:` or `https:` address, or one of this service. */
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
  readonly accessTokenSeconds?: number;
}

/** The issuer of a small installation. Rejects with a `StoreError` when its keys can be neither read nor made. */
export const createIdentity = (_options: IdentityOptions): Promise<Identity> =>
  Promise.reject(new Error('under construction'));
