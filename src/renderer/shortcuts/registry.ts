import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import { useSettings } from '../settings/settings-store.ts';
import { chordFor, type ActionName } from './actions.ts';
import type { Chord } from './chord.ts';

type Registered = ReadonlyMap<ActionName, () => void>;

const useRegistry = create<{ readonly runs: Registered }>(() => ({ runs: new Map() }));

/** Says what an action does from now on. Gives its own unregister. */
export function registerAction(name: ActionName, run: () => void): () => void {
  useRegistry.setState(({ runs }) => ({ runs: new Map(runs).set(name, run) }));
  return () => {
    useRegistry.setState(({ runs }) => {
      // A newer owner may have taken it over meanwhile.
      if (runs.get(name) !== run) return { runs };
      const rest = new Map(runs);
      rest.delete(name);
      return { runs: rest };
    });
  };
}

/** Registers an action for as long as a component is shown. */
export function useAction(name: ActionName, run: () => void): void {
  const latest = useEffectEvent(run);
  useEffect(() => registerAction(name, () => latest()), [name]);
}

/** Runs an action; false when nobody has registered it. */
export function runAction(name: ActionName): boolean {
  const run = useRegistry.getState().runs.get(name);
  run?.();
  return run !== undefined;
}

/** The actions that do something now. What does not exist yet is not shown. */
export const useRegisteredActions = (): Registered => useRegistry((state) => state.runs);

/** The chord of an action as it is set now, for tooltips and menus; null when it has none. */
export function useChord(name: ActionName): Chord | null {
  return useSettings((settings) => chordFor(name, settings.shortcuts));
}
