/** A window that crashes loses nothing: the next one stands where it stood. */
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { startWebShell, withFolder } from './support/stack.ts';

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

  const debuggerSession = await context.newCDPSession(page);
  const crash = page.waitForEvent('crash');
  const reached = await riffle.positionSeconds();
  const reachedAtMs = performance.now();
  // The answer cannot come any more.
  debuggerSession.send('Page.crash').catch(() => undefined);
  await crash;
  // It plays on until it is gone.
  const playedOnSeconds = (performance.now() - reachedAtMs) / 1000;

  const next = await RifflePage.open(await context.newPage(), app.url);
  await expect(next.nowPlaying(heard.title)).toBeVisible();
  const position = await next.positionSeconds();
  expect(position).toBeGreaterThanOrEqual(reached - 3);
  expect(position).toBeLessThanOrEqual(reached + 1 + playedOnSeconds);
  await next.button('Play').click();
  await next.expectTone(heard.frequencyHz);
});

test('after app and browser were killed together, queue, order, place, volume, repeat and speed are as they were', async ({
  catalog,
  playwright,
  launchOptions,
}) => {
  // Two apps and two browsers start in it.
  test.setTimeout(120_000);
  const heard = catalog.tone('Zweiter Ton');
  const { folder, remove } = await withFolder();
  const app = await startWebShell(catalog.serviceUrl, folder);
  const server = await playwright.chromium.launchServer(launchOptions);
  const browser = await playwright.chromium.connect(server.wsEndpoint());
  const riffle = await RifflePage.open(await browser.newPage({ locale: 'en-GB' }), app.url);
  await riffle.visit('/settings/playback');
  const speedOf = (of: RifflePage) => of.main.getByRole('slider', { name: 'Speed' });
  await speedOf(riffle).focus();
  for (const _ of [1, 2]) await riffle.page.keyboard.press('ArrowRight');
  await riffle.place('Home').click();
  await riffle.openAlbum(heard.album);
  await riffle.playTrack(heard.title);
  // Its end is not to come while all this is set.
  await riffle.button('Pause').click();
  await riffle.button('Shuffle').click();
  await riffle.button('Repeat').click();
  const volumeOf = (of: RifflePage) => of.playerBar.getByRole('slider', { name: 'Volume' });
  await volumeOf(riffle).press('End');
  await riffle.button('Queue').click();
  const orderOf = (of: RifflePage) => of.queue.locator('[data-entry]').allInnerTexts();
  await riffle.button('Play').click();
  await expect.poll(() => riffle.positionSeconds()).toBeGreaterThan(3);
  const order = await orderOf(riffle);
  const before = await riffle.positionSeconds();
  app.signal('SIGKILL');
  const after = await riffle.positionSeconds();
  await server.kill();

  const again = await startWebShell(catalog.serviceUrl, folder);
  const next = await playwright.chromium.launch(launchOptions);
  try {
    const back = await RifflePage.open(await next.newPage({ locale: 'en-GB' }), again.url);
    await expect(back.nowPlaying(heard.title)).toBeVisible();
    await expect(back.button('Play')).toBeVisible();
    // The slider tells whole seconds, and the place is written once in a second.
    expect(await back.positionSeconds()).toBeGreaterThanOrEqual(before - 2);
    expect(await back.positionSeconds()).toBeLessThanOrEqual(after);
    await expect(back.button('Shuffle')).toHaveAttribute('aria-pressed', 'true');
    await expect(back.button('Repeat all')).toBeVisible();
    await expect(volumeOf(back)).toHaveAttribute('aria-valuenow', '1');
    await back.button('Queue').click();
    await expect(back.queue.locator('[data-entry]').first()).toBeVisible();
    expect(await orderOf(back)).toEqual(order);
    await back.button('Play').click();
    await back.expectTone(heard.frequencyHz);
    await back.visit('/settings/playback');
    await expect(speedOf(back)).toHaveAttribute('aria-valuenow', '1.1');
  } finally {
    await next.close();
    await again.stop();
    await remove();
  }
});
