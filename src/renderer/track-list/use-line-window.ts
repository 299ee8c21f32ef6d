import { defaultRangeExtractor, useVirtualizer, type Range, type VirtualItem } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { pageScrollElement } from '../ui/page-scroll.ts';
import type { TrackListLine } from './columns.ts';

/** A heading is as tall as a row and leaves this much under its rule. */
const HEADING_EXTRA_PX = 4;
/** Rows above and below: a window 1440 px high shows 46 of the smallest rows, which makes 58 in the DOM. */
const OVERSCAN = 6;
/** Before the first measure, and where nothing is laid out at all. */
const FIRST_RECT = { width: 1000, height: 900 };

/** How far below the top of the scrolled content `element` begins. */
const offsetWithin = (element: HTMLElement, scroller: HTMLElement): number =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;

export interface LineWindow {
  /** Takes the element that holds the lines, as a `ref`. */
  readonly setBody: (element: HTMLElement | null) => void;
  readonly items: readonly VirtualItem[];
  readonly totalPx: number;
  /** From the top of the body to the top of a line. */
  topOf(item: VirtualItem): number;
  readonly rowsPerPage: number;
  scrollToLine(line: number): void;
}

/**
 * Keeps only the lines in the DOM that are on screen (and the focused one, so that focus is never lost by scrolling).
 * Lines have two heights: that of a row, and that of a heading.
 */
export function useLineWindow(
  lines: readonly TrackListLine[],
  rowPx: number,
  focusedLine: number,
): LineWindow {
  const [body, setBody] = useState<HTMLElement | null>(null);
  const [marginPx, setMarginPx] = useState(0);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);

  useLayoutEffect(() => {
    const nextScroller = body === null ? null : pageScrollElement(body);
    setScroller(nextScroller);
    if (body === null || nextScroller === null) return undefined;
    const measure = (): void => setMarginPx(Math.round(offsetWithin(body, nextScroller)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(nextScroller);
    // What stands above the list may grow (a cover arrives, a title wraps): the content's height tells.
    for (const child of nextScroller.children) observer.observe(child);
    return () => observer.disconnect();
  }, [body]);

  // The rule warns of the React compiler, which this build does not use.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: (line) => (lines[line]?.kind === 'heading' ? rowPx + HEADING_EXTRA_PX : rowPx),
    scrollMargin: marginPx,
    scrollPaddingStart: rowPx,
    scrollPaddingEnd: rowPx * 2,
    overscan: OVERSCAN,
    // React renders scrolling in the same frame anyway, and may gather what else the frame brings.
    useFlushSync: false,
    initialRect: FIRST_RECT,
    initialOffset: () => scroller?.scrollTop ?? 0,
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        if (focusedLine < 0 || focusedLine >= lines.length || visible.includes(focusedLine)) return visible;
        return [...visible, focusedLine].sort((left, right) => left - right);
      },
      [focusedLine, lines.length],
    ),
  });

  // The virtualizer keeps what it has measured; other heights or other lines make that untrue.
  const measuredFor = useRef({ rowPx, lines });
  useLayoutEffect(() => {
    const isSame = measuredFor.current.rowPx === rowPx && measuredFor.current.lines === lines;
    measuredFor.current = { rowPx, lines };
    if (!isSame) virtualizer.measure();
  }, [virtualizer, rowPx, lines]);

  return {
    setBody,
    items: virtualizer.getVirtualItems(),
    totalPx: virtualizer.getTotalSize(),
    topOf: (item) => item.start - marginPx,
    rowsPerPage: Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowPx) - 2),
    scrollToLine: (line) => virtualizer.scrollToIndex(line, { align: 'auto' }),
  };
}
