/** A service with sign-in of its own, behind a network that can be told to misbehave, and an app that has never been started. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { binFrequencyHz, buildToneLibrary, type ToneTrack } from '../../builders/tone-library.ts';
import { tapSound } from '../../browser/sound-tap.ts';
import { startBetween, type Between } from './between.ts';
import { RifflePage } from './riffle-page.ts';
import {
  catalogCommand,
  portOf,
  publish,
  startService,
  startWebShell,
  withFolder,
  WITH_SHIFTED_CLOCK,
  type Running,
  type StoreAddress,
} from './stack.ts';

/** Prime bins, as the tones of the library. */
export const AD_TONES_HZ = { first: binFrequencyHz(17), second: binFrequencyHz(23) } as const;

export interface SignInWorld {
  readonly store: StoreAddress;
  readonly tones: readonly ToneTrack[];
  readonly between: Between;
  app: Running;
  service: Running;
  /** The page as somebody sees it who opens the app. */
  open(page: Page): Promise<void>;
  /** The app is closed and opened again, over the same data. */
  restart(page: Page): Promise<void>;
  accounts(...args: readonly string[]): void;
  end(): Promise<void>;
}

export interface WorldOptions {
  readonly seconds?: number;
  /** Of `riffle-catalog serve`, beside those for signing in. */
  readonly serve?: readonly string[];
  /** The service's clock is off by so much. */
  readonly serviceClockOffMs?: number;
  readonly ads?: boolean;
  readonly publish?: readonly string[];
}

const TONES = [
  {
    artist: 'Änne Sinus',
    album: 'Grundtöne',
    tracks: [
      { title: 'Erster Ton', frequencyHz: binFrequencyHz(31) },
      { title: 'Zweiter Ton', frequencyHz: binFrequencyHz(53) },
      { title: 'Dritter Ton', frequencyHz: binFrequencyHz(71) },
      { title: 'Vierter Ton', frequencyHz: binFrequencyHz(89) },
    ],
    coverColour: '#2a7f62',
  },
] as const;

async function publishAds(folder: string, store: StoreAddress): Promise<void> {
  const spots = join(folder, 'ads');
  const tones = await buildToneLibrary(
    spots,
    [
      {
        artist: 'Ads',
        album: 'Spots',
        tracks: [
          { title: 'Hafenfest', frequencyHz: AD_TONES_HZ.first },
          { title: 'Markthalle', frequencyHz: AD_TONES_HZ.second },
        ],
        coverColour: '#555555',
      },
    ],
    { seconds: 6 },
  );
  await mkdir(spots, { recursive: true });
  const document = {
    spots: tones.map(({ title, path }) => ({
      audio: path,
      picture: 'Ads/Spots/cover.png',
      sender: title,
      title,
      link: { url: `https://${title.toLowerCase()}.example/`, label: `${title.toLowerCase()}.example` },
      weight: 1,
      from: '2026-01-01',
      until: '2099-12-31',
      avoidGenres: [],
    })),
  };
  await writeFile(join(spots, 'ads.json'), JSON.stringify(document));
  catalogCommand(store, ['ads', 'publish', spots]);
}

export async function openWorld(options: WorldOptions = {}): Promise<SignInWorld> {
  const { folder, remove } = await withFolder();
  const store = { location: join(folder, 'store') };
  const tones = await buildToneLibrary(join(folder, 'library'), TONES, { seconds: options.seconds ?? 6 });
  await publish(join(folder, 'library'), store, options.publish ?? ['--no-analysis']);
  if (options.ads === true) await publishAds(folder, store);
  const between = await startBetween();
  const before = process.env['RIFFLE_CLOCK_OFFSET_MS'];
  if (options.serviceClockOffMs !== undefined)
    process.env['RIFFLE_CLOCK_OFFSET_MS'] = String(options.serviceClockOffMs);
  const service = await startService(store, join(folder, 'index'), 0, {
    node: options.serviceClockOffMs === undefined ? [] : WITH_SHIFTED_CLOCK,
    extra: [
      '--sign-in',
      'own',
      '--demo-listeners',
      '--name',
      'Steinbruch Records',
      '--public-url',
      between.url,
      ...(options.serve ?? []),
    ],
  });
  if (before === undefined) delete process.env['RIFFLE_CLOCK_OFFSET_MS'];
  between.leadTo(service.url);
  const startApp = (port = 0): Promise<Running> =>
    startWebShell(between.url, join(folder, 'app'), port, WITH_SHIFTED_CLOCK);
  const world: SignInWorld = {
    store,
    tones,
    between,
    service,
    app: await startApp(),
    async open(page) {
      await tapSound(page);
      await page.goto(world.app.url);
    },
    async restart(page) {
      const port = portOf(world.app.url);
      await world.app.stop();
      world.app = await startApp(port);
      await page.goto(world.app.url);
    },
    accounts: (...args) => void catalogCommand(store, ['accounts', ...args], 'correct horse battery\n'),
    async end() {
      await world.app.stop();
      await world.service.stop();
      await between.close();
      await remove();
    },
  };
  return world;
}

/** Through the welcome page and the sign-in page in another tab, as one of the demo's listeners. */
export async function signInAs(page: Page, who: 'Free listener' | 'Premium listener'): Promise<RifflePage> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with your browser' }).click();
  const browser = await opened;
  await browser.getByRole('button', { name: who }).click();
  await expect(browser.getByText(/you are signed in/i)).toBeVisible();
  await browser.close();
  const riffle = new RifflePage(page);
  await expect(riffle.main.getByRole('heading').first()).toBeVisible();
  return riffle;
}
