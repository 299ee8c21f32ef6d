import { useSyncExternalStore } from 'react';

const query = (): MediaQueryList => window.matchMedia('(width < 1000px)');

const subscribe = (listener: () => void): (() => void) => {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
};

/** Whether the window is so narrow that the sidebar is a rail of icons. */
export const useRail = (): boolean => useSyncExternalStore(subscribe, () => query().matches);
