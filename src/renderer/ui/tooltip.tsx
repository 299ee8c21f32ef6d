import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { KeyHint } from './key-hint.tsx';
import styles from './tooltip.module.css';

/** Attributes that give any element a tooltip. They cost nothing per element: one layer watches the whole window. */
export interface TooltipAttributes {
  readonly 'data-tooltip': string;
  readonly 'data-tooltip-shortcut'?: string;
}

/** `<button {...tooltip('Queue', 'Q')}>`. It repeats or completes what is on screen; it never is the only name. */
export function tooltip(text: string, shortcut?: string | null): TooltipAttributes {
  return { 'data-tooltip': text, ...(shortcut ? { 'data-tooltip-shortcut': shortcut } : {}) };
}

const OPEN_AFTER_MS = 500;
/** Going from one button to the next, the second tooltip comes at once. */
const STAY_WARM_MS = 400;
const GAP = 6;
const MARGIN = 8;

interface Shown {
  readonly anchor: Element;
  readonly text: string;
  readonly shortcut: string | null;
}

const anchorOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('[data-tooltip]') : null;

const contentOf = (anchor: Element): Shown | null => {
  const text = anchor.getAttribute('data-tooltip');
  if (text === null || text === '' || anchor.getAttribute('data-state') === 'open') return null;
  return { anchor, text, shortcut: anchor.getAttribute('data-tooltip-shortcut') };
};

/** Shows the tooltip of whatever is under the pointer or has the keyboard focus. Stands once, at the end of the window. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const bubble = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let closedAt = Number.NEGATIVE_INFINITY;
    let open: Element | null = null;

    const close = (): void => {
      clearTimeout(timer);
      if (open !== null) closedAt = performance.now();
      open = null;
      setShown(null);
    };
    const show = (anchor: Element): void => {
      const content = contentOf(anchor);
      open = content === null ? null : anchor;
      setShown(content);
      renames.disconnect();
      renames.observe(anchor, { attributeFilter: ['data-tooltip', 'data-tooltip-shortcut'] });
    };
    // "Pause" becomes "Play" while the pointer rests on it.
    const renames = new MutationObserver(() => {
      if (open !== null) setShown(contentOf(open));
    });
    const onPointerOver = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') return;
      if (event.target instanceof Node && bubble.current?.contains(event.target)) return;
      const anchor = anchorOf(event.target);
      if (anchor === open) return;
      close();
      if (anchor === null) return;
      const warm = performance.now() - closedAt < STAY_WARM_MS;
      timer = setTimeout(() => show(anchor), warm ? 0 : OPEN_AFTER_MS);
    };
    const onFocusIn = (event: FocusEvent): void => {
      const anchor = anchorOf(event.target);
      if (anchor === null || anchor !== event.target || !anchor.matches(':focus-visible')) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(anchor), OPEN_AFTER_MS);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('pointerover', onPointerOver);
    document.addEventListener('pointerdown', close, true);
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', close);
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('scroll', close, true);
    window.addEventListener('blur', close);
    return () => {
      clearTimeout(timer);
      renames.disconnect();
      document.removeEventListener('pointerover', onPointerOver);
      document.removeEventListener('pointerdown', close, true);
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', close);
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('scroll', close, true);
      window.removeEventListener('blur', close);
    };
  }, []);

  useLayoutEffect(() => {
    const element = bubble.current;
    if (element === null || shown === null) return;
    const anchor = shown.anchor.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    const above = anchor.top - own.height - GAP;
    const top = above >= MARGIN ? above : anchor.bottom + GAP;
    const middle = anchor.left + anchor.width / 2 - own.width / 2;
    const left = Math.max(MARGIN, Math.min(middle, window.innerWidth - own.width - MARGIN));
    element.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
  }, [shown]);

  if (shown === null) return null;
  // Hidden from assistive technology: the anchor has the same words as its name.
  return (
    <div ref={bubble} className={styles.tooltip} aria-hidden>
      <span>{shown.text}</span>
      {shown.shortcut !== null && <KeyHint chord={shown.shortcut} />}
    </div>
  );
}
