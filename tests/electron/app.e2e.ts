/** What only the real Electron can show: it starts, its window is locked down, and it plays through `track://`. */
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { findElectronRuntime } from '../../scripts/start/electron-runtime.ts';
import { tapSound } from '../browser/sound-tap.ts';
import { buildToneLibrary } from '../builders/tone-library.ts';
import { RifflePage } from '../e2e/support/riffle-page.ts';
import { publish, startService, withFolder } from '../e2e/support/stack.ts';

const root = join(import.meta.dirname, '../..');
const runtime = findElectronRuntime(root, false);
const reason = runtime.kind === 'missing' ? runtime.reason : '';

test(`Electron opens a sandboxed window that plays what was asked for${reason && ` (not here: ${reason})`}`, async () => {
  test.skip(runtime.kind === 'missing', reason);
  test.setTimeout(180_000);
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const tones = await buildToneLibrary(join(folder, 'library'));
  const heard = tones[2]!;
  await publish(join(folder, 'library'), store, ['--no-analysis']);
  const service = await startService(store, join(folder, 'index'));
  const app = await _electron.launch({
    executablePath: runtime.kind === 'available' ? runtime.executable : '',
    args: [root, `--service=${service.url}`, `--user-data-dir=${join(folder, 'data')}`],
  });
  try {
    const page = await app.firstWindow();
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
