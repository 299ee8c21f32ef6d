/**
 * Removes what is over: codes, sessions, tokens, guesses. A little at a time, each replica beginning somewhere else; deleting twice
 * does no harm, and what is over is never written again.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ObjectStore } from '../store/object-store.ts';
import { GUESSES, SIGN_IN_FOLDERS, signInFolder } from './identity-keys.ts';

export interface Sweep {
  /** Looks at so many objects at most, goes on where it stopped, and says how many it removed. Rejects with a `StoreError`. */
  step(mostObjects: number): Promise<number>;
}

/** For clocks that differ, and for a token that is just being looked at. */
const GRACE_MS = 3_600_000;
const endingSchema = z.object({ endsAt: z.number() });

const endOf = (bytes: Uint8Array): number => {
  try {
    return endingSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).endsAt;
  } catch {
    // Whatever lies there, it is not ours to remove.
    return Infinity;
  }
};

export const createSweep = (store: ObjectStore, nowMs: () => number): Sweep => {
  const folders = [...SIGN_IN_FOLDERS.map(signInFolder), GUESSES];
  let at = Math.floor(Math.random() * folders.length);
  /** Somewhere in the middle at first: `identity/session/a7`. */
  let after = `${folders[at]}${randomBytes(1).toString('hex')}`;

  const isOver = async (key: string): Promise<boolean> => {
    const bytes = await store.getBytes(key);
    return bytes !== null && endOf(bytes) + GRACE_MS < nowMs();
  };

  return {
    step: async (mostObjects) => {
      const over: string[] = [];
      let seen = 0;
      for (let visited = 0; visited <= folders.length && seen < mostObjects; visited++) {
        const folder = folders[at] ?? GUESSES;
        let isWhole = true;
        for await (const { key } of store.list(folder, { after })) {
          if (seen === mostObjects) {
            isWhole = false;
            break;
          }
          seen += 1;
          after = key;
          if (await isOver(key)) over.push(key);
        }
        if (!isWhole) break;
        at = (at + 1) % folders.length;
        after = folders[at] ?? '';
      }
      if (over.length > 0) await store.delete(over);
      return over.length;
    },
  };
};
