/** What only the real Electron can show: it starts, its window is locked down, and it plays through `track://`. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { tapSound } from '../browser/sound-tap.ts';
import { buildToneLibrary } from '../builders/tone-library.ts';
import { RifflePage } from '../e2e/support/riffle-page.ts';
import { publish, startService, withFolder } from '../e2e/support/stack.ts';
import { launchElectron, noElectron } from './launch.ts';

test(`Electron opens a sandboxed window that plays what was asked for${noElectron && ` (not here: ${noElectron})`}`, async () => {
  test.skip(noElectron !== '', noElectron);
  test.setTimeout(180_000);
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const tones = await buildToneLibrary(join(folder, 'library'));
  const heard = tones[2]!;
  await publish(join(folder, 'library'), store, ['--no-analysis']);
  const service = await startService(store, join(folder, 'index'));
  const { app, page } = await launchElectron(service.url, join(folder, 'data'));
  try {
    await tapSound(page);
    await page.reload();
    const riffle = new RifflePage(page);
    await riffle.openAlbum(heard.album);
    await riffle.playTrack(heard.title);
    await riffle.expectTone(heard.frequencyHz);

    const reachable = await page.evaluate(() => [
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
    ]);
    expect(reachable).toEqual(['undefined', 'undefined']);
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { windows: BrowserWindow.getAllWindows().length, title: window?.getTitle() };
    });
    expect(preferences.windows).toBe(1);
    expect(preferences.title).toContain(heard.title);
  } finally {
    await app.close();
    await service.stop();
    await remove();
  }
});
