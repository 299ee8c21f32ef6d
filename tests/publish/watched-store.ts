import type { ObjectStore } from '../../src/catalog/store/object-store.ts';

/** The same store; `onOperation` is called just before each operation reaches it. */
export const watchedStore = (store: ObjectStore, onOperation: () => void): ObjectStore =>
  new Proxy(store, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: readonly unknown[]): unknown => {
        onOperation();
        return Reflect.apply(member, target, parameters);
      };
    },
  });
