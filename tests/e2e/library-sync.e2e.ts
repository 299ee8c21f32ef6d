/** One listener at two computers: two apps over folders of their own, one service between them. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import { tapSound } from '../browser/sound-tap.ts';
import type { RifflePage } from './support/riffle-page.ts';
import { openWorld, signInAs } from './support/sign-in-world.ts';
import { startWebShell, withFolder } from './support/stack.ts';

/** Half of the time after which an app asks by itself: whatever is here by then, it was told of. */
const SOON_MS = 10_000;
const ALBUM = 'Grundtöne';

const heart = ({ page }: RifflePage, title: string) =>
  page.getByRole('button', { name: `Like ${title}`, exact: true }).first();
const fullHeart = ({ page }: RifflePage, title: string) =>
  page.getByRole('button', { name: `Remove ${title} from your library`, exact: true }).first();

const like = async (riffle: RifflePage, title: string): Promise<void> => {
  await riffle.track(title).hover();
  await heart(riffle, title).click();
  await expect(fullHeart(riffle, title)).toBeVisible();
};

interface Found {
  readonly value?: { readonly tracks?: { readonly items: readonly { readonly title: string }[] } } | null;
}

/** Half a minute of a track was heard, as the player tells the app. */
const hear = (page: Page, album: string, title: string): Promise<void> =>
  page.evaluate(
    async ([album, title]) => {
      const call = async (method: string, argument: unknown): Promise<Found> => {
        const answer = await fetch(`/host/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(argument),
        });
        return answer.json();
      };
      const found = await call('catalog.search', { query: `${album} ${title}`, limit: 5 });
      const track = found.value?.tracks?.items.find((hit) => hit.title === title);
      await call('history.record', { track });
    },
    [album, title] as const,
  );

/** The address of the only playlist on the shelf, as the app says it; null while there is none. */
const playlistOf = (page: Page): Promise<string | null> =>
  page.evaluate(async () => {
    const answer = await fetch('/host/library.shelf', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'null',
    });
    const reply: { value?: readonly { playlist?: { id: string } }[] } = await answer.json();
    return reply.value?.[0]?.playlist?.id ?? null;
  });

test('what one computer likes and lists, the other shows in a moment; what both do without a network is all there afterwards', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const world = await openWorld();
  const other = await withFolder();
  const secondApp = await startWebShell(world.between.url, join(other.folder, 'app'));
  const context = await browser.newContext();
  try {
    await world.open(page);
    const here = await signInAs(page, 'Premium listener');
    const secondPage = await context.newPage();
    await tapSound(secondPage);
    await secondPage.goto(secondApp.url);
    const there = await signInAs(secondPage, 'Premium listener');
    for (const one of [here, there]) await one.openAlbum(ALBUM);
    await expect(heart(there, 'Erster Ton')).toBeAttached();

    await like(here, 'Erster Ton');
    await expect(fullHeart(there, 'Erster Ton')).toBeAttached({ timeout: SOON_MS });

    await here.track('Zweiter Ton').click({ button: 'right' });
    await here.addToPlaylist('Wellen');
    await expect.poll(() => playlistOf(secondPage), { timeout: SOON_MS }).not.toBeNull();
    const id = await playlistOf(secondPage);
    await there.visit(`/playlist/${id}`);
    await expect(there.heading('Wellen')).toBeVisible();
    await expect(there.track('Zweiter Ton')).toBeVisible();
    await here.track('Dritter Ton').click({ button: 'right' });
    await here.addToPlaylist('Wellen', 'there');
    await expect(there.track('Dritter Ton')).toBeVisible({ timeout: SOON_MS });

    await there.visit('/history');
    await expect(there.heading('Nothing played yet')).toBeVisible();
    await hear(page, ALBUM, 'Erster Ton');
    await expect(there.track('Erster Ton')).toBeVisible({ timeout: SOON_MS });
    await expect(there.track('Erster Ton').getByRole('img', { name: 'On another device' })).toBeVisible();
    expect(await accessProblems(secondPage)).toEqual([]);

    await there.visit('/');
    await there.openAlbum(ALBUM);
    world.between.setReachable('/v1/', false);
    await like(here, 'Dritter Ton');
    await like(there, 'Vierter Ton');
    await expect(fullHeart(here, 'Vierter Ton')).toHaveCount(0);
    world.between.setReachable('/v1/', true);
    for (const one of [here, there]) {
      for (const title of ['Erster Ton', 'Dritter Ton', 'Vierter Ton'])
        await expect(fullHeart(one, title)).toBeAttached({ timeout: 20_000 });
    }
  } finally {
    await context.close();
    await secondApp.stop();
    await world.end();
    await other.remove();
  }
});
