/** In the real Electron: a window whose process is killed comes back by itself, and the crash is written down. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { tapSound } from '../browser/sound-tap.ts';
import { buildToneLibrary } from '../builders/tone-library.ts';
import { RifflePage } from '../e2e/support/riffle-page.ts';
import { publish, startService, withFolder } from '../e2e/support/stack.ts';
import { launchElectron, noElectron } from './launch.ts';

test(`a window that crashes while music plays is back with its queue${noElectron && ` (not here: ${noElectron})`}`, async () => {
  test.skip(noElectron !== '', noElectron);
  test.setTimeout(180_000);
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const tones = await buildToneLibrary(join(folder, 'library'));
  const heard = tones[1]!;
  await publish(join(folder, 'library'), store, ['--no-analysis']);
  const service = await startService(store, join(folder, 'index'));
  const data = join(folder, 'data');
  const { app, page } = await launchElectron(service.url, data);
  try {
    await tapSound(page);
    await page.reload();
    const riffle = new RifflePage(page);
    await riffle.openAlbum(heard.album);
    await riffle.playTrack(heard.title);
    await riffle.expectTone(heard.frequencyHz);

    const crash = page.waitForEvent('crash');
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.forcefullyCrashRenderer();
    });
    await crash;

    // Playwright's page stays crashed; the window itself is asked.
    await expect
      .poll(
        () =>
          app.evaluate(async ({ BrowserWindow }) => {
            const [window] = BrowserWindow.getAllWindows();
            if (window === undefined || window.webContents.isCrashed()) return '';
            return String(await window.webContents.executeJavaScript('document.body.innerText'));
          }),
        { timeout: 30_000 },
      )
      .toContain(heard.title);
    expect(await readdir(join(data, 'reports'))).toHaveLength(1);
  } finally {
    await app.close();
    await service.stop();
    await remove();
  }
});
