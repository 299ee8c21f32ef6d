/** How listeners are called to those who share a playlist with them: as their issuer said it when they last shared something. */
import { z } from 'zod';
import { createRecent } from '../api/recent.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { profileKey, userKeyOf } from './library-keys.ts';

export interface Profiles {
  /** Written when it is not known so already. */
  remember(userId: string, name: string | null): Promise<void>;
  /** Null: nobody has said. */
  nameOf(userId: string): Promise<string | null>;
}

const profileSchema = z.object({ userId: z.string(), name: z.string().nullable() });
const KEPT_MS = 300_000;
const MOST_KEPT = 20_000;

export const createProfiles = (store: ObjectStore, nowMs: () => number): Profiles => {
  const recent = createRecent<{ readonly name: string | null }>(MOST_KEPT, nowMs);

  const nameOf = async (userId: string): Promise<string | null> => {
    const known = recent.get(userId);
    if (known !== undefined) return known.name;
    const bytes = await store.getBytes(profileKey(userKeyOf(userId)));
    const profile =
      bytes === null ? null : profileSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const name = profile?.name ?? null;
    recent.set(userId, { name }, KEPT_MS);
    return name;
  };

  return {
    nameOf,
    async remember(userId, name) {
      if ((await nameOf(userId)) === name) return;
      await store.put(profileKey(userKeyOf(userId)), Buffer.from(JSON.stringify({ userId, name })), {
        contentType: 'application/json',
        cacheControl: 'no-store',
      });
      recent.set(userId, { name }, KEPT_MS);
    },
  };
};
