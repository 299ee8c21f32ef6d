import { create } from 'zustand';

export interface Toast {
  readonly text: string;
  readonly tone?: 'neutral' | 'done' | 'failed';
  /** A second line. */
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

export interface ShownToast extends Toast {
  readonly id: number;
}

const MOST_AT_ONCE = 3;

export const useToastStore = create<{ readonly toasts: readonly ShownToast[] }>(() => ({ toasts: [] }));

let nextId = 1;

/** Says something at the bottom of the window for six seconds. The same text again takes the older one's place. */
export function showToast(toast: Toast): void {
  const shown: ShownToast = { ...toast, id: nextId };
  nextId += 1;
  useToastStore.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => other.text !== toast.text), shown].slice(-MOST_AT_ONCE),
  }));
}

export function dismissToast(id: number): void {
  useToastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
