/** A window that crashes loses nothing: the next one stands where it stood. */
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';

test('after the window’s process was killed while music played, queue and position are back', async ({
  app,
  riffle,
  catalog,
  page,
  context,
}) => {
  const heard = catalog.tone('Zweiter Ton');
  await riffle.openAlbum(heard.album);
  await riffle.playTrack(heard.title);
  await riffle.expectTone(heard.frequencyHz);
  await expect.poll(() => riffle.positionSeconds()).toBeGreaterThan(3);
  const reached = await riffle.positionSeconds();

  const debuggerSession = await context.newCDPSession(page);
  const crash = page.waitForEvent('crash');
  // The answer cannot come any more.
  debuggerSession.send('Page.crash').catch(() => undefined);
  await crash;

  const next = await RifflePage.open(await context.newPage(), app.url);
  await expect(next.nowPlaying(heard.title)).toBeVisible();
  expect(Math.abs((await next.positionSeconds()) - reached)).toBeLessThanOrEqual(3);
  await next.button('Play').click();
  await next.expectTone(heard.frequencyHz);
});
