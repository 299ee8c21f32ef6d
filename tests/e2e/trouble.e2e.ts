/** Stories of what goes wrong: the service stops in the middle. */
import { join } from 'node:path';
import { buildToneLibrary } from '../builders/tone-library.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { portOf, publish, startService, startWebShell, withFolder } from './support/stack.ts';

test('the service stops: what was heard plays on, pages say why, and all is well when it is back', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const tones = await buildToneLibrary(join(folder, 'library'));
  const heard = tones[0]!;
  await publish(join(folder, 'library'), store, ['--no-analysis']);
  let service = await startService(store, join(folder, 'index'));
  const port = portOf(service.url);
  const app = await startWebShell(service.url, join(folder, 'app'));
  try {
    const riffle = await RifflePage.open(page, app.url);
    await riffle.openAlbum(heard.album);
    await riffle.playTrack(heard.title);
    await riffle.expectTone(heard.frequencyHz);

    await service.stop();
    await riffle.position.focus();
    await page.keyboard.press('Home');
    await riffle.expectTone(heard.frequencyHz);

    await riffle.place('Genres').click();
    await expect(riffle.main.getByRole('heading', { name: 'The service does not answer' })).toBeVisible();

    service = await startService(store, join(folder, 'index'), port);
    await riffle.tryNow(riffle.heading('Genres'));
    await expect(riffle.main.getByRole('heading', { name: 'The service does not answer' })).toBeHidden();
  } finally {
    await app.stop();
    await service.stop();
    await remove();
  }
});

test('an album published while the app is open is there within seconds @long', async ({ page }) => {
  test.setTimeout(120_000);
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const library = join(folder, 'library');
  await buildToneLibrary(library);
  await publish(library, store, ['--no-analysis']);
  const service = await startService(store, join(folder, 'index'));
  const app = await startWebShell(service.url, join(folder, 'app'));
  try {
    const riffle = await RifflePage.open(page, app.url);
    await buildToneLibrary(library, [
      { artist: 'Spät Gekommen', album: 'Nachzügler', tracks: [{ title: 'Letzter Ton', frequencyHz: 1234 }] },
    ]);
    await publish(library, store, ['--no-analysis']);
    await expect(async () => {
      await riffle.place('Home').click();
      await riffle.searchField.fill('nachzugler');
      await expect(riffle.main.getByText('Nachzügler').first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
  } finally {
    await app.stop();
    await service.stop();
    await remove();
  }
});
