import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Seek bar and ad break take each other's place. Whoever had the focus there by key is not to start over: in a break it is
 * on pause, the one thing that is left to do, and afterwards where it was.
 */
export function useTimelineFocus(isInBreak: boolean, toggle: RefObject<HTMLElement | null>) {
  const place = useRef<HTMLDivElement>(null);
  const isInside = useRef(false);
  const comesBack = useRef(false);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    const isLost = focused === null || focused === document.body;
    const seekBar = place.current?.querySelector<HTMLElement>('[role=slider]') ?? null;
    if (isInBreak && isInside.current && isLost) {
      comesBack.current = true;
      toggle.current?.focus();
    } else if (
      !isInBreak &&
      ((isInside.current && isLost) || (comesBack.current && focused === toggle.current))
    ) {
      seekBar?.focus();
    }
    if (!isInBreak) comesBack.current = false;
  }, [isInBreak, toggle]);
  return {
    ref: place,
    onFocus: (): void => {
      isInside.current = true;
    },
    // Nothing is told when what has the focus is taken out of the document: then it is still thought of as inside.
    onBlur: (): void => {
      isInside.current = false;
    },
  };
}
