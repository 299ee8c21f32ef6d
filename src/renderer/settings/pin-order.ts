import type { Pin, PinSource } from '../../contract/offline.ts';

export type PinStep = 'first' | 'earlier' | 'later';

/** Before which pin the one at `index` has to go to make a step in the order of fetching (null: last); undefined: it cannot. */
export const beforeAfterStep = (
  pins: readonly Pin[],
  index: number,
  step: PinStep,
): PinSource | null | undefined => {
  if (pins[index] === undefined) return undefined;
  if (step === 'later') return index + 1 < pins.length ? (pins[index + 2]?.source ?? null) : undefined;
  return index === 0 ? undefined : pins[step === 'first' ? 0 : index - 1]?.source;
};
