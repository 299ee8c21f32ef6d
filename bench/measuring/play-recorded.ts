/** Music played in the real window, and everything that came out of it: an album from its top, or the queue that stands there. */
import type { BrowserContext, Page } from '@playwright/test';
import {
  beginRecording,
  recordSound,
  recordUntil,
  type Recording,
} from '../../tests/browser/sound-recorder.ts';

/** So long after the last sound it is over. */
const OVER_AFTER_SECONDS = 1.5;
/** On top of the music, for the start, for gaps and for the silence at the end. */
const PATIENCE_MS = 20_000;

const record = async (
  context: BrowserContext,
  shellUrl: string,
  path: string,
  seconds: number,
  press: (page: Page) => Promise<void>,
): Promise<Recording> => {
  const page = await context.newPage();
  try {
    await recordSound(page);
    // The entrance first: it gives the window what it is let in with.
    await page.goto(shellUrl);
    await page.goto(new URL(path, shellUrl).href);
    await press(page);
    return await recordUntil(
      page,
      ({ silentFrames, rateHz }) => rateHz > 0 && silentFrames > OVER_AFTER_SECONDS * rateHz,
      seconds * 1000 + PATIENCE_MS,
    );
  } finally {
    await page.close();
  }
};

export const playAlbum = (
  context: BrowserContext,
  shellUrl: string,
  album: { readonly id: string; readonly seconds: number },
): Promise<Recording> =>
  record(context, shellUrl, `/album/${album.id}`, album.seconds, async (page) => {
    const row = page.locator('[role="row"][data-index="0"]');
    await row.waitFor();
    await beginRecording(page);
    await row.dblclick();
  });

/** At full volume. @param seconds of all that is in it. */
export const playQueue = (context: BrowserContext, shellUrl: string, seconds: number): Promise<Recording> =>
  record(context, shellUrl, '/', seconds, async (page) => {
    const play = page
      .getByRole('contentinfo', { name: 'Player' })
      .getByRole('button', { name: 'Play', exact: true });
    await play.waitFor();
    await page.getByRole('slider', { name: 'Volume' }).press('End');
    await beginRecording(page);
    await play.click();
  });
