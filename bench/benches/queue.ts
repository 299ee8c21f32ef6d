/**
 * A queue of 20,000 entries in the real window: how long the window's thread is busy with each thing a listener does to it, how
 * it scrolls, and what keeping it on disk costs.
 */
import type { Page } from '@playwright/test';
import { buildToneLibrary } from '../../tests/builders/tone-library.ts';
import { queueOf } from '../measuring/kept-queue.ts';
import { withKeptQueue, type QueueStand } from '../measuring/queue-stand.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise } from '../measuring/statistics.ts';
import { measureOperation, measureScroll, OPERATIONS, prepareQueuePage } from './queue/operations.ts';

const DEFAULT_ENTRIES = 20_000;
const TRIES = 20;
const SCROLL_FRAMES = 300;
/** Longer than the app gathers changes before it writes the queue. */
const SETTLED_MS = 6_000;

/** Milliseconds of the longest task of the window's thread while the queue is written. */
const longestTaskWithin = (page: Page, ms: number): Promise<number> =>
  page.evaluate(
    (ms) =>
      new Promise<number>((settle) => {
        let longest = 0;
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        });
        observer.observe({ type: 'longtask' });
        setTimeout(() => {
          observer.disconnect();
          settle(longest);
        }, ms);
      }),
    ms,
  );

const handle = async ({ window }: QueueStand, progress: (sentence: string) => void) => {
  const page = await window.context.newPage();
  await prepareQueuePage(page);
  await page.goto(window.shell.url);
  const player = page.getByRole('contentinfo', { name: 'Player' });
  await player.getByRole('button', { name: 'Queue', exact: true }).click();
  await page.locator('[data-entry][aria-current="true"]').waitFor();
  await player.getByRole('button', { name: 'Play', exact: true }).click();
  await player.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  const operations = [];
  for (const operation of OPERATIONS) {
    progress(`Measuring: ${operation.name} …`);
    operations.push(await measureOperation(page, operation, TRIES));
  }
  progress('Measuring: keeping it on disk …');
  const savingMs = await longestTaskWithin(page, SETTLED_MS);
  progress('Scrolling …');
  return { operations, savingMs, scroll: await measureScroll(page, SCROLL_FRAMES) };
};

export const bench: Bench = {
  summary: 'a queue of 20,000 entries: time of each change, frames while it scrolls',
  async run({ size, progress }) {
    const entries = size ?? DEFAULT_ENTRIES;
    const { operations, savingMs, scroll } = await withKeptQueue(
      {
        name: 'queue',
        // At the rate of the audio context: what a change takes is asked here, not what resampling does.
        writeLibrary: (library) =>
          buildToneLibrary(library, undefined, { seconds: 60, sampleRateHz: 44_100 }),
        publishOptions: ['--no-analysis'],
        queueOf: (tracks) => {
          const long = Array.from({ length: entries }, (_, index) => tracks[index % tracks.length]!);
          return queueOf(long, Math.floor(entries / 2));
        },
        progress,
      },
      (stand) => handle(stand, progress),
    );
    const idle = summarise(scroll.idleMs);
    const scrolling = summarise(scroll.scrollingMs);
    return {
      tables: [
        {
          title: `A queue of ${entries.toLocaleString('en')} entries that plays, ${TRIES} tries each, milliseconds of the window's thread`,
          columns: ['what', 'p50', 'p95', 'max', 'p50 until drawn', 'p95 until drawn'],
          rows: operations.map(({ name, ms, frameMs }) => {
            const busy = summarise(ms);
            const drawn = summarise(frameMs);
            return [name, busy.p50, busy.p95, busy.max, drawn.p50, drawn.p95];
          }),
        },
        {
          title: `Frames, ${SCROLL_FRAMES} each, milliseconds; at most ${scroll.rows} rows in the document`,
          columns: ['while', 'p50', 'p95', 'p99', 'max'],
          rows: [
            ['nothing happens', idle.p50, idle.p95, idle.p99, idle.max],
            ['the queue scrolls', scrolling.p50, scrolling.p95, scrolling.p99, scrolling.max],
          ],
        },
      ],
      budgets: [
        ...operations.map(({ name, ms }) => ({
          id: `queue.${name.replaceAll(' ', '-')}.p95`,
          value: summarise(ms).p95,
          unit: 'ms',
          limit: 16,
        })),
        { id: 'queue.scroll.p95', value: scrolling.p95, unit: 'ms', limit: 2 * idle.p50 },
        { id: 'queue.rows', value: scroll.rows, unit: 'rows in the document', limit: 60 },
        { id: 'queue.saving.task', value: savingMs, unit: 'ms', limit: 50 },
      ],
      notes: [
        'An operation is over when all that follows from it in the same turn is worked out and in the document.',
        'The longest task is that of the seconds after the last change, in which the queue is handed to the host to be kept.',
      ],
    };
  },
};
