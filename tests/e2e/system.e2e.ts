/** What surrounds the window, as far as a browser shows it: crash reports, diagnostics, the way into the network. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrashReport } from '../../src/contract/reports-http.ts';
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { startWebShell, withFolder } from './support/stack.ts';

test.use({ colorScheme: 'light' });

const CRASH: CrashReport = {
  format: 1,
  id: '6f1c1d7a-4d0e-4a53-9c6f-0f0a4b7a1c11',
  at: '2026-11-20T10:00:00.000Z',
  kind: 'window_gone',
  app: { version: '0.1.0', shell: 'web', platform: 'linux', arch: 'x64', system: '6.1', runtime: {} },
  upSeconds: 300,
  error: { name: 'RangeError', message: 'out of memory', stack: [] },
  ending: { reason: 'oom', exitCode: 133 },
  settings: {},
  log: [],
};

test('a crash is told of once, read, sent to the service, and deleted', async ({ catalog, page }) => {
  const { folder, remove } = await withFolder();
  await mkdir(join(folder, 'reports'), { recursive: true });
  await writeFile(
    join(folder, 'reports', `${CRASH.id}.json`),
    JSON.stringify({ sentAt: null, report: CRASH }),
  );
  const app = await startWebShell(catalog.serviceUrl, folder);
  const notice = page.getByText('Riffle was restarted after an error', { exact: true });
  try {
    const riffle = await RifflePage.open(page, app.url);
    await expect(notice).toBeVisible();
    await page.getByRole('button', { name: 'See the report' }).click();
    await expect(riffle.heading('Privacy')).toBeVisible();
    await page.reload();
    await riffle.main.getByRole('button', { name: /^Read: The window crashed/ }).click();
    await expect(notice).toHaveCount(0);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('region')).toContainText('out of memory');
    expect(await accessProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Send to/ }).click();
    await expect(riffle.main.getByText(/Sent on/)).toBeVisible();
    await riffle.main.getByRole('button', { name: /^Delete: The window crashed/ }).click();
    await expect(riffle.main.getByText('Nothing has crashed.')).toBeVisible();
  } finally {
    await app.stop();
    await remove();
  }
});

test('diagnostics are shown, then copied', async ({ riffle, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await riffle.visit('/settings/about');
  await riffle.main.getByRole('button', { name: 'Diagnostics' }).click();
  const dialog = riffle.page.getByRole('dialog');
  const text = await dialog.getByRole('region', { name: 'Diagnostics' }).innerText();
  expect(text).toContain('update: unsupported shell');
  expect(await accessProblems(riffle.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect((await riffle.page.evaluate(() => navigator.clipboard.readText())).trim()).toBe(text.trim());
});

test('a proxy is in use once it is named, and its password is nowhere among the settings', async ({
  app,
  riffle,
}) => {
  const { main, page } = riffle;
  await riffle.visit('/settings/privacy');
  await main.getByRole('radio', { name: 'My own' }).click();
  const server = main.getByRole('textbox', { name: 'Server' });
  await server.press('Enter');
  await expect(main.getByRole('alert')).toHaveText('Without a server nothing gets out.');
  await server.fill('proxy.example:8080');
  await main.getByRole('textbox', { name: 'Name' }).fill('nils');
  await main.getByLabel('Password', { exact: true }).fill('s3cret-of-nils');
  await main.getByRole('button', { name: 'Use it' }).click();
  await expect(main.getByText('In use')).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
  await page.reload();
  await expect(server).toHaveValue('http://proxy.example:8080');
  await expect(main.getByRole('button', { name: 'Forget the password' })).toBeVisible();
  // This machine is reached without it, whatever is set.
  await main.getByRole('button', { name: 'Check the connection' }).click();
  await expect(main.getByText(/ answers\.$/)).toBeVisible();
  const settings = await readFile(join(app.dataFolder, 'settings.json'), 'utf8');
  expect(settings).toContain('proxy.example');
  expect(settings).not.toContain('s3cret');
});
