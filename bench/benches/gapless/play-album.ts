/** An album played from its top in the real window, and everything that came out of it. */
import type { BrowserContext } from '@playwright/test';
import { beginRecording, recordSound, recordUntil, type Recording } from '../../measuring/sound-recorder.ts';

/** So long after the last sound it is over. */
const OVER_AFTER_SECONDS = 1.5;
/** On top of the music, for the start, for gaps and for the silence at the end. */
const PATIENCE_MS = 20_000;

export const playAlbum = async (
  context: BrowserContext,
  shellUrl: string,
  album: { readonly id: string; readonly seconds: number },
): Promise<Recording> => {
  const page = await context.newPage();
  try {
    await recordSound(page);
    await page.goto(shellUrl);
    await page.goto(new URL(`/album/${album.id}`, shellUrl).href);
    const row = page.locator('[role="row"][data-index="0"]');
    await row.waitFor();
    await beginRecording(page);
    await row.dblclick();
    return await recordUntil(
      page,
      ({ silentFrames, rateHz }) => rateHz > 0 && silentFrames > OVER_AFTER_SECONDS * rateHz,
      album.seconds * 1000 + PATIENCE_MS,
    );
  } finally {
    await page.close();
  }
};
