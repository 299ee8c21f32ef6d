/** What the claims of a token say of a listener, by a mapping that the operator can write down (`--claims`). */
import { z } from 'zod';
import type { Role } from '../../../contract/account-http.ts';
import type { Tier } from '../../../core/entitlement/entitlement.ts';
import { NAME_CLAIM, ROLES_CLAIM, TIER_CLAIM } from '../../identity/identity-contract.ts';

const claimName = z.string().min(1).max(200);
const claimValues = z.array(z.string().min(1).max(200)).max(50).readonly();

/** A claim is named as it stands in the token (`cognito:groups`), or by a path where none is so named (`realm_access.roles`). */
export const claimMappingSchema = z.strictObject({
  /** Values that make a listener premium; with none of them one is free. */
  tier: z.strictObject({ claim: claimName, premium: claimValues }),
  roles: z.strictObject({ claim: claimName, operator: claimValues }).nullable().default(null),
  name: z.strictObject({ claim: claimName }).nullable().default(null),
});
export type ClaimMapping = Readonly<z.output<typeof claimMappingSchema>>;

/** What our own issuer writes, and what others may be made to write. */
export const OWN_CLAIMS: ClaimMapping = {
  tier: { claim: TIER_CLAIM, premium: ['premium'] },
  roles: { claim: ROLES_CLAIM, operator: ['operator'] },
  name: { claim: NAME_CLAIM },
};

/** Amazon Cognito: groups of the user pool. Its access tokens have no name but the one that a user signs in with. */
export const COGNITO_CLAIMS: ClaimMapping = {
  tier: { claim: 'cognito:groups', premium: ['premium'] },
  roles: { claim: 'cognito:groups', operator: ['operator'] },
  name: { claim: 'username' },
};

export interface ClaimedStanding {
  readonly name: string | null;
  readonly tier: Tier;
  readonly roles: readonly Role[];
}

const LONGEST_NAME = 200;

const objectSchema = z.record(z.string(), z.unknown());
const textSchema = z.string();
const textsSchema = z
  .array(z.unknown())
  .transform((values) => values.filter((one) => typeof one === 'string'));

const claimOf = (claims: Readonly<Record<string, unknown>>, name: string): unknown => {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const inner = objectSchema.safeParse(value);
    return inner.success && Object.hasOwn(inner.data, part) ? inner.data[part] : undefined;
  }, claims);
};

/** Of `scope`, each of its words (RFC 8693 §4.2); of every other claim the text, or each text of a list. */
const valuesOf = (claims: Readonly<Record<string, unknown>>, name: string): readonly string[] => {
  const value = claimOf(claims, name);
  const text = textSchema.safeParse(value);
  if (text.success) return name === 'scope' ? text.data.split(' ') : [text.data];
  return textsSchema.safeParse(value).data ?? [];
};

/** Whatever is not there, or is of another kind than was expected, gives no right: free, no role. */
export const standingClaimed = (
  claims: Readonly<Record<string, unknown>>,
  mapping: ClaimMapping,
): ClaimedStanding => {
  const says = (name: string, wanted: readonly string[]): boolean =>
    valuesOf(claims, name).some((value) => wanted.includes(value));
  const { tier, roles, name } = mapping;
  const shown = name === null ? '' : (valuesOf(claims, name.claim)[0] ?? '').trim().slice(0, LONGEST_NAME);
  return {
    name: shown === '' ? null : shown,
    tier: says(tier.claim, tier.premium) ? 'premium' : 'free',
    roles: roles !== null && says(roles.claim, roles.operator) ? ['operator'] : [],
  };
};
