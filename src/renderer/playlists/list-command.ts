import type { Step } from './item-order.ts';
import type { KeyPress } from '../track-list/list-keys.ts';

/** What a key does to the items of a playlist, apart from what it does in every list. Null: nothing. */
export type ItemCommand =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'remove' | 'copy' | 'cut' | 'paste' }
  | null;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'top',
  End: 'bottom',
};

export const itemCommand = ({ key, altKey, modKey, shiftKey }: KeyPress): ItemCommand => {
  if (shiftKey) return null;
  if (altKey) {
    const step = modKey ? undefined : STEPS[key];
    return step === undefined ? null : { kind: 'step', step };
  }
  if (!modKey) return key === 'Delete' || key === 'Backspace' ? { kind: 'remove' } : null;
  switch (key.toLowerCase()) {
    case 'c':
      return { kind: 'copy' };
    case 'x':
      return { kind: 'cut' };
    case 'v':
      return { kind: 'paste' };
    default:
      return null;
  }
};
