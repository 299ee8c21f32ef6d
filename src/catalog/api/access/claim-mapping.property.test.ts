import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COGNITO_CLAIMS, OWN_CLAIMS, standingClaimed, type ClaimMapping } from './claim-mapping.ts';

const MAPPING: ClaimMapping = {
  tier: { claim: 'access.groups', premium: ['gold', 'silver'] },
  roles: { claim: 'scope', operator: ['music:operate'] },
  name: { claim: 'name' },
};
const NOBODY = { name: null, tier: 'free', roles: [] };

describe('what claims say', () => {
  it('gives nobody a right, and fails for nobody, whatever else stands in a token', () => {
    const claims = fc.dictionary(
      fc.oneof(
        fc.constantFrom('access', 'groups', 'scope', 'cognito:groups', 'riffle_tier', '__proto__'),
        fc.string(),
      ),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(claims, fc.constantFrom(MAPPING, OWN_CLAIMS, COGNITO_CLAIMS), (token, mapping) => {
        fc.pre(!/gold|silver|premium|operat/.test(JSON.stringify(token)));
        expect(standingClaimed(token, mapping)).toMatchObject({ tier: 'free', roles: [] });
      }),
    );
  });

  it.each([
    [{ access: { groups: ['choir', 'gold'] } }, { tier: 'premium' }],
    [{ access: { groups: 'silver' } }, { tier: 'premium' }],
    [{ 'access.groups': ['gold'] }, { tier: 'premium' }],
    // What is so named goes before what a path leads to.
    [{ 'access.groups': ['none'], access: { groups: ['gold'] } }, { tier: 'free' }],
    [{ scope: 'openid music:operate' }, { roles: ['operator'] }],
    [{ scope: ['music:operate'] }, { roles: ['operator'] }],
    [{ name: '  Lene ' }, { name: 'Lene' }],
    [{ name: 'e'.repeat(300) }, { name: 'e'.repeat(200) }],
    [{ access: { groups: 'gold silver' } }, NOBODY],
    [{ access: { groups: ['GOLD', 'goldfish', ' gold'] } }, NOBODY],
    [{ access: { groups: { gold: true } } }, NOBODY],
    [{ access: 'gold', groups: ['gold'] }, NOBODY],
    [{ scope: 'music:operate2' }, NOBODY],
    [{ name: ' ' }, NOBODY],
    [{ name: 7 }, NOBODY],
    [{}, NOBODY],
  ])('%j is %j', (claims, standing) => {
    expect(standingClaimed(claims, MAPPING)).toMatchObject(standing);
  });
});
