/** Lives together with what is shown of them: tells what a change replaces, so that lists can be kept without being made anew. */
import { createLives, type Lives } from './lives.ts';
import type { Seen, Unsettled } from './snapshot.ts';

export interface ShownLives<Birth, Fields, Item> extends Pick<
  Lives<Birth, Fields>,
  'of' | 'keys' | 'unsettled'
> {
  /** Null: nothing lives under that key. */
  shown(key: string): Item | null;
  /** From a snapshot, before anything is shown. */
  load(...change: Parameters<Lives<Birth, Fields>['add']>): void;
  // Each tells whether something is shown differently now.
  add(...change: Parameters<Lives<Birth, Fields>['add']>): boolean;
  remove(...change: Parameters<Lives<Birth, Fields>['remove']>): boolean;
  write(...change: Parameters<Lives<Birth, Fields>['write']>): boolean;
}

export const createShownLives = <Birth, Fields, Item>(options: {
  readonly horizon: Seen;
  readonly unsettled: Unsettled<Fields>;
  /** Depends on the lives alone; null for none. */
  readonly show: (key: string, lives: ReturnType<Lives<Birth, Fields>['of']>) => Item | null;
  readonly isSame: (one: Item, other: Item) => boolean;
  readonly replace: (before: Item | null, after: Item | null) => void;
}): ShownLives<Birth, Fields, Item> => {
  const { show, isSame, replace } = options;
  const lives = createLives<Birth, Fields>(options.horizon, options.unsettled);
  const shown = (key: string): Item | null => show(key, lives.of(key));
  const changed = (key: string, change: () => void): boolean => {
    const before = shown(key);
    change();
    const after = shown(key);
    if (before === null ? after === null : after !== null && isSame(before, after)) return false;
    replace(before, after);
    return true;
  };
  return {
    of: lives.of,
    keys: lives.keys,
    unsettled: lives.unsettled,
    shown,
    load: lives.add,
    add: (key, life) => changed(key, () => lives.add(key, life)),
    remove: (key, stamps) => changed(key, () => lives.remove(key, stamps)),
    write: (key, life, changes) => changed(key, () => lives.write(key, life, changes)),
  };
};
