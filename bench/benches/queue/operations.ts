/** What a listener does with a queue, done in the real window, with the time its one thread takes for it. */
import type { Page } from '@playwright/test';

export interface Operation {
  readonly name: string;
  /** Inside the page. `index` counts the tries. */
  readonly act: (index: number) => void;
  /** Inside the page, before it; not measured. */
  readonly prepare?: (index: number) => void;
}

export interface OperationTimes {
  readonly name: string;
  /** Until everything is worked out and in the document. */
  readonly ms: readonly number[];
  /** The same until the frame that shows it has been drawn. */
  readonly frameMs: readonly number[];
}

declare global {
  interface Window {
    riffleQueue: {
      row(position: number): HTMLElement;
      press(label: string): void;
      key(target: HTMLElement, key: string, altKey?: boolean): void;
    };
  }
}

/** Call before the page is opened. */
export const prepareQueuePage = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const found = (selector: string): HTMLElement => {
      const element = document.querySelector<HTMLElement>(selector);
      if (element === null) throw new Error(`there is no ${selector}`);
      return element;
    };
    window.riffleQueue = {
      /** Of those that are drawn, counted from the current entry. */
      row: (position) => {
        const rows = [...document.querySelectorAll<HTMLElement>('aside [data-entry], [data-entry]')];
        const current = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
        const row = rows[current + position];
        if (row === undefined) throw new Error(`there is no row ${position} behind the current one`);
        return row;
      },
      press: (label) => found(`footer button[aria-label="${label}"]`).click(),
      key: (target, key, altKey = false) => {
        target.focus();
        target.dispatchEvent(new KeyboardEvent('keydown', { key, altKey, bubbles: true, cancelable: true }));
      },
    };
  });
};

export const OPERATIONS: readonly Operation[] = [
  { name: 'next', act: () => window.riffleQueue.press('Next') },
  { name: 'previous', act: () => window.riffleQueue.press('Previous') },
  {
    name: 'jump by a double click',
    act: () =>
      window.riffleQueue.row(5).dispatchEvent(new MouseEvent('dblclick', { bubbles: true, button: 0 })),
  },
  {
    name: 'move down by keyboard',
    act: () => window.riffleQueue.key(window.riffleQueue.row(2), 'ArrowDown', true),
  },
  {
    name: 'move up by keyboard',
    act: () => window.riffleQueue.key(window.riffleQueue.row(4), 'ArrowUp', true),
  },
  { name: 'remove', act: () => window.riffleQueue.key(window.riffleQueue.row(3), 'Delete') },
  {
    name: 'undo',
    prepare: () => window.riffleQueue.key(window.riffleQueue.row(3), 'Delete'),
    act: () =>
      [...document.querySelectorAll<HTMLElement>('button')]
        .findLast((button) => button.textContent === 'Undo')
        ?.click(),
  },
  { name: 'shuffle on and off', act: () => window.riffleQueue.press('Shuffle') },
];

/** Tries of one operation, one a while, so that what it leaves behind does not fall into the next. */
export const measureOperation = async (
  page: Page,
  { name, act, prepare }: Operation,
  tries: number,
): Promise<OperationTimes> => {
  const times = await page.evaluate(
    async ({ act, prepare, tries }) => {
      // oxlint-disable-next-line no-new-func -- functions go into a page as text
      const compile = (text: string) => new Function(`return (${text})`)() as (index: number) => void;
      const run = compile(act);
      const before = prepare === null ? null : compile(prepare);
      const turn = (): Promise<void> =>
        new Promise((settle) => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => settle());
          port1.start();
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a message channel has no origin
          port2.postMessage(null);
        });
      const frame = (): Promise<number> => new Promise((settle) => requestAnimationFrame(settle));
      const measured: { ms: number; frameMs: number }[] = [];
      for (let index = 0; index < tries; index += 1) {
        if (before !== null) {
          before(index);
          for (let count = 0; count < 20; count += 1) await frame();
        }
        await frame();
        await turn();
        const startedAt = performance.now();
        run(index);
        await turn();
        const ms = performance.now() - startedAt;
        await frame();
        await turn();
        measured.push({ ms, frameMs: performance.now() - startedAt });
        for (let count = 0; count < 20; count += 1) await frame();
      }
      return measured;
    },
    { act: act.toString(), prepare: prepare?.toString() ?? null, tries },
  );
  return { name, ms: times.map(({ ms }) => ms), frameMs: times.map(({ frameMs }) => frameMs) };
};

export interface ScrollFrames {
  readonly idleMs: readonly number[];
  readonly scrollingMs: readonly number[];
  /** In the document at once, at most. */
  readonly rows: number;
}

/** Frames while the list runs from where it is to its end, and frames while nothing happens. */
export const measureScroll = (page: Page, frames: number): Promise<ScrollFrames> =>
  page.evaluate(async (frames) => {
    const frame = (): Promise<number> => new Promise((settle) => requestAnimationFrame(settle));
    const collect = async (step: () => void): Promise<number[]> => {
      const taken: number[] = [];
      let last = await frame();
      for (let index = 0; index < frames; index += 1) {
        step();
        const now = await frame();
        taken.push(now - last);
        last = now;
      }
      return taken;
    };
    let scroller: HTMLElement | null = window.riffleQueue.row(1);
    while (
      scroller !== null &&
      !(
        scroller.scrollHeight > scroller.clientHeight * 2 &&
        /auto|scroll/.test(getComputedStyle(scroller).overflowY)
      )
    )
      scroller = scroller.parentElement;
    if (scroller === null) throw new Error('the queue does not scroll');
    const place = scroller;
    let rows = 0;
    const idleMs = await collect(() => undefined);
    const scrollingMs = await collect(() => {
      place.scrollTop += 120;
      rows = Math.max(rows, document.querySelectorAll('[data-entry]').length);
    });
    return { idleMs, scrollingMs, rows };
  }, frames);
