/**
 * A browser that nobody looks into while it is measured. Whatever drives a page by DevTools has the page keep what it receives, up to
 * hundreds of megabytes: memory says something only after that has let go.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import { BROWSER_ARGUMENTS, DEBIAN_CHROMIUM } from './stand.ts';

export interface UnwatchedBrowser {
  readonly pid: number;
  /** Looks into its one page for as long as `look` takes; the page goes on afterwards. */
  look<Seen>(look: (page: Page) => Promise<Seen>): Promise<Seen>;
  stop(): Promise<void>;
}

const START_MS = 30_000;

/** Rejects when the browser does not come up. */
export const startUnwatchedBrowser = async (): Promise<UnwatchedBrowser> => {
  const profile = await mkdtemp(join(tmpdir(), 'riffle-bench-browser-'));
  const browser = spawn(
    existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : chromium.executablePath(),
    [
      ['--headless', '--mute-audio', '--no-first-run', '--remote-debugging-port=0'],
      [...BROWSER_ARGUMENTS, `--user-data-dir=${profile}`, '--window-size=1440,900', 'about:blank'],
    ].flat(),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => {
    browser.once('error', () => resolve());
    browser.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    browser.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const endpoint = await new Promise<string | null>((resolve) => {
    const lines = createInterface({ input: browser.stderr });
    lines.on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    void ended.then(() => resolve(null));
    setTimeout(() => resolve(null), START_MS).unref();
  });
  const { pid } = browser;
  if (endpoint === null || pid === undefined) {
    await stop();
    throw new Error('The browser did not come up.');
  }
  return {
    pid,
    look: async (look) => {
      const driver = await chromium.connectOverCDP(endpoint);
      try {
        const page = driver.contexts()[0]?.pages()[0];
        if (page === undefined) throw new Error('The browser has no page.');
        return await look(page);
      } finally {
        // Only lets go: the browser is not this one's to end.
        await driver.close();
      }
    },
    stop,
  };
};
