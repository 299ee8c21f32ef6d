import { useLayoutEffect, type RefObject } from 'react';

/** What a page was scrolled to, by its entry in the history. */
const remembered = new Map<string, number>();
/** Long pages arrive in pieces; for this long the page is scrolled on to where it was. */
const SETTLE_MS = 1500;

/** Outside Chromium there are no entries to be known by; there a page is remembered by its path. */
const entryKey = (path: string): string => window.navigation?.currentEntry?.key ?? path;

/** Scrolls to where it was as soon as the page is long enough, and gives up when the listener scrolls by hand. */
function restore(scroller: HTMLElement, top: number): () => void {
  const reach = (): boolean => {
    scroller.scrollTop = top;
    return Math.abs(scroller.scrollTop - top) < 1;
  };
  if (reach()) return () => {};
  const observer = new ResizeObserver(() => {
    if (reach()) stop();
  });
  for (const child of scroller.children) observer.observe(child);
  const timer = setTimeout(() => stop(), SETTLE_MS);
  const stop = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    scroller.removeEventListener('wheel', stop);
    scroller.removeEventListener('pointerdown', stop);
    scroller.removeEventListener('keydown', stop);
  };
  scroller.addEventListener('wheel', stop, { passive: true });
  scroller.addEventListener('pointerdown', stop);
  scroller.addEventListener('keydown', stop);
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
    const stop = restore(element, remembered.get(key) ?? 0);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      stop();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, path]);
}
