import type { ObjectStore } from '../../src/catalog/store/object-store.ts';

const LONGEST_S = 16;

/**
 * A signed address that was seen to give its object. On a machine that stands still a short life may pass unseen: then the next one
 * is longer.
 */
export const livingAddress = async (
  store: ObjectStore,
  key: string,
  lifetimeS: number,
): Promise<{ readonly url: string; readonly expiresAt: Date }> => {
  const signed = await store.signedUrl(key, lifetimeS);
  const { status } = await fetch(signed.url);
  if (status === 200) return signed;
  const hasPassed = Date.now() >= signed.expiresAt.getTime();
  if (!hasPassed || lifetimeS >= LONGEST_S) throw new Error(`answered ${status} within its life`);
  return livingAddress(store, key, 2 * lifetimeS);
};
