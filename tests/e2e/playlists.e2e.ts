/** Stories of somebody who makes playlists. */
import type { Locator } from '@playwright/test';
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import type { RifflePage } from './support/riffle-page.ts';

/** Makes a playlist of everything that stands on an album, by hand, and opens its page. */
const playlistOf = async (riffle: RifflePage, album: string, name: string): Promise<void> => {
  await riffle.place('Albums').click();
  await riffle.openAlbum(album);
  await riffle.main.getByRole('button', { name: 'More', exact: true }).click();
  await riffle.addToPlaylist(name);
  await expect(riffle.page.getByText(`${name} is made`).first()).toBeVisible();
  const id = await riffle.page.evaluate(async () => {
    const reply = await fetch('/host/library.shelf', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'null',
    });
    const shelf: unknown = await reply.json();
    return /"id":"([0-9a-z]{20})"/.exec(JSON.stringify(shelf))?.[1] ?? '';
  });
  await riffle.visit(`/playlist/${id}`);
  await expect(riffle.heading(name)).toBeVisible();
};
const titles = (riffle: RifflePage): Promise<readonly string[]> =>
  riffle.main
    .getByRole('grid')
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .filter((row) => row.hasAttribute('data-index'))
        .toSorted((left, right) => Number(left.dataset['index']) - Number(right.dataset['index']))
        .map((row) => row.querySelector('[title]')?.textContent ?? ''),
    );
/** Where a row is pressed: on its title, and on no link or button of it. */
const words = (riffle: RifflePage, title: string): Locator =>
  riffle.track(title).getByText(title, { exact: true });

test('a playlist is ordered by keys and by hand, and everything is taken back and done again', async ({
  riffle,
}) => {
  const { page } = riffle;
  await playlistOf(riffle, 'Pure Tones', 'Four letters');
  await expect.poll(() => titles(riffle)).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta']);

  await words(riffle, 'Delta').click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => titles(riffle)).toEqual(['Alpha', 'Beta', 'Delta', 'Gamma']);
  await expect(riffle.track('Delta')).toBeFocused();

  await words(riffle, 'Alpha').click();
  await words(riffle, 'Beta').click({ modifiers: ['Control'] });
  await words(riffle, 'Beta').dragTo(riffle.track('Gamma'), { targetPosition: { x: 120, y: 42 } });
  await expect.poll(() => titles(riffle)).toEqual(['Delta', 'Gamma', 'Alpha', 'Beta']);

  await page.keyboard.press('Escape');
  await words(riffle, 'Gamma').click();
  await page.keyboard.press('Control+x');
  await words(riffle, 'Beta').click();
  await page.keyboard.press('Control+v');
  await expect.poll(() => titles(riffle)).toEqual(['Delta', 'Alpha', 'Beta', 'Gamma']);
  await words(riffle, 'Alpha').click();
  await page.keyboard.press('Delete');
  await expect.poll(() => titles(riffle)).toEqual(['Delta', 'Beta', 'Gamma']);

  for (let taken = 0; taken < 4; taken += 1) await page.keyboard.press('Control+z');
  await expect.poll(() => titles(riffle)).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta']);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => titles(riffle)).toEqual(['Alpha', 'Beta', 'Delta', 'Gamma']);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => titles(riffle)).toEqual(['Delta', 'Gamma', 'Alpha', 'Beta']);

  // It is so after a reload, and looking at it otherwise changes nothing.
  await page.reload();
  await expect.poll(() => titles(riffle)).toEqual(['Delta', 'Gamma', 'Alpha', 'Beta']);
  await riffle.main.getByRole('button', { name: /^Turn the order around/ }).click();
  await expect.poll(() => titles(riffle)).toEqual(['Beta', 'Alpha', 'Gamma', 'Delta']);
  await riffle.main.getByRole('button', { name: /^Turn the order around/ }).click();
  await expect.poll(() => titles(riffle)).toEqual(['Delta', 'Gamma', 'Alpha', 'Beta']);
});

test('a playlist is renamed, described and deleted in its place, and comes back @long', async ({
  riffle,
}) => {
  const { page } = riffle;
  await playlistOf(riffle, 'Pure Tones', 'Working title');
  await riffle.main.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Letters of the Greeks');
  await page.keyboard.press('Enter');
  await expect(riffle.heading('Letters of the Greeks')).toBeVisible();
  await riffle.main.getByRole('button', { name: 'Add a description' }).click();
  await page.keyboard.type('As far as delta.');
  await page.keyboard.press('Enter');
  await expect(riffle.main.getByRole('button', { name: 'As far as delta.' })).toBeFocused();
  expect(await accessProblems(page)).toEqual([]);

  const address = page.url();
  await riffle.main.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete playlist' }).click();
  expect(await accessProblems(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Letters of the Greeks is deleted').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText(/Taken back/).first()).toBeVisible();
  await riffle.visit(new URL(address).pathname);
  await expect(riffle.heading('Letters of the Greeks')).toBeVisible();
});

test('a smart playlist is put together with what it gives in view', async ({ riffle }) => {
  const { page } = riffle;
  await playlistOf(riffle, 'Pure Tones', 'To be emptied');
  await words(riffle, 'Alpha').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await riffle.main.getByRole('button', { name: 'Make one by rules instead …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Only Gamma');
  await dialog.getByLabel('What is looked at').selectOption('title');
  await dialog.getByLabel('How it is compared').selectOption('is');
  await dialog.getByLabel('With what').fill('gamma');
  await expect(dialog.getByText(/^1 track fits now/)).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make playlist' }).click();
  await expect(riffle.heading('Only Gamma')).toBeVisible();
  await expect(riffle.main.getByText('Tracks where the title is “gamma”.')).toBeVisible();
  await expect.poll(() => titles(riffle)).toEqual(['Gamma']);
});
