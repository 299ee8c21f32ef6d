/** The keys of the keyboard and the desktop's own player panel, as D-Bus carries them to the browser. */
import { chromium, type Browser } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { busIsMissing, startSessionBus, type SessionBus } from './support/session-bus.ts';

const missing = busIsMissing();

/** Opens a browser on a bus of its own, and closes both. */
const onBus = async (
  launchOptions: Parameters<typeof chromium.launch>[0],
  story: (bus: SessionBus, browser: Browser) => Promise<void>,
): Promise<void> => {
  const bus = await startSessionBus();
  try {
    const browser = await chromium.launch({ ...launchOptions, env: bus.environment });
    try {
      await story(bus, browser);
    } finally {
      await browser.close();
    }
  } finally {
    await bus.stop();
  }
};

const says = (bus: SessionBus, ...args: readonly string[]) =>
  expect.poll(() => bus.playerctl(...args).catch((error: Error) => error.message), { timeout: 15_000 });

test('the desktop shows what plays, and its keys pause, go on, step and jump', async ({
  app,
  catalog,
  launchOptions,
}) => {
  test.skip(missing !== null, `${missing} is not installed`);
  await onBus(launchOptions, async (bus, browser) => {
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    const riffle = await RifflePage.open(page, app.url);
    await riffle.openAlbum('Grundtöne');
    await riffle.playTrack('Zweiter Ton');
    await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);

    await says(bus, 'status').toBe('Playing');
    await says(bus, 'metadata', '--format', '{{title}} | {{artist}} | {{album}}').toBe(
      'Zweiter Ton | Änne Sinus | Grundtöne',
    );
    await says(bus, 'metadata', 'mpris:length').toBe(String(12_000_000));
    expect(await bus.playerctl('metadata', 'mpris:artUrl')).toMatch(/^file:/);

    await bus.playerctl('pause');
    await riffle.expectSilence();
    await expect(riffle.button('Play')).toBeVisible();
    await says(bus, 'status').toBe('Paused');

    await bus.playerctl('play');
    await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);
    await says(bus, 'status').toBe('Playing');

    await bus.playerctl('next');
    await riffle.expectTone(catalog.tone('Dritter Ton').frequencyHz);
    await says(bus, 'metadata', 'xesam:title').toBe('Dritter Ton');

    // After three seconds of a track this would be its beginning: it stands still there.
    await bus.playerctl('pause');
    await riffle.expectSilence();
    await bus.playerctl('position', '0');
    await expect.poll(() => riffle.positionSeconds()).toBe(0);
    await bus.playerctl('previous');
    await says(bus, 'metadata', 'xesam:title').toBe('Zweiter Ton');
    await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);

    await bus.playerctl('play-pause');
    await riffle.expectSilence();
    await says(bus, 'status').toBe('Paused');
    await bus.playerctl('position', '8');
    await expect.poll(() => riffle.positionSeconds()).toBe(8);
    const heldAt = Number(await bus.playerctl('position'));
    expect(Math.abs(heldAt - (await riffle.positionSeconds()))).toBeLessThan(1.5);
  });
});

test('what follows by itself is shown on the desktop as well', async ({ app, catalog, launchOptions }) => {
  test.skip(missing !== null, `${missing} is not installed`);
  await onBus(launchOptions, async (bus, browser) => {
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    const riffle = await RifflePage.open(page, app.url);
    await riffle.openAlbum('Grundtöne');
    await riffle.playTrack('Erster Ton');
    await says(bus, 'metadata', 'xesam:title').toBe('Erster Ton');
    // Before it sounds there is nothing that can be moved.
    await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
    await says(bus, 'status').toBe('Playing');
    await bus.playerctl('position', '10');
    await says(bus, 'metadata', 'xesam:title').toBe('Zweiter Ton');
    await says(bus, 'status').toBe('Playing');
    expect(Number(await bus.playerctl('position'))).toBeLessThan(10);
  });
});
