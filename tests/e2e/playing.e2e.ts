/** Stories of somebody who plays music: what sounds is what was asked for. */
import { expect, test } from './support/fixtures.ts';

test('an album is opened from home, and what is played is what sounds', async ({ riffle, catalog }) => {
  await riffle.openAlbum('Grundtöne');

  await riffle.playTrack('Zweiter Ton');
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);

  await riffle.button('Next').click();
  await expect(riffle.nowPlaying('Dritter Ton')).toBeVisible();
  await riffle.expectTone(catalog.tone('Dritter Ton').frequencyHz);

  await riffle.button('Pause').click();
  await riffle.expectSilence();
  await riffle.button('Play').click();
  await riffle.expectTone(catalog.tone('Dritter Ton').frequencyHz);
});

test('the play button of an album begins at the top and goes on by itself', async ({ riffle, catalog }) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.main.getByRole('button', { name: 'Play', exact: true }).click();
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  await riffle.position.focus();
  await riffle.page.keyboard.press('End');
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);
});

test('seeking by keyboard moves to another place in the track and goes on sounding', async ({
  riffle,
  catalog,
}) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Erster Ton');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  // Ten seconds of twelve: while it sounds, its end would soon come.
  await riffle.button('Pause').click();
  await riffle.position.press('Home');
  await riffle.main.getByRole('heading', { name: 'Grundtöne' }).click();
  await expect.poll(() => riffle.positionSeconds()).toBe(0);
  await riffle.page.keyboard.press('ArrowRight');
  await expect.poll(() => riffle.positionSeconds()).toBe(10);
  await riffle.page.keyboard.press('ArrowLeft');
  await expect.poll(() => riffle.positionSeconds()).toBe(0);
  await riffle.button('Play').click();
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  await riffle.page.keyboard.press('ArrowLeft');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
});

test('mute is silence, and undone it is the same track', async ({ riffle, catalog }) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Erster Ton');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  await riffle.page.keyboard.press('m');
  await riffle.expectSilence();
  await riffle.page.keyboard.press('m');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
});

test('after a reload the same queue stands at the same place, paused', async ({ riffle, catalog }) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Zweiter Ton');
  await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);
  await riffle.button('Next').click();
  await riffle.expectTone(catalog.tone('Dritter Ton').frequencyHz);
  // From the top, so that its end is far.
  await riffle.position.press('Home');
  await riffle.position.press('ArrowRight');
  await riffle.button('Pause').click();
  const before = await riffle.positionSeconds();

  await riffle.page.reload();
  await expect(riffle.nowPlaying('Dritter Ton')).toBeVisible();
  await expect(riffle.button('Play')).toBeVisible();
  await expect.poll(() => riffle.positionSeconds()).toBeGreaterThanOrEqual(Math.floor(before) - 1);
  expect(await riffle.positionSeconds()).toBeLessThanOrEqual(before + 1);

  await riffle.button('Queue').click();
  await expect(riffle.queue.getByText('Vierter Ton', { exact: true })).toBeVisible();
  await riffle.button('Play').click();
  await riffle.expectTone(catalog.tone('Dritter Ton').frequencyHz);
});

test('what was added to the queue plays before the rest of the album', async ({ riffle, catalog }) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Erster Ton');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  await riffle.track('Vierter Ton').click({ button: 'right' });
  await riffle.page.getByRole('menuitem', { name: 'Play next' }).click();
  await riffle.button('Next').click();
  await riffle.expectTone(catalog.tone('Vierter Ton').frequencyHz);
  await riffle.button('Next').click();
  await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);
});

test('the system is told what plays', async ({ riffle }) => {
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Zweiter Ton');
  await expect
    .poll(() =>
      riffle.page.evaluate(() => ({
        title: navigator.mediaSession.metadata?.title,
        artist: navigator.mediaSession.metadata?.artist,
        album: navigator.mediaSession.metadata?.album,
        state: navigator.mediaSession.playbackState,
      })),
    )
    .toEqual({ title: 'Zweiter Ton', artist: 'Änne Sinus', album: 'Grundtöne', state: 'playing' });
  await expect(riffle.page).toHaveTitle(/Zweiter Ton/);
});
