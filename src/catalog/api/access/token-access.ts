/** Access by the tokens of an issuer: its own claims say who somebody is, or, where the issuer is ours, the accounts themselves. */
import { hash } from 'node:crypto';
import type { SignInOffer } from '../../../contract/account-http.ts';
import { entitlementOf, type AdPolicy } from '../../../core/entitlement/entitlement.ts';
import type { Identity } from '../../identity/identity-contract.ts';
import { createRecent } from '../recent.ts';
import type { AccessControl } from './access-control.ts';
import { tokenMissing, tokenRefused } from './bearer-token.ts';
import { standingClaimed, type ClaimedStanding, type ClaimMapping } from './claim-mapping.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import type { VerifyToken } from './token-verifier.ts';

/** Listeners who ask within an hour of each other; some 300 bytes each. */
const MOST_REMEMBERED = 50_000;
/** However long a token says that it lives. */
const REMEMBERED_FOR_MS = 3_600_000;

export interface TokenAccessOptions {
  readonly offer: SignInOffer;
  readonly keys: Pick<IssuerKeys, 'areKnown'>;
  readonly verify: VerifyToken;
  readonly mapping: ClaimMapping;
  /** Of our own issuer: how an account stands by now, whatever its token says. */
  readonly standing: Identity['standing'] | null;
  readonly ads: AdPolicy;
  readonly nowMs: () => number;
}

interface Remembered extends ClaimedStanding {
  readonly subject: string;
}

/**
 * A token that was good is remembered by its SHA-256 until it is over, at most an hour, so that a busy service checks each
 * signature once. In memory: every replica checks for itself. Own accounts are asked for on every request all the same.
 */
export const createTokenAccess = (options: TokenAccessOptions): AccessControl => {
  const { offer, keys, verify, mapping, standing, ads, nowMs } = options;
  const remembered = createRecent<Remembered>(MOST_REMEMBERED, nowMs);
  const nameOf = (token: string): string => hash('sha256', token, 'base64');

  const verified = async (token: string): Promise<Remembered> => {
    const name = nameOf(token);
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const { subject, claims, expiresAtMs } = await verify(token);
    const fresh = { subject, ...standingClaimed(claims, mapping) };
    remembered.set(name, fresh, Math.min(expiresAtMs - nowMs(), REMEMBERED_FOR_MS));
    return fresh;
  };

  const standingOf = async (token: Remembered): Promise<ClaimedStanding> => {
    if (standing === null) return token;
    const account = await standing(token.subject);
    if (account === null) throw tokenRefused('its account is gone');
    if (account.isDisabled) throw tokenRefused('its account is disabled');
    return account;
  };

  return {
    isPersonal: true,
    offer: () => offer,
    knows: (token) => remembered.get(nameOf(token)) !== undefined,
    listenerOf: async (token) => {
      if (token === null) throw tokenMissing();
      const known = await verified(token);
      const { name, tier, roles } = await standingOf(known);
      return { id: known.subject, name, tier, roles, entitlement: entitlementOf(tier, ads) };
    },
    unready: () =>
      keys.areKnown() ? null : `The issuer of access tokens, ${offer.issuer}, does not answer.`,
  };
};
