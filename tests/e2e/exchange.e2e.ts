/** Lists of other programs come in, and what is kept goes out as files. */
import { readFile } from 'node:fs/promises';
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';

const UNKNOWN = 1_000;
/** A playlist of another program, long enough that no window shows all of it. */
const LIST = [
  '#EXTM3U',
  '#EXTINF:-1,Änne Sinus - Zweiter Ton',
  'two.flac',
  '#EXTINF:-1,Änne Sinus - Zweiter Ton (Live)',
  'live.flac',
  ...Array.from({ length: UNKNOWN }, (_, place) => [
    `#EXTINF:180,Nobody - Unknown ${place}`,
    `${place}.mp3`,
  ]).flat(),
].join('\n');

test('a playlist of another program becomes one here, and goes out again', async ({ riffle }) => {
  // A thousand tracks are looked for, which a busy computer takes its time for.
  test.setTimeout(120_000);
  const { page, main } = riffle;
  await riffle.visit('/import');
  await expect(riffle.heading('Bring in')).toBeVisible();

  await main.locator('input[type=file]').setInputFiles([
    { name: 'Am Wasser.m3u8', mimeType: 'audio/x-mpegurl', buffer: Buffer.from(LIST) },
    { name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0x00]) },
  ]);
  await expect(main.getByRole('checkbox', { name: /Am Wasser/ })).toBeChecked();
  await expect(main.getByText('“holiday.jpg” was not read')).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
  await main.getByRole('button', { name: 'Find this music' }).click();

  const report = main.getByRole('list', { name: 'What was looked for, and what was found' });
  await expect(report).toBeVisible({ timeout: 60_000 });
  expect(await report.getByRole('listitem').count()).toBeLessThan(60);
  expect(await accessProblems(page)).toEqual([]);

  // Another version than the one that was asked for is proposed, not taken.
  const live = report.getByRole('combobox', { name: 'What “Zweiter Ton (Live)” is' });
  await live.selectOption({ index: 0 });
  await expect(main.getByRole('button', { name: 'Add 2 to the library' })).toBeVisible();
  await main.getByRole('button', { name: 'Add 2 to the library' }).click();
  await expect(main.getByText('2 are in your library.')).toBeVisible();
  await main.getByRole('button', { name: 'Done' }).click();

  const coming = page.waitForEvent('download');
  await main.getByRole('combobox', { name: 'Format' }).selectOption('xspf');
  await main.getByRole('button', { name: 'Export' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('Riffle playlists.zip');
  expect((await readFile(await download.path())).includes('Am Wasser.xspf')).toBe(true);
});

test('a file that is dropped on the window is taken in from any page', async ({ riffle }) => {
  const { page, main } = riffle;
  const files = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['#EXTM3U\n#EXTINF:9,A - B\nb.mp3\n'], 'Dropped.m3u8'));
    return transfer;
  });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: files });
  await expect(page.getByText('Drop to import')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: files });
  await expect(main.getByRole('checkbox', { name: /Dropped/ })).toBeChecked();
  await main.getByRole('button', { name: 'Other files' }).click();
  await expect(riffle.heading('Bring in')).toBeVisible();
});
