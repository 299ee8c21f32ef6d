/** Stories of links: out of the app, to the page that others see, and back into the app. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { findFreePorts } from '../s3-server/free-ports.ts';
import { accessProblems } from './support/access.ts';
import { expect, test as base } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { publish, startService, startWebShell, withFolder } from './support/stack.ts';
import { buildToneLibrary } from '../builders/tone-library.ts';

/** A service that others reach, and an app of it. */
const test = base.extend<{ readonly sharing: { readonly riffle: RifflePage; readonly serviceUrl: string } }>({
  sharing: async ({ page }, use) => {
    const { folder, remove } = await withFolder();
    const store = { location: join(folder, 'store') };
    await buildToneLibrary(join(folder, 'library'));
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
