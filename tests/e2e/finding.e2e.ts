/** Stories of somebody who looks for music. */
import { expect, test } from './support/fixtures.ts';

test('three letters and a wrong one find the artist, and Enter plays or opens the best match', async ({
  riffle,
}) => {
  await riffle.page.keyboard.press('Control+k');
  await expect(riffle.searchField).toBeFocused();
  await riffle.page.keyboard.type('anne sin');
  await expect(riffle.heading('Best match')).toBeVisible();
  await expect(riffle.main.getByText('Änne Sinus').first()).toBeVisible();
  await riffle.searchField.fill('grundtohne');
  await expect(riffle.main.getByText('Grundtöne').first()).toBeVisible();
});

test('nothing found says so, and offers a way on', async ({ riffle }) => {
  await riffle.searchField.fill('xqzzyvwk');
  await expect(riffle.main.getByRole('heading', { name: /xqzzyvwk/ })).toBeVisible();
});

test('an address of a deep page opens that page, and back leads back', async ({ riffle }) => {
  await riffle.search('Zweiter Ton');
  await riffle.track('Zweiter Ton').first().click({ button: 'right' });
  await riffle.page.getByRole('menuitem', { name: 'Go to album' }).click();
  await expect(riffle.heading('Grundtöne')).toBeVisible();
  const address = new URL(riffle.page.url()).pathname;
  expect(address).toMatch(/^\/album\/[0-9a-z]{20}$/);

  await riffle.page.reload();
  await expect(riffle.heading('Grundtöne')).toBeVisible();
  await riffle.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(riffle.searchField).toHaveValue('Zweiter Ton');
});

test('an album of two thousand tracks keeps few rows, and its end is reached by one key', async ({
  riffle,
}) => {
  await riffle.search('2000 tones');
  await riffle.openAlbum('2000 tones');
  const rows = riffle.main.getByRole('grid').getByRole('row');
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThanOrEqual(60);
  // Four figures may be a year: the publisher leaves them in the title.
  await riffle.track('0001 - Tone 0001').click();
  await riffle.page.keyboard.press('End');
  await expect(riffle.track('2000 - Tone 2000')).toBeFocused();
  expect(await rows.count()).toBeLessThanOrEqual(60);
  const isPlayed = await riffle.awaitTitle('2000 - Tone 2000');
  await riffle.page.keyboard.press('Enter');
  await isPlayed();
});

test('a page that is not there says so', async ({ riffle }) => {
  await riffle.visit('/album/00000000000000000000');
  await expect(riffle.main.getByRole('heading').first()).toBeVisible();
  await riffle.visit('/nowhere/at/all');
  await expect(riffle.heading('There is no such page')).toBeVisible();
});
