import { useVirtualizer } from '@tanstack/react-virtual';
import { useImperativeHandle, useLayoutEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { pageScrollElement } from './page-scroll.ts';
import styles from './virtual-list.module.css';

export interface VirtualListHandle {
  /** Brings a row into view; `auto` moves as little as possible. */
  readonly scrollToIndex: (index: number, align?: 'auto' | 'start' | 'center' | 'end') => void;
}

export interface VirtualListProps {
  readonly count: number;
  /** Px; every row has it, whatever it says. */
  readonly rowHeight: number;
  readonly renderRow: (index: number) => ReactNode;
  readonly rowKey: (index: number) => string | number;
  readonly label: string;
  readonly role?: 'list' | 'grid' | 'listbox' | 'table' | 'presentation';
  /** Left out, the list scrolls with the page it stands in. */
  readonly scrollElement?: HTMLElement | null;
  readonly overscan?: number;
  /** Above the rows, scrolling with them. */
  readonly header?: ReactNode;
  readonly listRef?: Ref<VirtualListHandle>;
}

const OVERSCAN = 8;
/** Before the first measure, and where nothing is laid out at all. */
const FIRST_RECT = { width: 1000, height: 900 };

/** Where the list begins in what scrolls; follows whatever above it changes height. */
function useScrollMargin(list: HTMLElement | null, scrollElement: HTMLElement | null): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    if (list === null || scrollElement === null) return undefined;
    const measure = (): void => {
      const top =
        list.getBoundingClientRect().top -
        scrollElement.getBoundingClientRect().top +
        scrollElement.scrollTop;
      setMargin(Math.round(top));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scrollElement);
    for (const child of scrollElement.children) observer.observe(child);
    return () => observer.disconnect();
  }, [list, scrollElement]);
  return margin;
}

/** A list of any length of which only what is in sight (and a little more) is in the document. */
export function VirtualList({
  count,
  rowHeight,
  renderRow,
  rowKey,
  label,
  role = 'list',
  scrollElement,
  overscan = OVERSCAN,
  header,
  listRef,
}: VirtualListProps) {
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const [ownScroll, setOwnScroll] = useState<HTMLElement | null>(null);
  const scroller = scrollElement === undefined ? ownScroll : scrollElement;
  const found = useRef(false);
  useLayoutEffect(() => {
    if (found.current || list === null) return;
    found.current = true;
    setOwnScroll(pageScrollElement(list));
  }, [list]);
  const scrollMargin = useScrollMargin(list, scroller);

  // The rule warns of the React compiler, which this build does not use.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    // Its own keys are the indices: rows that are all of one height have nothing to be measured anew for when they change places.
    overscan,
    scrollMargin,
    initialRect: FIRST_RECT,
    initialOffset: () => scroller?.scrollTop ?? 0,
  });

  // The virtualizer keeps what it has measured; a new row height makes all of that untrue.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  useImperativeHandle(
    listRef,
    () => ({ scrollToIndex: (index, align = 'auto') => virtualizer.scrollToIndex(index, { align }) }),
    [virtualizer],
  );

  const rows = virtualizer.getVirtualItems();
  return (
    <>
      {header}
      <div
        ref={setList}
        className={styles.list}
        role={role}
        aria-label={role === 'presentation' ? undefined : label}
        aria-rowcount={role === 'grid' || role === 'table' ? count : undefined}
        style={{ height: count * rowHeight }}
      >
        {rows.map((row) => (
          <div
            key={rowKey(row.index)}
            role="presentation"
            className={styles.row}
            style={{ height: rowHeight, translate: `0 ${row.index * rowHeight}px` }}
          >
            {renderRow(row.index)}
          </div>
        ))}
      </div>
    </>
  );
}
