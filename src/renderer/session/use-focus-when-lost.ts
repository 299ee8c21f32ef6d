import { useEffect, type RefObject } from 'react';

/** What had the focus has gone with the step before: keys and screen readers go on from here, once, when this comes up. */
export function useFocusWhenLost(place: RefObject<HTMLElement | null>, isWanted = true): void {
  useEffect(() => {
    if (!isWanted) return;
    const focused = document.activeElement;
    if (focused === null || focused === document.body) place.current?.focus({ preventScroll: true });
    // What was wanted when it came up.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
}
