/** Stories of the train tunnel: the service is really stopped, the app really started anew. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildToneLibrary, TONE_ALBUMS, type ToneTrack } from '../builders/tone-library.ts';
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { portOf, publish, startService, startWebShell, withFolder, type Running } from './support/stack.ts';

/** Long enough to be heard for certain, short enough to hear an album to its end. */
const SECONDS = 4;

interface Tunnel {
  readonly tones: readonly ToneTrack[];
  readonly folder: string;
  /** The app and the service as they run now. */
  app: Running;
  service: Running;
  open(page: Page): Promise<RifflePage>;
  /** The service is gone and the app was closed and opened again, over the same data. */
  enter(page: Page): Promise<RifflePage>;
  /** The service answers again, at the same address. */
  leave(): Promise<void>;
  end(): Promise<void>;
}

async function openTunnel(): Promise<Tunnel> {
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const tones = await buildToneLibrary(join(folder, 'library'), TONE_ALBUMS, { seconds: SECONDS });
  await publish(join(folder, 'library'), store, ['--no-analysis']);
  const service = await startService(store, join(folder, 'index'));
  const port = portOf(service.url);
  const startApp = (): Promise<Running> => startWebShell(service.url, join(folder, 'app'));
  const tunnel: Tunnel = {
    tones,
    folder,
    service,
    app: await startApp(),
    open: (page) => RifflePage.open(page, tunnel.app.url),
    async enter(page) {
      await tunnel.service.stop();
      await tunnel.app.stop();
      tunnel.app = await startApp();
      return tunnel.open(page);
    },
    async leave() {
      tunnel.service = await startService(store, join(folder, 'index'), port);
    },
    async end() {
      await tunnel.app.stop();
      await tunnel.service.stop();
      await remove();
    },
  };
  return tunnel;
}

/** Asked to try at once, unless the app found out by itself before. */
async function seeItOnline(page: Page): Promise<void> {
  const status = page.getByRole('button', { name: /^Status/ });
  await expect(async () => {
    if (/Online/.test((await status.textContent()) ?? '')) return;
    if (!(await page.getByRole('button', { name: 'Try now' }).isVisible())) await status.click();
    await page.getByRole('button', { name: 'Try now' }).click({ timeout: 1_000 });
    await expect(status).toContainText('Online', { timeout: 2_000 });
  }).toPass();
  await page.keyboard.press('Escape');
}

test('an album that is kept plays to its end without a network, browses and is found', async ({ page }) => {
  test.setTimeout(180_000);
  const tunnel = await openTunnel();
  try {
    let riffle = await tunnel.open(page);
    await riffle.openAlbum('Grundtöne');
    await riffle.main.getByRole('button', { name: 'Keep offline' }).click();
    await expect(riffle.main.getByRole('button', { name: 'Kept offline' })).toBeVisible();

    riffle = await tunnel.enter(page);
    await expect(page.getByRole('button', { name: /Status: No service/ })).toBeVisible();

    // It browses.
    await riffle.place('On this computer').click();
    await riffle.openAlbum('Grundtöne');
    const kept = tunnel.tones.filter(({ album }) => album === 'Grundtöne');
    for (const { title } of kept) {
      await expect(riffle.track(title).getByLabel('Kept', { exact: true })).toBeVisible();
    }
    // It plays, every track of it, by itself, to its end.
    await riffle.main.getByRole('button', { name: 'Play', exact: true }).click();
    for (const { title, frequencyHz } of kept) {
      await expect(riffle.nowPlaying(title)).toBeVisible();
      await riffle.expectTone(frequencyHz);
    }
    await riffle.expectSilence();

    // It is found, as one types it.
    await riffle.searchField.fill('driter ton');
    await expect(riffle.main.getByRole('row').filter({ hasText: 'Dritter Ton' })).toBeVisible();
    await expect(riffle.main.getByText(/what this computer knows/)).toBeVisible();

    // And back in the light all is as before.
    await tunnel.leave();
    await seeItOnline(page);
    await expect(riffle.main.getByText(/what this computer knows/)).toBeHidden();
  } finally {
    await tunnel.end();
  }
});

test('what was played once plays again; what was not is dimmed, says why, and is not skipped through', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const tunnel = await openTunnel();
  try {
    let riffle = await tunnel.open(page);
    const [first, second, , fourth] = tunnel.tones.filter(({ album }) => album === 'Pure Tones');
    if (first === undefined || second === undefined || fourth === undefined) throw new Error('four tones');
    // Nothing is fetched ahead, so that only what was played is here.
    await riffle.visit('/settings/storage');
    await page.getByRole('switch', { name: 'Fetch what comes next ahead' }).click();
    await riffle.visit('/');
    await riffle.openAlbum('Pure Tones');
    await riffle.playTrack(fourth.title);
    await riffle.expectTone(fourth.frequencyHz);
    await expect(riffle.track(fourth.title).getByLabel('Played before')).toBeVisible();

    riffle = await tunnel.enter(page);
    await riffle.openAlbum('Pure Tones');
    await expect(riffle.track(first.title).getByLabel('Needs network')).toBeVisible();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await accessProblems(page), colorScheme).toEqual([]);
    }
    await expect(riffle.track(fourth.title).getByLabel('Played before')).toBeVisible();

    // From the top: the first that is here plays, the others wait and are not lost.
    await riffle.main.getByRole('button', { name: 'Play', exact: true }).click();
    await riffle.expectTone(fourth.frequencyHz);
    await expect(riffle.nowPlaying(fourth.title)).toBeVisible();
    await riffle.expectSilence();

    await tunnel.leave();
    await seeItOnline(page);
    await riffle.playTrack(second.title);
    await riffle.expectTone(second.frequencyHz);
  } finally {
    await tunnel.end();
  }
});

test('the next tracks are here before they are needed @long', async ({ page }) => {
  test.setTimeout(120_000);
  const tunnel = await openTunnel();
  try {
    const riffle = await tunnel.open(page);
    const [first, second, third] = tunnel.tones.filter(({ album }) => album === 'Pure Tones');
    if (first === undefined || second === undefined || third === undefined) throw new Error('three tones');
    await riffle.openAlbum('Pure Tones');
    await riffle.playTrack(first.title);
    await riffle.expectTone(first.frequencyHz);
    await expect(riffle.track(second.title).getByLabel('Played before')).toBeVisible();
    await expect(riffle.track(third.title).getByLabel('Played before')).toBeVisible();

    await tunnel.service.stop();
    await riffle.expectTone(second.frequencyHz);
    await riffle.expectTone(third.frequencyHz);
  } finally {
    await tunnel.end();
  }
});

test('the folder is moved, and everything in it still plays @long', async ({ page }) => {
  test.setTimeout(120_000);
  const tunnel = await openTunnel();
  try {
    let riffle = await tunnel.open(page);
    await riffle.openAlbum('Upper Register');
    await riffle.main.getByRole('button', { name: 'Keep offline' }).click();
    await expect(riffle.main.getByRole('button', { name: 'Kept offline' })).toBeVisible();

    const elsewhere = join(tunnel.folder, 'elsewhere');
    await mkdir(elsewhere);
    await riffle.visit('/settings/storage');
    await page.getByRole('button', { name: 'Move…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(elsewhere);
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await expect(page.getByText(join(elsewhere, 'Riffle')).first()).toBeVisible();
    await expect.poll(async () => (await readdir(join(tunnel.folder, 'app'))).includes('cache')).toBe(false);

    riffle = await tunnel.enter(page);
    await riffle.place('On this computer').click();
    await riffle.openAlbum('Upper Register');
    const north = tunnel.tones.find(({ title }) => title === 'North');
    await riffle.playTrack('North');
    await riffle.expectTone(north?.frequencyHz ?? 0);
  } finally {
    await tunnel.end();
  }
});
