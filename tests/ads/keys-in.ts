import type { ObjectStore } from '../../src/catalog/store/object-store.ts';

/** The keys under a prefix. */
export const keysIn = async (store: ObjectStore, prefix: string): Promise<readonly string[]> => {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
};
