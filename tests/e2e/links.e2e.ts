/** Stories of links that open the app, and of the small window that a shell lends to the page. */
import { expect, test } from './support/fixtures.ts';
import type { RifflePage } from './support/riffle-page.ts';

/** Opens a link as a second start would hand it on. */
const openLink = (riffle: RifflePage, link: string) =>
  riffle.page.goto(new URL(`/open?link=${encodeURIComponent(link)}`, riffle.page.url()).href);

test('a link opens its record and plays its track from where it says; another takes no music away', async ({
  riffle,
  catalog,
}) => {
  const { page } = riffle;
  const search = async (title: string): Promise<string> => {
    const answer = await page.evaluate(async (query) => {
      const reply = await fetch('/host/catalog.search', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return reply.json();
    }, title);
    return answer.value.tracks.items[0].id;
  };
  const [second, third] = [await search('Zweiter Ton'), await search('Dritter Ton')];

  await openLink(riffle, `riffle://open/track/${second}?at=1000`);
  await expect(page).toHaveURL(/\/album\/[0-9a-z]{20}$/);
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  // A page that was just loaded may make no sound before somebody touches it.
  await page.locator('body').click({ position: { x: 5, y: 300 } });
  await expect.poll(() => riffle.positionSeconds()).toBeGreaterThanOrEqual(1);

  const answers = await page.evaluate(
    async (links) =>
      Promise.all(links.map(async (link) => (await fetch(`/open?link=${encodeURIComponent(link)}`)).status)),
    [
      'javascript:alert(1)',
      'riffle://evil.example/',
      'riffle://open/album/../x',
      `riffle://open/track/${third}`,
    ],
  );
  expect(answers.slice(0, 3)).toEqual([400, 400, 400]);
  await expect(page.getByText('A link leads to “Dritter Ton”').first()).toBeVisible();
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  await page.getByRole('button', { name: 'Play it' }).click();
  await riffle.expectTone(catalog.tone('Dritter Ton').frequencyHz);
});

test('a link that came before anybody signed in is opened afterwards, once', async ({ app, page }) => {
  // The address that lets a browser in is used first, as in any start.
  await page.goto(app.url);
  await page.evaluate(() => fetch('/open?link=riffle%3A%2F%2Fopen%2Fartists'));
  await expect(page).toHaveURL(/\/artists$/);
  await page.goto(new URL('/', app.url).href);
  await expect(page.getByRole('main')).toBeVisible();
  const waiting = await page.evaluate(async () => {
    const reply = await fetch('/host/system.commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'null',
    });
    return reply.json();
  });
  expect(waiting).toEqual({ ok: true, value: [] });
});

test('the mini player lives in an empty window that the shell lets the page open', async ({ riffle }) => {
  const { page } = riffle;
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Zweiter Ton');
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  // Electron's bridge, over the loopback server: what matters here is the window.
  await page.addInitScript(() => {
    const invoke = async (method: string, argument: unknown) =>
      (
        await fetch(`/host/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(argument ?? null),
        })
      ).json();
    Object.assign(window, { riffle: { shell: 'electron', invoke, subscribe: () => () => undefined } });
  });
  await page.goto(new URL('/now-playing', page.url()).href);
  const opened = page.waitForEvent('popup');
  const button = page.getByRole('button', { name: 'Mini player' });
  await button.click();
  const mini = await opened;
  const card = mini.getByRole('main', { name: 'Mini player' });
  await expect(card).toBeVisible();
  await expect(mini).toHaveTitle('Mini player');
  const dressed = await card.evaluate((element) => getComputedStyle(element).display);
  expect(dressed).not.toBe('block');
  expect(mini.url()).toBe('about:blank');
  await mini.screenshot({ path: test.info().outputPath('mini.png') });

  await mini.close();
  await expect(button).toHaveAttribute('aria-pressed', 'false');
});
