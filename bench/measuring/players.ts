/** Pressing play and seeking, in the app and on a bare media element, with the clock of the page they happen in. */
import type { Page } from '@playwright/test';
import { beginMeter, meterSound, readMeter, type MeterReading } from './sound-meter.ts';

declare global {
  interface Window {
    riffleBare: HTMLAudioElement;
    /** Of the seek under way: milliseconds from letting go to the sound. */
    riffleSeek: Promise<number>;
  }
}

const LONGEST_WAIT_MS = 15_000;

/** What was heard so far, asked until it is as wanted; the reading itself when that takes too long. */
export const listenUntil = async (
  page: Page,
  isEnough: (reading: MeterReading) => boolean,
  withinMs: number,
): Promise<MeterReading> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const reading = await readMeter(page);
    if (isEnough(reading) || performance.now() > deadline) return reading;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};

const untilSilent = async (page: Page): Promise<void> => {
  await beginMeter(page, { threshold: 0.0001 });
  await listenUntil(page, (reading) => reading.silentMs > 60, LONGEST_WAIT_MS);
};

/** The app, on the page of an album, by its id. */
export const openAlbum = async (page: Page, shellUrl: string, albumId: string): Promise<void> => {
  await meterSound(page);
  await page.goto(shellUrl);
  await page.goto(new URL(`/album/${albumId}`, shellUrl).href);
  await page.locator('[role="row"][data-index="0"]').waitFor();
};

const row = (page: Page, index: number) => page.locator(`[role="row"][data-index="${index}"]`);

/** Brings a row onto the screen; rows far away are not in the document until then. */
export const showRow = async (page: Page, index: number): Promise<void> => {
  const wanted = row(page, index);
  if ((await wanted.count()) === 0) {
    await page.locator('[role="row"][data-index]').first().click();
    await page.keyboard.press('Home');
    for (let steps = 0; steps < index && (await wanted.count()) === 0; steps += 1) {
      await page.keyboard.press('ArrowDown');
    }
  }
  await wanted.scrollIntoViewIfNeeded();
};

/** Milliseconds from the press to the first sound. Silence must come before it: the app's own, or that of a change of tracks. */
export const pressRow = async (
  page: Page,
  index: number,
  before: 'silent' | 'sounding' = 'silent',
): Promise<number> => {
  await showRow(page, index);
  return page.evaluate(
    async ({ index, afterSilence, withinMs }) => {
      const meter = window.riffleMeter;
      const press = (): void => {
        document
          .querySelector(`[role="row"][data-index="${index}"]`)
          ?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, button: 0 }));
      };
      // In one go: whatever happened between the two would be taken for what the press brought. Before the first press there
      // is no sound card to listen at.
      meter.begin({ afterSilence }).catch(() => undefined);
      const heard = meter.firstSound(withinMs);
      const pressedAt = Date.now();
      press();
      return (await heard) - pressedAt;
    },
    { index, afterSilence: before === 'sounding', withinMs: LONGEST_WAIT_MS },
  );
};

/** A first press that nobody measures: it opens the sound card, the decoder and the connections. */
export const warmUp = async (page: Page, index: number): Promise<void> => {
  await pressRow(page, index);
  await page.evaluate(() => window.riffleMeter.ready());
  await pauseApp(page);
};

const player = (page: Page) => page.getByRole('contentinfo', { name: 'Player' });

export const pauseApp = async (page: Page): Promise<void> => {
  await player(page).getByRole('button', { name: 'Pause', exact: true }).click();
  await player(page).getByRole('button', { name: 'Play', exact: true }).waitFor();
  await untilSilent(page);
};

/**
 * Milliseconds from letting go of the slider at `share` of the track to sound above `threshold`, which nothing before that
 * place may reach.
 */
export const seekApp = async (page: Page, share: number, threshold: number): Promise<number> => {
  const box = await player(page).getByRole('slider', { name: 'Position' }).boundingBox();
  if (box === null) throw new Error('there is no slider');
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  await beginMeter(page, { threshold });
  // There before the mouse is: input does not wait for scripts.
  await page.evaluate((withinMs) => {
    const touched = new Promise<number>((settle) => {
      addEventListener('pointerup', () => settle(Date.now()), { capture: true, once: true });
    });
    const heard = window.riffleMeter.firstSound(withinMs);
    window.riffleSeek = Promise.all([touched, heard]).then(([touchedAt, heardAt]) => heardAt - touchedAt);
    window.riffleSeek.catch(() => undefined);
  }, LONGEST_WAIT_MS);
  await page.mouse.down();
  await page.mouse.up();
  return page.evaluate(() => window.riffleSeek);
};

/** A bare element on an origin, in a context as warm as the app's. */
export const openBare = async (page: Page, url: string): Promise<void> => {
  await meterSound(page);
  await page.goto(url);
  await page.evaluate(async () => {
    document.body.replaceChildren();
    const context = new AudioContext();
    const element = new Audio();
    window.riffleBare = element;
    context.createMediaElementSource(element).connect(context.destination);
    await context.resume();
    await window.riffleMeter.ready();
  });
};

/** The same press: `address` as it is, or `askAt`, which is asked for an address first as the app has to. */
export const pressBare = (
  page: Page,
  source: { readonly address: string } | { readonly askAt: string },
): Promise<number> =>
  page.evaluate(
    async ({ source, withinMs }) => {
      const meter = window.riffleMeter;
      await meter.begin({});
      const heard = meter.firstSound(withinMs);
      const pressedAt = Date.now();
      const address =
        'address' in source
          ? source.address
          : ((await (await fetch(source.askAt)).json()) as { readonly url: string }).url;
      window.riffleBare.src = address;
      void window.riffleBare.play();
      return (await heard) - pressedAt;
    },
    { source, withinMs: LONGEST_WAIT_MS },
  );

export const seekBare = (page: Page, share: number, threshold: number): Promise<number> =>
  page.evaluate(
    async ({ share, threshold, withinMs }) => {
      const meter = window.riffleMeter;
      await meter.begin({ threshold });
      const heard = meter.firstSound(withinMs);
      const touchedAt = Date.now();
      window.riffleBare.currentTime = share * window.riffleBare.duration;
      return (await heard) - touchedAt;
    },
    { share, threshold, withinMs: LONGEST_WAIT_MS },
  );

export const pauseBare = async (page: Page): Promise<void> => {
  await page.evaluate(() => window.riffleBare.pause());
  await untilSilent(page);
};
