import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import type { Downloads, Pin } from '../../contract/offline.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { movePin } from '../offline/pin-actions.ts';
import { useRowHeights } from '../theme/row-heights.ts';
import { VirtualList } from '../ui/virtual-list.tsx';
import styles from './kept-music.module.css';
import { pinMenu } from './pin-entries.ts';
import { beforeAfterStep, type PinStep } from './pin-order.ts';
import { pathOf, PinRow } from './pin-row.tsx';

const keyOf = ({ source }: Pin): string => `${source.kind}-${source.id}`;

/** Every pin as one virtual list; Alt with the arrows changes the order in which they are fetched. */
export function PinList({ downloads }: { readonly downloads: Downloads }) {
  const t = useTexts('settings');
  const [, navigate] = useLocation();
  const rowPx = useRowHeights().rowWithArt;
  const place = useRef<HTMLDivElement>(null);
  const moved = useRef<{ readonly id: string; readonly from: readonly Pin[] } | null>(null);
  const [said, setSaid] = useState('');
  const { pins, lease } = downloads;

  // A row that is moved stands elsewhere in the document and loses the focus on the way: it is given back.
  useLayoutEffect(() => {
    if (moved.current === null || moved.current.from === pins) return;
    const row = place.current?.querySelector(`[data-pin="${CSS.escape(moved.current.id)}"]`);
    moved.current = null;
    const { activeElement, body } = document;
    // Not taken from wherever the listener has gone meanwhile.
    if (activeElement !== body && place.current?.contains(activeElement) !== true) return;
    row?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.focus({ preventScroll: true });
  });

  const step = (index: number, wanted: PinStep): void => {
    const pin = pins[index];
    const before = beforeAfterStep(pins, index, wanted);
    if (pin === undefined || before === undefined) return;
    moved.current = { id: pin.source.id, from: pins };
    setSaid(t(`storage.keeps.moved.${wanted}`, { title: pin.title }));
    void movePin(pin.source, before);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const row = event.target instanceof Element ? event.target.closest('[data-pin]') : null;
    const index = pins.findIndex((pin) => pin.source.id === row?.getAttribute('data-pin'));
    if (index === -1) return;
    // The button of the menu would take an arrow for a wish to open it.
    event.preventDefault();
    event.stopPropagation();
    step(index, event.key === 'ArrowUp' ? 'earlier' : 'later');
  };

  return (
    <div ref={place} role="presentation" className={styles.list} onKeyDownCapture={onKeyDown}>
      <VirtualList
        count={pins.length}
        rowHeight={rowPx}
        rowKey={(index) => {
          const pin = pins[index];
          return pin === undefined ? index : keyOf(pin);
        }}
        renderRow={(index) => {
          const pin = pins[index];
          if (pin === undefined) return null;
          const path = pathOf(pin.source);
          const entries = pinMenu(t, pin, {
            index,
            count: pins.length,
            open: path === null ? null : () => navigate(path),
            step: (wanted) => step(index, wanted),
          });
          return <PinRow pin={pin} lease={lease} entries={entries} />;
        }}
        label={t('storage.keeps.title')}
      />
      <output className={styles.said}>{said}</output>
    </div>
  );
}
