import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useGridSize } from '../browse/cover-grid.tsx';
import pageStyles from '../browse/page.module.css';
import { useRowHeights } from '../theme/row-heights.ts';
import { classNames } from '../ui/class-names.ts';
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx';
import { placeAfterKey } from './grid-keys.ts';
import styles from './library.module.css';

export interface LibraryItemsProps<Item> {
  /** Null: not at hand yet. */
  readonly items: readonly (Item | null)[];
  readonly as: 'grid' | 'list';
  readonly label: string;
  readonly idOf: (item: Item) => string;
  readonly renderCard: (item: Item) => ReactNode;
  readonly renderRow: (item: Item) => ReactNode;
  /** In place of what is not at hand. */
  readonly waiting: ReactNode;
  /** Told which places are in the document. */
  readonly onShow?: ((indexes: readonly number[]) => void) | undefined;
}

/**
 * Records, people or playlists, as covers or as rows, of any number: only the lines in sight are in the document. Arrows, Home and
 * End lead from one to the next.
 */
export function LibraryItems<Item>(props: LibraryItemsProps<Item>): ReactNode {
  const { items, as, onShow } = props;
  const [measured, grid] = useGridSize();
  const heights = useRowHeights();
  const list = useRef<VirtualListHandle>(null);
  const body = useRef<HTMLDivElement | null>(null);
  const columns = as === 'grid' ? grid.columns : 1;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLAnchorElement))
      return;
    const at = event.target.closest<HTMLElement>('[data-at]')?.dataset['at'];
    if (at === undefined) return;
    const next = placeAfterKey(event.key, Number(at), columns, items.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    list.current?.scrollToIndex(Math.floor(next / columns));
    // A far place is in the document with the next frame only.
    requestAnimationFrame(() => {
      body.current?.querySelector<HTMLElement>(`[data-at="${next}"] a`)?.focus({ preventScroll: true });
    });
  };

  const place = (index: number): ReactNode => {
    const item = items[index];
    if (item === undefined) return null;
    const isGrid = as === 'grid';
    return (
      <div
        key={item === null ? index : props.idOf(item)}
        role="listitem"
        aria-setsize={items.length}
        aria-posinset={index + 1}
        data-at={index}
        className={isGrid ? styles.card : styles.place}
      >
        {item === null ? props.waiting : isGrid ? props.renderCard(item) : props.renderRow(item)}
      </div>
    );
  };

  return (
    <div
      ref={(element) => {
        measured(element);
        body.current = element;
      }}
      className={classNames(as === 'list' && styles.rows)}
      role="presentation"
      onKeyDown={onKeyDown}
    >
      <VirtualList
        key={as}
        count={Math.ceil(items.length / columns)}
        rowHeight={as === 'grid' ? grid.rowPx : heights.rowWithArt}
        label={props.label}
        overscan={as === 'grid' ? 2 : 6}
        listRef={list}
        rowKey={(line) => line}
        renderRow={(line) => (
          <Line
            first={line * columns}
            count={Math.min(columns, items.length - line * columns)}
            isGrid={as === 'grid'}
            onShow={onShow}
          >
            {(index) => place(index)}
          </Line>
        )}
      />
    </div>
  );
}

function Line(props: {
  readonly first: number;
  readonly count: number;
  readonly isGrid: boolean;
  readonly onShow: ((indexes: readonly number[]) => void) | undefined;
  readonly children: (index: number) => ReactNode;
}): ReactNode {
  const { first, count, onShow } = props;
  const tell = useEffectEvent((from: number, to: number) => onShow?.(to > from ? [from, to - 1] : []));
  useEffect(() => tell(first, first + count), [first, count]);
  const places = Array.from({ length: Math.max(count, 0) }, (_, offset) => props.children(first + offset));
  return props.isGrid ? <div className={pageStyles.grid}>{places}</div> : places;
}
