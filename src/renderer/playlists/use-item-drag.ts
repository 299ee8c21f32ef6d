import { useState, type DragEvent, type RefObject } from 'react';
import { pageScrollElement } from '../ui/page-scroll.ts';

const SCROLL_EDGE_PX = 56;
/** A browser tells of a drag that rests some twenty times a second. */
const SCROLL_PX = 24;

export interface ItemDrag {
  /** The gap it would be dropped into: above the row of that index. Null: not over the list. */
  readonly gap: number | null;
  readonly isOwn: boolean;
  begin(): void;
  readonly handlers: {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
    onDragEnd(): void;
  };
}

const scrollAtEdge = (list: Element, y: number): void => {
  const scroller = pageScrollElement(list);
  if (scroller === null) return;
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y < top + SCROLL_EDGE_PX) scroller.scrollBy(0, -SCROLL_PX);
  else if (y > bottom - SCROLL_EDGE_PX) scroller.scrollBy(0, SCROLL_PX);
};

/**
 * Rows of a list that are dragged within it, by the browser's own dragging: so they can be dropped on other places of the window too.
 *
 * @param accepts whether what is dragged over the list may be dropped into it
 */
export function useItemDrag(options: {
  readonly body: RefObject<HTMLElement | null>;
  readonly rowPx: number;
  readonly count: number;
  readonly accepts: (isOwn: boolean) => boolean;
  readonly onDrop: (gap: number, isOwn: boolean) => void;
}): ItemDrag {
  const { body, rowPx, count, accepts, onDrop } = options;
  const [isOwn, setOwn] = useState(false);
  const [gap, setGap] = useState<number | null>(null);
  const gapAt = (y: number): number => {
    const topPx = body.current?.getBoundingClientRect().top ?? 0;
    return Math.min(Math.max(Math.round((y - topPx) / rowPx), 0), count);
  };
  const over = (): void => {
    setGap(null);
    setOwn(false);
  };
  return {
    gap,
    isOwn,
    begin: () => setOwn(true),
    handlers: {
      onDragOver(event) {
        if (!accepts(isOwn)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = isOwn ? 'move' : 'copy';
        scrollAtEdge(event.currentTarget, event.clientY);
        const next = gapAt(event.clientY);
        if (next !== gap) setGap(next);
      },
      onDragLeave(event) {
        const isInside =
          event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!isInside) setGap(null);
      },
      onDrop(event) {
        if (!accepts(isOwn)) return;
        event.preventDefault();
        onDrop(gapAt(event.clientY), isOwn);
        over();
      },
      onDragEnd: over,
    },
  };
}
