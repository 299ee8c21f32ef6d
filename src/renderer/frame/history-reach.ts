import { useSyncExternalStore } from 'react';

/** Whether there is a page to go back or forward to. */
export interface HistoryReach {
  readonly back: boolean;
  readonly forward: boolean;
}

const subscribeToEntries = (listener: () => void): (() => void) => {
  window.navigation?.addEventListener('currententrychange', listener);
  return () => window.navigation?.removeEventListener('currententrychange', listener);
};

/** Outside Chromium nothing is known, and both ways are offered. */
const canGo = (direction: 'canGoBack' | 'canGoForward') => (): boolean =>
  window.navigation?.[direction] ?? true;

export function useHistoryReach(): HistoryReach {
  return {
    back: useSyncExternalStore(subscribeToEntries, canGoBack),
    forward: useSyncExternalStore(subscribeToEntries, canGo('canGoForward')),
  };
}

/** Whether back leads to a page of Riffle. */
export const canGoBack = canGo('canGoBack');

export const goBack = (): void => window.history.back();
export const goForward = (): void => window.history.forward();
