/** Stories of the train tunnel: the service is really stopped, the app really started anew. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { amplitudesOf } from '../browser/hear.ts';
import { beginRecording, recordSound, recordUntil, type Recording } from '../browser/sound-recorder.ts';
import { buildToneLibrary, TONE_ALBUMS, type ToneTrack } from '../builders/tone-library.ts';
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { portOf, publish, startService, startWebShell, withFolder, type Running } from './support/stack.ts';

// The recorder is a worklet out of a blob.
test.use({ bypassCSP: true });

/** Long enough to be heard for certain, short enough to hear an album to its end. */
const SECONDS = 4;

/** Tracks are over before a busy computer looks for them: what sounded, until it was silent for a second. */
const untilSilence = (page: Page): Promise<Recording> =>
  recordUntil(page, ({ silentFrames, rateHz }) => rateHz > 0 && silentFrames > rateHz, 60_000);
/** In tenths of a second of a recording: from where on a tone sounds, and for how long. */
const soundingOf = (recording: Recording, frequencyHz: number) => {
  const isHeard = amplitudesOf(recording, frequencyHz, 100).map((level) => level > 0.05);
  return { from: isHeard.indexOf(true), tenths: isHeard.filter(Boolean).length };
};

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
    await page.getByRole('button', { name: 'Try now' }).click({ timeout: 2_000 });
    await expect(status).toContainText('Online', { timeout: 2_000 });
  }).toPass();
  await page.keyboard.press('Escape');
}

test('an album that is kept plays to its end without a network, browses and is found', async ({ page }) => {
  test.setTimeout(180_000);
  const tunnel = await openTunnel();
  try {
    await recordSound(page);
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
    const shown = await Promise.all(kept.map(({ title }) => riffle.awaitTitle(title)));
    await beginRecording(page);
    await riffle.main.getByRole('button', { name: 'Play', exact: true }).click();
    for (const isShown of shown) await isShown();
    const recording = await untilSilence(page);
    const sounding = kept.map(({ frequencyHz }) => soundingOf(recording, frequencyHz));
    expect(sounding.map(({ from }) => from)).toEqual(
      sounding.map(({ from }) => from).toSorted((left, right) => left - right),
    );
    for (const { tenths } of sounding) expect(tenths).toBeGreaterThanOrEqual(SECONDS * 10 - 2);

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
    await recordSound(page);
    let riffle = await tunnel.open(page);
    const [first, second, , fourth] = tunnel.tones.filter(({ album }) => album === 'Pure Tones');
    if (first === undefined || second === undefined || fourth === undefined) throw new Error('four tones');
    // Nothing is fetched ahead and nothing comes by itself, so that only what was played is here.
    for (const [place, name] of [
      ['storage', 'Fetch what comes next ahead'],
      ['playback', 'Go on by itself'],
    ] as const) {
      await riffle.visit(`/settings/${place}`);
      // A page that is left takes with it what it was about to say.
      const changed = page.waitForResponse(/\/host\/settings\.change$/);
      await page.getByRole('switch', { name }).click();
      await changed;
    }
    await riffle.visit('/');
    await riffle.openAlbum('Pure Tones');
    await riffle.playTrack(fourth.title);
    const begun = await recordUntil(page, ({ frames, rateHz }) => rateHz > 0 && frames > rateHz, 15_000);
    expect(soundingOf(begun, fourth.frequencyHz).tenths).toBeGreaterThan(0);
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
    const isShown = await riffle.awaitTitle(fourth.title);
    await beginRecording(page);
    await riffle.main.getByRole('button', { name: 'Play', exact: true }).click();
    await isShown();
    const recording = await untilSilence(page);
    // Where the app was closed before its end, it goes on from there.
    expect(soundingOf(recording, fourth.frequencyHz).tenths).toBeGreaterThan(0);
    for (const { frequencyHz } of [first, second]) expect(soundingOf(recording, frequencyHz).tenths).toBe(0);

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
