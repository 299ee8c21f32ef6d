import { useTexts } from '../i18n/use-texts.ts';
import { ACTION_NAMES, type ActionName } from './actions.ts';

type Dashed<Name extends string> = Name extends `${infer Area}.${infer Rest}` ? `${Area}-${Rest}` : Name;

/** i18next reads a dot as a step into the texts; action names are dashed there. */
const dashed = <Name extends ActionName>(name: Name): Dashed<Name> => name.replace('.', '-') as Dashed<Name>;

/** What actions are called in the listener's language. */
export function useActionText(): (name: ActionName) => string {
  const t = useTexts('shortcuts');
  return (name) => t(`actions.${dashed(name)}`);
}

export const ACTION_GROUPS = ['playback', 'frame', 'page', 'shortcuts'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** The actions of a group, in their order. */
export const actionsOf = (group: ActionGroup): readonly ActionName[] =>
  ACTION_NAMES.filter((name) => name.startsWith(`${group}.`));
