import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import styles from './scroll-thumb.module.css';

/** Px; short enough for any list, long enough to be caught. */
const SHORTEST_THUMB = 36;

interface ThumbPlace {
  readonly lengthPx: number;
  readonly topPx: number;
  /** Px of content for one px of the thumb's way. */
  readonly scale: number;
}

/** Where the thumb stands for a scroller; null when everything is in sight. */
export function thumbPlace(scroller: {
  readonly clientHeight: number;
  readonly scrollHeight: number;
  readonly scrollTop: number;
}): ThumbPlace | null {
  const { clientHeight, scrollHeight, scrollTop } = scroller;
  const hidden = scrollHeight - clientHeight;
  if (hidden < 1 || clientHeight <= SHORTEST_THUMB) return null;
  const lengthPx = Math.max(SHORTEST_THUMB, (clientHeight * clientHeight) / scrollHeight);
  const wayPx = clientHeight - lengthPx;
  return { lengthPx, topPx: (wayPx * scrollTop) / hidden, scale: hidden / wayPx };
}

/**
 * A scroll bar that lies over the page instead of beside it, so that a picture may run to the edge on every system. The
 * page scrolls by itself; this only shows where it is and can be dragged. Hidden from assistive technology, which has
 * the page.
 */
export function ScrollThumb({ scroller }: { readonly scroller: RefObject<HTMLElement | null> }) {
  const thumb = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly fromY: number; readonly fromTop: number; readonly scale: number } | null>(
    null,
  );

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const show = (): void => {
      const place = thumbPlace(element);
      if (thumb.current === null) return;
      thumb.current.hidden = place === null;
      if (place === null) return;
      thumb.current.style.height = `${place.lengthPx}px`;
      thumb.current.style.translate = `0 ${place.topPx}px`;
    };
    show();
    element.addEventListener('scroll', show, { passive: true });
    const observer = new ResizeObserver(show);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      element.removeEventListener('scroll', show);
      observer.disconnect();
    };
  }, [scroller]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const place = scroller.current === null ? null : thumbPlace(scroller.current);
    if (event.button !== 0 || scroller.current === null || place === null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    if (event.target === event.currentTarget) {
      // A press beside the thumb brings its middle there.
      const { top } = event.currentTarget.getBoundingClientRect();
      scroller.current.scrollTo({ top: (event.clientY - top - place.lengthPx / 2) * place.scale });
    }
    drag.current = { fromY: event.clientY, fromTop: scroller.current.scrollTop, scale: place.scale };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current === null || scroller.current === null) return;
    const { fromY, fromTop, scale } = drag.current;
    scroller.current.scrollTo({ top: fromTop + (event.clientY - fromY) * scale });
  };
  const endDrag = (): void => {
    drag.current = null;
  };

  return (
    <div
      className={styles.track}
      aria-hidden
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
    >
      <div ref={thumb} className={styles.thumb} hidden />
    </div>
  );
}
