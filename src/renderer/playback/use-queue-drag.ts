import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { pageScrollElement } from '../ui/page-scroll.ts';
import { gapAt, placeAtGap, type QueueRows } from './queue-rows.ts';
import { player } from './player.ts';

/** Less than this is a click with an unsteady hand. */
const DRAG_BEGINS_PX = 6;
const SCROLL_EDGE_PX = 48;
const SCROLL_PX_PER_FRAME = 14;

export interface QueueDrag {
  readonly entryId: string;
  /** The gap it would be dropped into: before the row of that index. */
  readonly gap: number;
  /** The pointer, in the window. */
  readonly x: number;
  readonly y: number;
}

interface Press {
  readonly pointerId: number;
  readonly entryId: string;
  readonly startX: number;
  readonly startY: number;
}

const entryAt = (target: EventTarget): string | null => {
  if (!(target instanceof Element) || target.closest('button, a') !== null) return null;
  return target.closest('[data-entry]')?.getAttribute('data-entry') ?? null;
};

/** How far the list has to scroll because the pointer is at its edge. */
const edgeScroll = (y: number, box: DOMRect): number => {
  if (y < box.top + SCROLL_EDGE_PX) return -SCROLL_PX_PER_FRAME;
  return y > box.bottom - SCROLL_EDGE_PX ? SCROLL_PX_PER_FRAME : 0;
};

/**
 * Dragging entries of the queue with a mouse, pen or finger's long list under it. The pointer is captured, the list
 * scrolls at its edges, Escape gives up.
 *
 * @param canDrag whether an entry may be dragged at all
 */
export function useQueueDrag(
  list: RefObject<HTMLElement | null>,
  rows: QueueRows,
  rowPx: number,
  canDrag: (entryId: string) => boolean,
) {
  const press = useRef<Press | null>(null);
  const [drag, setDrag] = useState<QueueDrag | null>(null);

  const dragAt = (entryId: string, x: number, y: number): QueueDrag => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    return { entryId, x, y, gap: gapAt(rows, y - top, rowPx) };
  };

  const end = (drop: boolean): void => {
    if (drop && drag !== null) player.edits.move([drag.entryId], placeAtGap(rows, drag.gap));
    press.current = null;
    setDrag(null);
  };

  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      press.current = null;
      setDrag(null);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isDragging]);

  const pointerY = drag?.y;
  useEffect(() => {
    const scroller = list.current === null ? null : pageScrollElement(list.current);
    if (pointerY === undefined || scroller === null) return undefined;
    const by = edgeScroll(pointerY, scroller.getBoundingClientRect());
    if (by === 0) return undefined;
    let frame = requestAnimationFrame(function step() {
      scroller.scrollTop += by;
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [list, pointerY]);

  return {
    drag,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>): void => {
        const entryId = entryAt(event.target);
        if (event.button !== 0 || event.pointerType === 'touch' || entryId === null) return;
        if (!canDrag(entryId)) return;
        press.current = {
          pointerId: event.pointerId,
          entryId,
          startX: event.clientX,
          startY: event.clientY,
        };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>): void => {
        const pressed = press.current;
        if (pressed === null || pressed.pointerId !== event.pointerId) return;
        if (drag === null) {
          const moved = Math.hypot(event.clientX - pressed.startX, event.clientY - pressed.startY);
          if (moved < DRAG_BEGINS_PX) return;
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        setDrag(dragAt(pressed.entryId, event.clientX, event.clientY));
      },
      onPointerUp: (): void => end(true),
      onPointerCancel: (): void => end(false),
    },
  };
}
