/** Stories of somebody who keeps what they like. */
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';

/** Places of the library by their names in the sidebar, and the heading each shows in the last story. */
const PLACES = [
  ['Liked tracks', 'Liked tracks'],
  ['Liked albums', 'Liked albums'],
  ['Followed artists', 'You follow nobody yet'],
  ['Playlists', 'Playlists'],
] as const;

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

test('a whole record of two thousand tracks is liked, found in, sorted and played @long', async ({
  riffle,
}) => {
  await riffle.search('2000 tones');
  await riffle.openAlbum('2000 tones');
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
  // Each is over in a moment: which of them is seen is the player's.
  await expect(
    riffle.page.getByRole('contentinfo', { name: 'Player' }).getByText(/Tone \d{4}/),
  ).toBeVisible();

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
  await riffle.addToPlaylist('Für den Zug');
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
  const field = riffle.page.getByRole('combobox', { name: 'Find or make a playlist' });
  await expect(field).toBeFocused();
  await field.press('Enter');
  await expect(sidebar.getByRole('link', { name: /^Queue of / })).toBeVisible();
});

test('every page of the library is complete for a screen reader, in both themes, and fits 720 pixels @long', async ({
  riffle,
}) => {
  // Eight pages are looked through, which a busy computer takes its time for.
  test.setTimeout(150_000);
  await riffle.openAlbum('Grundtöne');
  await riffle.track('Erster Ton').click({ button: 'right' });
  await riffle.page.getByRole('menuitem', { name: 'Like', exact: true }).click();
  await riffle.main.getByRole('button', { name: 'Like Grundtöne', exact: true }).click();
  await riffle.track('Erster Ton').click({ button: 'right' });
  await riffle.page.getByRole('menuitem', { name: 'Add to playlist …' }).click();
  const field = riffle.page.getByRole('combobox', { name: 'Find or make a playlist' });
  await expect(field).toBeFocused();
  expect(await accessProblems(riffle.page)).toEqual([]);
  await field.fill('Abend');
  await field.press('Enter');
  for (const theme of ['dark', 'light'] as const) {
    await riffle.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const [place, heading] of PLACES) {
      await riffle.place(place).click();
      await expect(riffle.heading(heading)).toBeVisible();
      expect(await accessProblems(riffle.page), `${place} ${theme}`).toEqual([]);
    }
  }
  await riffle.page.setViewportSize({ width: 720, height: 520 });
  for (const [place, heading] of PLACES) {
    await riffle.place(place).click();
    await expect(riffle.heading(heading)).toBeVisible();
    const overflow = await riffle.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow, place).toBeLessThanOrEqual(0);
  }
});
