/** Two listeners to try it with: no password, no document in the store, and only while the demo is on. */
import { TIERS, type Tier } from '../../core/entitlement/entitlement.ts';
import type { Listener } from './listeners.ts';

const NAMES: Readonly<Record<Tier, string>> = { free: 'Free listener', premium: 'Premium listener' };

export const demoListener = (tier: Tier): Listener => ({
  id: `demo-${tier}`,
  name: NAMES[tier],
  tier,
  roles: [],
  isDisabled: false,
  signInsFrom: 0,
});

/** Null when the id is none of theirs. */
export const demoListenerOf = (id: string): Listener | null => {
  const tier = TIERS.find((each) => `demo-${each}` === id);
  return tier === undefined ? null : demoListener(tier);
};
