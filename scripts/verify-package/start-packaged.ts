/** Starts a packaged app as a person does, and gives its window to Playwright over the DevTools protocol. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';

export interface PackagedWindow {
  readonly page: Page;
  /** Ends the app, and resolves when it is gone. */
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 15_000;

/**
 * The fuses keep Node's inspector out of the packaged app, by which Playwright steers Electron; Chromium's own door stays. It writes the
 * port that it chose into the data folder. Throws with what the app said when it does not come up.
 */
export const startPackaged = async (
  executable: string,
  dataFolder: string,
  args: readonly string[],
): Promise<PackagedWindow> => {
  const app = spawn(executable, [`--user-data-dir=${dataFolder}`, '--remote-debugging-port=0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [app.stdout, app.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4_000)));
  }
  const ended = once(app, 'exit');
  const stop = async (): Promise<void> => {
    if (app.exitCode !== null || app.signalCode !== null) return;
    app.kill();
    const isGone = await Promise.race([ended.then(() => true), wait(ENDS_WITHIN_MS).then(() => false)]);
    if (!isGone) app.kill('SIGKILL');
    await ended;
  };
  const deadline = Date.now() + STARTS_WITHIN_MS;
  const portFile = join(dataFolder, 'DevToolsActivePort');
  try {
    for (;;) {
      const [port = ''] = (await readFile(portFile, 'utf8').catch(() => '')).split('\n');
      if (port !== '') {
        const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
        const page = browser.contexts()[0]?.pages()[0];
        if (page !== undefined) return { page, stop };
        await browser.close();
      }
      if (app.exitCode !== null) throw new Error(`It ended with ${app.exitCode}.`);
      if (Date.now() > deadline) throw new Error('It opened no window in time.');
      await wait(100);
    }
  } catch (error) {
    await stop();
    throw new Error(`${executable} did not come up. It said:\n${said}`, { cause: error });
  }
};
