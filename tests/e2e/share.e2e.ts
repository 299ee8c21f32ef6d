/** Stories of links: out of the app, to the page that others see, and back into the app. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { shareSchema } from '../../src/contract/library-http.ts';
import { tapSound } from '../browser/sound-tap.ts';
import { findFreePorts } from '../s3-server/free-ports.ts';
import { accessProblems } from './support/access.ts';
import { expect, test as base } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { openWorld, signInAs } from './support/sign-in-world.ts';
import { publish, startService, startWebShell, withFolder } from './support/stack.ts';
import { buildToneLibrary } from '../builders/tone-library.ts';

/** A service that others reach, and an app of it. */
const test = base.extend<{ readonly sharing: { readonly riffle: RifflePage; readonly serviceUrl: string } }>({
  sharing: async ({ page }, use) => {
    const { folder, remove } = await withFolder();
    const store = { location: join(folder, 'store') };
    // Long enough that a busy machine still finds the track that it began.
    await buildToneLibrary(join(folder, 'library'), undefined, { seconds: 30 });
    await publish(join(folder, 'library'), store, ['--no-analysis']);
    const [port = 0] = await findFreePorts(1);
    const extra = [
      '--public-url',
      `http://127.0.0.1:${port}`,
      '--download-url',
      'https://riffle.example/get',
    ];
    const service = await startService(store, join(folder, 'index'), port, { extra });
    const app = await startWebShell(service.url, join(folder, 'app'));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await use({ riffle: await RifflePage.open(page, app.url), serviceUrl: service.url });
    await app.stop();
    await service.stop();
    await remove();
  },
});

test('a link to a place in a track leads others to its page and its card, and back into the app', async ({
  sharing: { riffle, serviceUrl },
  browser,
}) => {
  test.slow();
  const { page } = riffle;
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Zweiter Ton');
  await expect.poll(() => riffle.positionSeconds()).toBeGreaterThanOrEqual(1);
  // The place that is shared stays where it is while the story goes on.
  await riffle.button('Pause').click();
  await riffle.track('Zweiter Ton').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Share …' }).click();

  const dialog = page.getByRole('dialog', { name: 'Share Zweiter Ton' });
  const link = dialog.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/\/track\/[0-9a-z]{20}$/);
  await dialog.getByRole('switch', { name: /^Start at 0:0\d$/ }).click();
  await expect(link).toHaveValue(/\/track\/[0-9a-z]{20}\?t=\d$/);
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await link.inputValue());

  await dialog.getByRole('tab', { name: 'QR code' }).click();
  await expect(dialog.getByRole('img', { name: 'QR code of the link to Zweiter Ton' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  const code = await dialog.getByRole('textbox', { name: 'Code for your page' }).inputValue();
  expect(await accessProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // Somebody else, in a browser that runs no scripts.
  const others = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
  const theirs = await others.newPage();
  await theirs.goto(copied);
  await expect(theirs.getByRole('heading', { name: 'Zweiter Ton' })).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'Riffle holen' })).toHaveAttribute(
    'href',
    'https://riffle.example/get',
  );
  const open = theirs.getByRole('link', { name: /^In Riffle öffnen ab 0:0\d$/ });
  const deepLink = (await open.getAttribute('href')) ?? '';
  // And on a page of their own; another name of this computer is another site.
  const blog = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Blog</title>${code}`),
  );
  const [blogPort = 0] = await findFreePorts(1);
  await once(blog.listen(blogPort, '127.0.0.1'), 'listening');
  await theirs.goto(`http://localhost:${blogPort}/`);
  const card = theirs.frameLocator('iframe');
  await expect(card.getByRole('link', { name: 'Zweiter Ton' })).toHaveAttribute(
    'href',
    new RegExp(`^${serviceUrl}/track/`),
  );
  await others.close();
  blog.close();

  // The system hands the link to the app.
  await riffle.visit('/artists');
  await page.goto(new URL(`/open?link=${encodeURIComponent(deepLink)}`, page.url()).href);
  await expect(page).toHaveURL(/\/album\/[0-9a-z]{20}$/);
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
});

base('without a public address the dialog says so, and offers a link of the app', async ({ riffle }) => {
  const { page } = riffle;
  await riffle.openAlbum('Grundtöne');
  await riffle.main.getByRole('button', { name: 'More', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Share …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share Grundtöne' });
  await expect(dialog.getByText('This service has no public address.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Copy Riffle link' })).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
});

/** What the page would ask its host, for what is done elsewhere and is not what the story is about. */
const askHost = async (page: Page, method: string, argument: unknown = null): Promise<unknown> => {
  const asked = { method, argument };
  const reply = await page.evaluate(async ({ method: name, argument: given }) => {
    const answer = await fetch(`/host/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
    return answer.json();
  }, asked);
  if (reply.ok !== true) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
  return reply.value;
};
const foundTracks = z.object({ tracks: z.object({ items: z.array(z.object({ id: z.string() })) }) });
const madePlaylist = z.object({ playlist: z.object({ id: z.string() }) });

base(
  'what one listener shares, another opens in the app: by its link, as a member, and no more once it is taken back @long',
  async ({ page, browser }) => {
    base.setTimeout(120_000);
    const world = await openWorld({ seconds: 30 });
    const other = await withFolder();
    const theirApp = await startWebShell(world.between.url, join(other.folder, 'app'));
    const context = await browser.newContext();
    try {
      await world.open(page);
      await signInAs(page, 'Free listener');
      const found = foundTracks.parse(await askHost(page, 'catalog.search', { query: 'Ton' }));
      const trackIds = found.tracks.items.map(({ id }) => id);
      const { playlist } = madePlaylist.parse(
        await askHost(page, 'playlists.create', { name: 'Wellen', trackIds }),
      );
      const link = { page: '', shareId: '' };
      // The service has it in a moment.
      await expect(async () => {
        const share = shareSchema.parse(await askHost(page, 'share.playlist', { id: playlist.id }));
        Object.assign(link, { page: share.url, shareId: share.shareId });
      }).toPass();

      const theirs = await context.newPage();
      await tapSound(theirs);
      await theirs.goto(theirApp.url);
      const { origin } = new URL(theirs.url());
      const they = await signInAs(theirs, 'Premium listener');
      /** As somebody who presses "Open in Riffle" on the page of a link. */
      const openFrom = async (address: string): Promise<void> => {
        const web = await context.newPage();
        await web.goto(address);
        const deepLink = await web.getByRole('link', { name: 'Open in Riffle' }).getAttribute('href');
        await web.close();
        await theirs.goto(`${origin}/open?link=${encodeURIComponent(deepLink ?? '')}`);
      };

      await openFrom(link.page);
      await expect(they.heading('Wellen')).toBeVisible();
      await expect(they.main.getByText('Shared by link')).toBeVisible();
      expect(theirs.url()).not.toContain(link.shareId);
      expect(await accessProblems(theirs)).toEqual([]);
      await they.main.getByRole('button', { name: 'Play Zweiter Ton' }).click();
      await expect(they.nowPlaying('Zweiter Ton')).toBeVisible();
      await they.main.getByRole('button', { name: 'Save a copy' }).click();
      await expect(theirs.getByText('A copy of Wellen is in your library').first()).toBeVisible();
      await theirs.getByRole('button', { name: 'Undo' }).click();

      await askHost(page, 'share.revoke', { shareId: link.shareId });
      const revoked = `riffle://open/share/${link.shareId}`;
      await theirs.goto(`${origin}/open?link=${encodeURIComponent(revoked)}`);
      await expect(they.heading('This link was taken back')).toBeVisible();
      expect(await accessProblems(theirs)).toEqual([]);

      const invited = { id: playlist.id, role: 'editor' };
      const { url } = z.object({ url: z.url() }).parse(await askHost(page, 'playlists.invite', invited));
      await openFrom(url);
      const dialog = theirs.getByRole('dialog', { name: 'Join a playlist' });
      await expect(dialog.getByRole('textbox')).toHaveValue(url.split('/').at(-1) ?? '');
      expect(await accessProblems(theirs)).toEqual([]);
      await dialog.getByRole('button', { name: 'Join' }).click();
      await expect(they.heading('Wellen')).toBeVisible();
      await expect(they.main.getByText('Playlist of several')).toBeVisible();
    } finally {
      await context.close();
      await theirApp.stop();
      await world.end();
      await other.remove();
    }
  },
);
