/** An app of its own for a bench: its settings as wanted, before it has ever run, and a window's context beside it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import type { Settings } from '../../src/contract/settings.ts';
import { startShell, type Program } from './stand.ts';

export interface BenchWindow {
  readonly shell: Program;
  readonly context: BrowserContext;
  /** What the window gets at an address of the shell. */
  fetchBytes(path: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Nothing goes on by itself past the queue, and nothing changes the level, unless a bench wants that. */
export const PLAIN_SETTINGS: Partial<Settings> = { autoplay: false, loudness: 'off', crossfadeSeconds: 0 };

export const openWindow = async (options: {
  readonly browser: Browser;
  readonly serviceUrl: string;
  readonly dataFolder: string;
  /** Of `buildWindow`. */
  readonly assetsFolder: string;
  readonly settings?: Partial<Settings>;
}): Promise<BenchWindow> => {
  const { browser, serviceUrl, dataFolder, assetsFolder, settings = {} } = options;
  await mkdir(dataFolder, { recursive: true });
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ ...PLAIN_SETTINGS, ...settings }));
  const shell = await startShell(serviceUrl, dataFolder, assetsFolder);
  const context = await browser.newContext({
    bypassCSP: true,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  return {
    shell,
    context,
    async fetchBytes(path) {
      // Whatever a page of it asks for, with the cookie that the entrance gives.
      const entrance = await fetch(shell.url, { redirect: 'manual' });
      const cookie = entrance.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const response = await fetch(new URL(path, shell.url), { headers: { cookie } });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    async close() {
      await context.close();
      await shell.stop();
    },
  };
};
