/** Starts a packaged app as a person does, and gives its window to Playwright over the DevTools protocol. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';

export interface PackagedWindow {
  readonly page: Page;
  /** Ends the app, and resolves when it is gone. */
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 15_000;

/** A port nobody listens at; whoever takes it in between makes the start fail, with a sentence. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

const windowAt = async (port: number): Promise<Page | null> => {
  const isUp = await fetch(`http://127.0.0.1:${port}/json/version`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isUp) return null;
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0] ?? null;
  if (page === null) await browser.close();
  return page;
};

/**
 * The fuses keep Node's inspector out of the packaged app, by which Playwright steers Electron; Chromium's own door stays. Throws with
 * what the app said when it does not come up.
 */
export const startPackaged = async (executable: string, args: readonly string[]): Promise<PackagedWindow> => {
  const port = await freePort();
  const app = spawn(executable, [`--remote-debugging-port=${port}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [app.stdout, app.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4_000)));
  }
  const ended = once(app, 'exit');
  const hasEnded = (): boolean => app.exitCode !== null || app.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    app.kill();
    const isGone = await Promise.race([ended.then(() => true), wait(ENDS_WITHIN_MS).then(() => false)]);
    if (!isGone) app.kill('SIGKILL');
    await ended;
  };
  const deadline = Date.now() + STARTS_WITHIN_MS;
  try {
    for (;;) {
      const page = await windowAt(port);
      if (page !== null) return { page, stop };
      if (hasEnded()) throw new Error(`It ended with ${app.exitCode ?? app.signalCode}.`);
      if (Date.now() > deadline) throw new Error('It opened no window in time.');
      await wait(200);
    }
  } catch (error) {
    await stop();
    throw new Error(`${executable} did not come up. It said:\n${said}`, { cause: error });
  }
};
