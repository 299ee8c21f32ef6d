/** A store whose process is killed before one of its operations (from 1; 0: never): neither that one nor any after it is carried out. */
import { StoreError, type ObjectInfo, type ObjectStore } from '../../src/catalog/store/object-store.ts';

export interface DyingStore extends ObjectStore {
  /** Operations so far. */
  count(): number;
  isDead(): boolean;
}

export const dyingStore = (store: ObjectStore, deathAt: number): DyingStore => {
  let operations = 0;
  let dead = false;
  // `full`, for what may pass is tried again by a process that lives.
  const killed = (): StoreError => new StoreError('full', 'killed', 'The process is gone.');

  const during = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (dead) throw killed();
    operations += 1;
    if (operations !== deathAt) return work();
    dead = true;
    throw killed();
  };
  const page = async (objects: AsyncIterable<ObjectInfo>): Promise<readonly ObjectInfo[]> => {
    const found: ObjectInfo[] = [];
    for await (const object of objects) found.push(object);
    return found;
  };

  return {
    description: store.description,
    count: () => operations,
    isDead: () => dead,
    check: (access) => store.check(access),
    head: (key) => during(() => store.head(key)),
    get: (key, options) => during(() => store.get(key, options)),
    getBytes: (key) => during(() => store.getBytes(key)),
    put: (key, body, options) => during(() => store.put(key, body, options)),
    putFile: (key, path, options) => during(() => store.putFile(key, path, options)),
    create: (key, body, options) => during(() => store.create(key, body, options)),
    async *list(prefix, options) {
      yield* await during(() => page(store.list(prefix, options)));
    },
    delete: (keys) => during(() => store.delete(keys)),
    signedUrl: (key, lifetime) => store.signedUrl(key, lifetime),
  };
};
