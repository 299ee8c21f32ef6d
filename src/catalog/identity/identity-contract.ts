/**
 * What the API needs of sign-in. There are two kinds of issuer: the identity of small installations, in this very process
 * (`identity.ts`), and any OpenID Connect issuer elsewhere. The API checks the tokens of both in the same way; of its own it
 * also knows at once how an account stands.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import type { Role, SignInOffer } from '../../contract/account-http.ts';
import type { Tier } from '../../core/entitlement/entitlement.ts';

/** Claims of the access tokens of our own issuer, beside those of RFC 9068. */
export const TIER_CLAIM = 'riffle_tier';
export const ROLES_CLAIM = 'riffle_roles';
export const NAME_CLAIM = 'name';
/** What our own issuer's access tokens are for (`aud`), and the resource indicator to ask for them. */
export const CATALOG_AUDIENCE = 'urn:riffle:catalog';

export interface AccountStanding {
  readonly name: string;
  readonly tier: Tier;
  readonly roles: readonly Role[];
  readonly isDisabled: boolean;
}

export interface Identity {
  /** `<publicUrl>/identity`. */
  readonly issuer: string;
  readonly offer: SignInOffer;
  /** Answers everything below `/identity/`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Public keys that tokens may be signed with now: the current, the next, and those not long retired. */
  publicKeys(): Promise<JSONWebKeySet>;
  /** From the store, at most some seconds old. Null: there is no such account (any more). */
  standing(accountId: string): Promise<AccountStanding | null>;
  /** Removes an account for good; those of the demo stay. */
  forget(accountId: string): Promise<void>;
  /** Ends what runs by itself (key rotation, sweeping). */
  close(): Promise<void>;
}
