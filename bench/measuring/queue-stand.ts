/** A small catalog, an app with a queue of it that stands ready to play, and a browser; all of it gone again afterwards. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Track } from '../../src/contract/catalog-http.ts';
import type { SavedQueue } from '../../src/contract/playback-session.ts';
import type { Settings } from '../../src/contract/settings.ts';
import { publish, startService } from '../../tests/e2e/support/stack.ts';
import { keepQueue, tracksOf } from './kept-queue.ts';
import { buildWindow, launchBrowser } from './stand.ts';
import { openWindow, type BenchWindow } from './window.ts';

export interface QueueStand {
  readonly window: BenchWindow;
  readonly browser: Browser;
  /** Of the whole catalog, album by album. */
  readonly tracks: readonly Track[];
}

export const withKeptQueue = async <Result>(
  options: {
    readonly name: string;
    readonly writeLibrary: (libraryFolder: string) => Promise<unknown>;
    /** Of `riffle-catalog publish`. */
    readonly publishOptions: readonly string[];
    readonly settings?: Partial<Settings>;
    readonly queueOf: (tracks: readonly Track[]) => SavedQueue;
    readonly progress: (sentence: string) => void;
  },
  measure: (stand: QueueStand) => Promise<Result>,
): Promise<Result> => {
  const { name, writeLibrary, publishOptions, settings = {}, queueOf, progress } = options;
  const folder = await mkdtemp(join(tmpdir(), `riffle-bench-${name}-`));
  const assetsFolder = await buildWindow(folder);
  const library = join(folder, 'library');
  const store = { location: join(folder, 'store') };
  progress('Encoding and publishing the music …');
  await mkdir(library);
  await writeLibrary(library);
  await publish(library, store, publishOptions);
  const service = await startService(store, join(folder, 'index'));
  const browser = await launchBrowser();
  try {
    const dataFolder = join(folder, 'data');
    const window = await openWindow({ browser, serviceUrl: service.url, dataFolder, assetsFolder, settings });
    try {
      const tracks = await tracksOf(service.url);
      await keepQueue(window.context, window.shell.url, queueOf(tracks));
      return await measure({ window, browser, tracks });
    } finally {
      await window.close();
    }
  } finally {
    await browser.close();
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
