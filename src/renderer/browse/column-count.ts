import { useLayoutEffect, useState } from 'react';

/** Until the grid is laid out, and where nothing is laid out at all. */
const FIRST_COUNT = 7;

/** The tracks of a laid out grid are lengths: `140px 140px 140px`. */
const columnsOf = (element: HTMLElement): number => {
  const tracks = getComputedStyle(element).gridTemplateColumns;
  return tracks.endsWith('px') ? tracks.split(' ').length : FIRST_COUNT;
};

/** How many columns the stylesheet gives a grid now; hand the first part to it as `ref`. */
export function useColumnCount(): readonly [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [count, setCount] = useState(FIRST_COUNT);
  useLayoutEffect(() => {
    if (element === null) return undefined;
    const measure = (): void => setCount(columnsOf(element));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, count];
}
