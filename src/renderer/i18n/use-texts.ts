import type { TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import { i18n } from './i18n.ts';
import type { TextConcern } from './resources.ts';

const listeners = new Set<() => void>();
i18n.on('languageChanged', () => {
  for (const listener of listeners) listener();
});
const follow = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const language = (): string => i18n.language;

/** A text without figures in it is looked up once: a start alone asks for hundreds. */
const remembering = <Concern extends TextConcern>(t: TFunction<Concern>): TFunction<Concern> => {
  const look = t as unknown as (key: string, values?: object) => string;
  const known = new Map<string, string>();
  const remembered = (key: string, values?: object): string => {
    if (values !== undefined) return look(key, values);
    const text = known.get(key) ?? look(key);
    known.set(key, text);
    return text;
  };
  // The same function with a memory: what the compiler knows of its keys holds for it too.
  return remembered as unknown as TFunction<Concern>;
};

const made = new Map<string, unknown>();
const textsOf = <Concern extends TextConcern>(spoken: string, concern: Concern): TFunction<Concern> => {
  const name = `${spoken}/${concern}`;
  const found = made.get(name) ?? remembering(i18n.getFixedT(spoken, concern));
  made.set(name, found);
  return found as TFunction<Concern>;
};

/**
 * The texts of one concern: `const t = useTexts('browse')`, then `t('albums')`. Keys are checked by the compiler. All texts travel
 * with the window, so there is nothing to wait for, and a component subscribes to the language alone.
 */
export const useTexts = <Concern extends TextConcern>(concern: Concern): TFunction<Concern> =>
  textsOf(useSyncExternalStore(follow, language), concern);
