import { useLayoutEffect } from 'react';

/** What stands at the foot of the window, for all that has to make room for it. One of each at a time. */
export type RootMark = 'notice' | 'floatingBar';

/**
 * Says on the root element, as `data-notice` or `data-floating-bar`, that this is on screen. `:root:has(…)` would say the same, and
 * make the browser work out the styles of the whole document again whenever a row of any list comes or goes.
 */
export function useRootMark(mark: RootMark, isThere = true): void {
  useLayoutEffect(() => {
    if (!isThere) return undefined;
    const { dataset } = document.documentElement;
    dataset[mark] = '';
    return () => {
      delete dataset[mark];
    };
  }, [mark, isThere]);
}
