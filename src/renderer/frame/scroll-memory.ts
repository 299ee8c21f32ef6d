import { useLayoutEffect, type RefObject } from 'react';

/** What a page was scrolled to, by its entry in the history. */
const remembered = new Map<string, number>();
/** Long pages arrive in pieces, and lists put themselves at their top once; for this long the place is held. */
const SETTLE_MS = 1000;
/** With any of these the listener scrolls by hand. */
const BY_HAND = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** Outside Chromium there are no entries to be known by; there a page is remembered by its path. */
const entryKey = (path: string): string => window.navigation?.currentEntry?.key ?? path;

/** Holds the page where it was left while it arrives, and lets go when the listener scrolls. Gives its own stop. */
function holdAt(scroller: HTMLElement, top: number): () => void {
  const reach = (): void => {
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
  };
  reach();
  if (top === 0) return () => {};
  const observer = new ResizeObserver(reach);
  for (const child of scroller.children) observer.observe(child);
  scroller.addEventListener('scroll', reach);
  const stop = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    scroller.removeEventListener('scroll', reach);
    for (const name of BY_HAND) window.removeEventListener(name, stop, true);
  };
  const timer = setTimeout(stop, SETTLE_MS);
  for (const name of BY_HAND) window.addEventListener(name, stop, true);
  return stop;
}

/** A new page begins at its top; back and forward lead to where a page was left. */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>, path: string): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const key = entryKey(path);
    const onScroll = (): void => {
      // The entry changes before the page does; what scrolls then is no longer this page.
      if (entryKey(path) === key) remembered.set(key, element.scrollTop);
    };
    const stop = holdAt(element, remembered.get(key) ?? 0);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      stop();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, path]);
}
