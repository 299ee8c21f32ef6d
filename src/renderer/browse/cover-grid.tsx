import { useLayoutEffect, useState, type ReactNode } from 'react';
import { VirtualList } from '../ui/virtual-list.tsx';
import styles from './page.module.css';

/** Under a cover: the gap, two lines of text, and the space to the next row. */
const UNDER_COVER_PX = 10 + 20 + 20 + 28;
const GUTTER_PX = 20;
const FIRST_COLUMNS = 7;
const FIRST_WIDTH_PX = 1100;

export interface GridSize {
  readonly columns: number;
  readonly rowPx: number;
}

const sizeOf = (widthPx: number, columns: number, textScale: number): GridSize => {
  const coverPx = (widthPx - GUTTER_PX * (columns - 1)) / columns;
  return { columns, rowPx: Math.round(coverPx + UNDER_COVER_PX * textScale) };
};

/** How many covers stand in a row follows the stylesheet (`--shelf-columns`); how high a row is follows the width. */
export function useGridSize(): readonly [(element: HTMLElement | null) => void, GridSize] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState(() => sizeOf(FIRST_WIDTH_PX, FIRST_COLUMNS, 1));
  useLayoutEffect(() => {
    if (element === null) return undefined;
    const measure = (): void => {
      const style = getComputedStyle(element);
      const columns = Number(style.getPropertyValue('--shelf-columns')) || FIRST_COLUMNS;
      const textScale = Number(style.getPropertyValue('--text-scale')) || 1;
      const next = sizeOf(element.clientWidth, columns, textScale);
      setSize((old) => (old.columns === next.columns && old.rowPx === next.rowPx ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, size];
}

export interface CoverGridProps<Item> {
  readonly items: readonly Item[];
  /** All there are; the grid asks for more long before the listener comes to the end of those it has. */
  readonly total: number;
  readonly label: string;
  readonly idOf: (item: Item) => string;
  readonly render: (item: Item) => ReactNode;
  readonly onNeedMore: () => void;
}

/** Covers without end: only the rows in sight are in the document, and a page of records is asked for ahead. */
export function VirtualCoverGrid<Item>(props: CoverGridProps<Item>): ReactNode {
  const { items, label, idOf, render, onNeedMore } = props;
  const [measured, { columns, rowPx }] = useGridSize();
  const rowCount = Math.ceil(items.length / columns);
  const hasMore = items.length < props.total;
  return (
    <div ref={measured}>
      <VirtualList
        count={rowCount}
        rowHeight={rowPx}
        label={label}
        overscan={2}
        rowKey={(row) => {
          const first = items[row * columns];
          return first === undefined ? row : idOf(first);
        }}
        renderRow={(row) => (
          <div className={styles.grid}>
            {items.slice(row * columns, (row + 1) * columns).map((item) => (
              <div key={idOf(item)} role="listitem">
                {render(item)}
              </div>
            ))}
          </div>
        )}
      />
      {hasMore && <NeedsMore onNeedMore={onNeedMore} />}
    </div>
  );
}

/** How far ahead of the end the next page is asked for. */
const AHEAD = '1600px';

/** Stands at the end of what is loaded and says so when the listener comes near. */
function NeedsMore({ onNeedMore }: { readonly onNeedMore: () => void }): ReactNode {
  const [element, setElement] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onNeedMore();
      },
      { root: element.closest('main'), rootMargin: AHEAD },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, onNeedMore]);
  return <div ref={setElement} style={{ height: 1 }} />;
}
