/**
 * Takes the pictures of `docs/images` anew, from the demo library over the real service: `node scripts/screenshots.ts`.
 * Needs Chromium.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import sharp from 'sharp';
import { createFolderStore } from '../src/catalog/store/folder-store.ts';
import { RifflePage } from '../tests/e2e/support/riffle-page.ts';
import {
  catalogCommand,
  publish,
  startService,
  startWebShell,
  withFolder,
  type Running,
} from '../tests/e2e/support/stack.ts';
import { buildIfStale } from './start/build-if-stale.ts';

const root = join(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const THEMES = ['dark', 'light'] as const;
const SIGN_IN = [
  '--sign-in',
  'own',
  '--demo-listeners',
  '--name',
  'Steinbruch Records',
  '--ads-after-minutes',
  '0.02',
];
type Theme = (typeof THEMES)[number];

/** What moves comes to rest: covers fade in for 180 ms, colours for 400 ms. */
const SETTLED_MS = 900;

async function take(page: Page, name: string, theme: Theme): Promise<void> {
  await page.mouse.move(720, 8);
  await page.waitForLoadState('networkidle');
  await page.evaluate((ms) => new Promise((settle) => setTimeout(settle, ms)), SETTLED_MS);
  const picture = await page.screenshot();
  const file = join(images, theme === 'dark' ? `${name}.png` : `${name}-light.png`);
  await sharp(picture).png({ palette: true, quality: 88, effort: 10 }).toFile(file);
}

async function openPage(browser: Browser, theme: Theme, app: Running): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  await page.goto(app.url);
  return page;
}

async function openApp(browser: Browser, theme: Theme, app: Running): Promise<RifflePage> {
  const page = await openPage(browser, theme, app);
  await page.getByRole('main').getByRole('heading').first().waitFor();
  return new RifflePage(page);
}

/** Somebody new: the welcome page, the sign-in page, and an ad break after some seconds in place of minutes. */
async function signInTour(page: Page, theme: Theme): Promise<void> {
  await page.getByText('Steinbruch Records').waitFor();
  await take(page, 'welcome', theme);
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with your browser' }).click();
  const tab = await opened;
  await tab.getByRole('button', { name: 'Free listener' }).waitFor();
  await take(tab, 'sign-in', theme);
  await tab.getByRole('button', { name: 'Free listener' }).click();
  await page.getByRole('main').getByRole('heading').first().waitFor();
  const riffle = new RifflePage(page);
  await riffle.visit('/settings/account');
  await take(page, 'account', theme);
  await riffle.place('Albums').click();
  await riffle.openAlbum('Flussabwärts');
  await riffle.playTrack('Kiesbett');
  await riffle.nowPlaying('Kiesbett').waitFor();
  await riffle.position.focus();
  await page.keyboard.press('End');
  await page.getByRole('group', { name: 'Ad break' }).waitFor();
  await take(page, 'ad-break', theme);
}

async function tour(riffle: RifflePage, theme: Theme): Promise<void> {
  const { page } = riffle;
  await riffle.openAlbum('Flussabwärts');
  await riffle.playTrack('Kiesbett');
  await riffle.nowPlaying('Kiesbett').waitFor();
  await take(page, 'album', theme);
  await riffle.button('Queue').click();
  await take(page, 'queue', theme);
  await riffle.button('Queue').click();
  await riffle.main.getByRole('link', { name: 'Lene Wörner Trio' }).first().click();
  await take(page, 'artist', theme);
  await riffle.place('Home').click();
  await take(page, 'home', theme);
  await riffle.searchField.fill('lene wrner');
  await take(page, 'search', theme);
  await riffle.searchField.fill('quellgebitxq');
  await take(page, 'nothing-found', theme);
}

/** A listener's own: what they like, and a playlist of several records. */
async function libraryTour(riffle: RifflePage, theme: Theme): Promise<void> {
  const { page } = riffle;
  const name = 'Slow water';
  for (const album of ['Flussabwärts', 'Vatnið', 'Slow Ferry', 'Low Water Mark']) {
    await riffle.place('Albums').click();
    await riffle.openAlbum(album);
    // The record's own comes before that of a track of the same name.
    await riffle.main
      .getByRole('button', { name: `Like ${album}`, exact: true })
      .first()
      .click();
    await riffle.main.getByRole('button', { name: 'More', exact: true }).click();
    await riffle.addToPlaylist(name, album === 'Flussabwärts' ? 'new' : 'there');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await riffle.place(name).click();
  await riffle.heading(name).waitFor();
  // What was done is said for some seconds, above the rows.
  await page.getByRole('button', { name: 'Undo' }).first().waitFor({ state: 'hidden' });
  await take(page, 'playlist', theme);
  await riffle.place('Liked albums').click();
  await take(page, 'liked-albums', theme);
  await page.goto(new URL('/now-playing', page.url()).href);
  await take(page, 'now-playing', theme);
  await page.goto(new URL('/', page.url()).href);
}

async function keep(riffle: RifflePage, albums: readonly string[]): Promise<void> {
  for (const album of albums) {
    await riffle.place('Albums').click();
    await riffle.openAlbum(album);
    await riffle.main.getByRole('button', { name: 'Keep offline' }).click();
    await riffle.main.getByRole('button', { name: 'Kept offline' }).waitFor();
  }
}

/** What is there without a network: the service has been stopped. */
async function tunnel(riffle: RifflePage, theme: Theme): Promise<void> {
  const { page } = riffle;
  // The app finds out by asking for something.
  await riffle.place('Genres').click();
  await page.getByRole('button', { name: /^Status: No service/ }).waitFor();
  await riffle.visit('/settings/storage');
  await page.getByRole('button', { name: /^Status: No service/ }).click();
  await take(page, 'offline-storage', theme);
  await page.keyboard.press('Escape');
  await riffle.place('On this computer').click();
  await take(page, 'on-this-computer', theme);
  await riffle.searchField.fill('kiesbet');
  await take(page, 'offline-search', theme);
  await riffle.place('Albums').click();
  await riffle.openAlbum('Vatnið');
  await take(page, 'offline-album', theme);
}

await mkdir(images, { recursive: true });
buildIfStale(root);
const { folder, remove } = await withFolder();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
});
const store = { location: join(folder, 'store') };
await publish(join(root, 'assets/demo-library'), store);
catalogCommand(store, ['ads', 'publish', join(root, 'assets/demo-ads')]);
const empty = { location: join(folder, 'empty') };
await createFolderStore({ root: empty.location }).check('write');
for (const theme of THEMES) {
  const service = await startService(store, join(folder, 'index'));
  const app = await startWebShell(service.url, join(folder, `app-${theme}`));
  const riffle = await openApp(browser, theme, app);
  await tour(riffle, theme);
  await riffle.searchField.fill('');
  await libraryTour(riffle, theme);
  await keep(riffle, ['Flussabwärts']);
  await service.stop();
  await tunnel(riffle, theme);
  await app.stop();

  const bare = await startService(empty, join(folder, 'empty-index'));
  const first = await startWebShell(bare.url, join(folder, `first-${theme}`));
  await take((await openApp(browser, theme, first)).page, 'empty', theme);
  await first.stop();
  await bare.stop();

  const guarded = await startService(store, join(folder, 'index'), 0, { extra: SIGN_IN });
  const free = await startWebShell(guarded.url, join(folder, `free-${theme}`));
  await signInTour(await openPage(browser, theme, free), theme);
  await free.stop();
  await guarded.stop();
}
await browser.close();
await remove();
