/** Stories of somebody who keeps what they like. */
import { expect, test } from './support/fixtures.ts';

test('what is liked is in the library at once and after a reload, and "Undo" takes it back', async ({
  riffle,
}) => {
  await riffle.visit('/library/tracks');
  await expect(riffle.heading('Nothing liked yet')).toBeVisible();
  await riffle.visit('/');
  await riffle.openAlbum('Grundtöne');
  await riffle.main.getByRole('button', { name: 'Like Grundtöne', exact: true }).click();
  await riffle.track('Erster Ton').hover();
  await riffle.track('Erster Ton').getByRole('button', { name: 'Like Erster Ton' }).click();
  // With the key of what plays.
  await riffle.playTrack('Zweiter Ton');
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  await riffle.page.keyboard.press('l');
  await expect(riffle.button('Remove Zweiter Ton from your library')).toBeVisible();

  await riffle.place('Liked tracks').click();
  await expect(riffle.main.getByText('2 tracks')).toBeVisible();
  await riffle.page.reload();
  await expect(riffle.track('Erster Ton')).toBeVisible();
  await riffle.track('Erster Ton').click();
  await riffle.page.keyboard.press('Delete');
  await expect(riffle.track('Erster Ton')).toBeHidden();
  await riffle.page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(riffle.track('Erster Ton')).toBeVisible();

  await riffle.place('Liked albums').click();
  await expect(riffle.main.getByRole('link', { name: 'Grundtöne' })).toBeVisible();
});

test('a whole record of two thousand tracks is liked, found in, sorted and played', async ({ riffle }) => {
  await riffle.searchField.fill('2000 tones');
  await riffle.main
    .getByRole('link', { name: /2000 tones/ })
    .first()
    .click();
  await riffle.track('0001 - Tone 0001').click();
  await riffle.page.keyboard.press('Control+a');
  await riffle.page.getByRole('button', { name: 'Like 2,000 tracks' }).click();
  await riffle.place('Liked tracks').click();
  await expect(riffle.main.getByText('2,000 tracks')).toBeVisible();
  await riffle.main.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Title' });
  await riffle.main.getByRole('button', { name: /Sort the other way: now descending/ }).click();
  await expect(riffle.track('0001 - Tone 0001')).toBeVisible();
  const rows = riffle.main.getByRole('grid').getByRole('row');
  expect(await rows.count()).toBeLessThanOrEqual(60);
  await riffle.track('0001 - Tone 0001').click();
  await riffle.page.keyboard.press('End');
  await expect(riffle.track('2000 - Tone 2000')).toBeFocused();
  expect(await rows.count()).toBeLessThanOrEqual(60);
  await riffle.page.keyboard.press('Enter');
  await expect(riffle.nowPlaying('2000 - Tone 2000')).toBeVisible();

  await riffle.page.keyboard.press('Control+f');
  await riffle.page.keyboard.type('tone 0777');
  await expect(riffle.main.getByText('1 found').first()).toBeVisible();
  await expect(riffle.track('0777 - Tone 0777')).toBeVisible();
});

test('tracks come into a playlist by the keyboard and by dragging, and the queue becomes one', async ({
  riffle,
}) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.track('Erster Ton').click({ button: 'right' });
  await riffle.page.getByRole('menuitem', { name: 'Add to playlist …' }).click();
  await riffle.page.keyboard.type('Für den Zug');
  await riffle.page.keyboard.press('Enter');
  const sidebar = riffle.page.getByRole('navigation', { name: 'Main' });
  const playlist = sidebar
    .getByRole('list', { name: 'My playlists' })
    .getByRole('link', { name: 'Für den Zug' });
  await expect(playlist).toBeVisible();

  await riffle.track('Zweiter Ton').dragTo(playlist);
  await expect(riffle.page.getByText('1 track added to Für den Zug', { exact: true })).toBeVisible();
  await expect(sidebar.getByRole('listitem').filter({ hasText: 'Für den Zug' })).toContainText('2');

  await riffle.playTrack('Erster Ton');
  await riffle.button('Queue').click();
  await riffle.queue.getByRole('button', { name: 'More', exact: true }).click();
  await riffle.page.getByRole('menuitem', { name: 'Save queue as playlist …' }).click();
  await riffle.page.keyboard.press('Enter');
  await expect(sidebar.getByRole('link', { name: /^Queue of / })).toBeVisible();
});
