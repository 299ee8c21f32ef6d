/**
 * Grow-only sets in many small objects, which somebody merges into few: the union is written first, and what it holds is deleted
 * afterwards. Whoever reads meanwhile may find an object gone that a listing named, and begins anew.
 */
import pLimit from 'p-limit';
import { StoreError, type ObjectStore } from './object-store.ts';

const AT_ONCE = 16;
const MOST_TRIES = 5;

/** How such objects are written. */
export const JSON_OBJECT = { contentType: 'application/json', cacheControl: 'no-store' };

/** Another process merged it meanwhile: what it held is in another object. */
export class Vanished extends Error {
  override readonly name = 'Vanished';
}

/** Throws `corrupt` for what was written by something else. */
const decodeJsonObject = <Value>(key: string, bytes: Uint8Array, parse: (json: unknown) => Value): Value => {
  try {
    return parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new StoreError(
      'corrupt',
      `${key} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'It was written by something else or by a newer version: update, or remove it.',
      { cause: error },
    );
  }
};

export interface MergedObjects {
  /** Null where there is none. Throws `corrupt`. */
  find<Value>(key: string, parse: (json: unknown) => Value): Promise<Value | null>;
  /** Some at once. Throws `Vanished`, `corrupt`. */
  readAll<Value>(keys: readonly string[], parse: (json: unknown) => Value): Promise<readonly Value[]>;
  /** Nothing is deleted before what it held is in the store elsewhere. Gives how many. */
  remove(keys: readonly string[]): Promise<number>;
}

export const createMergedObjects = (store: ObjectStore): MergedObjects => {
  const limit = pLimit(AT_ONCE);
  const find: MergedObjects['find'] = (key, parse) =>
    limit(async () => {
      const bytes = await store.getBytes(key);
      return bytes === null ? null : decodeJsonObject(key, bytes, parse);
    });
  return {
    find,
    readAll: (keys, parse) =>
      Promise.all(
        keys.map(async (key) => {
          const value = await find(key, parse);
          if (value === null) throw new Vanished(key);
          return value;
        }),
      ),
    async remove(keys) {
      await store.delete(keys);
      return keys.length;
    },
  };
};

/** Again from the listing on when something was merged in between; gives up after some times. */
export const untilNothingVanishes = async <Value>(read: () => Promise<Value>): Promise<Value> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Vanished) || attempt === MOST_TRIES) throw error;
    }
  }
};
