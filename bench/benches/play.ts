/**
 * Press play → first sound, in a warm app against a bare media element: the same bytes, the same server, the same browser,
 * taken in turns. Cached on disk, and fetched from the service on loopback.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { buildIfStale } from '../../scripts/start/build-if-stale.ts';
import { buildToneLibrary } from '../../tests/builders/tone-library.ts';
import { publish, startService, startWebShell } from '../../tests/e2e/support/stack.ts';
import { tapFirstSound } from '../measuring/first-sound.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise } from '../measuring/statistics.ts';

const DEFAULT_TRIES = 40;
const TRACK_SECONDS = 60;
const root = join(import.meta.dirname, '../..');
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** Milliseconds from just before `press` to the first sound; the page must be silent before. */
const pressAndListen = (
  page: Page,
  press: { readonly row: number } | { readonly trackId: string },
): Promise<number> =>
  page.evaluate(async (what) => {
    const tap = window.riffleFirstSound;
    await tap.ready();
    const heard = new Promise<number>((settle, fail) => {
      tap.onSound = settle;
      setTimeout(() => fail(new Error('nothing was heard within ten seconds')), 10_000);
    });
    tap.arm();
    const pressedAt = Date.now();
    if ('row' in what) {
      const row = document.querySelector(`[role="row"][data-index="${what.row}"]`);
      row?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, button: 0 }));
    } else {
      window.riffleBare.src = `/tracks/${what.trackId}`;
      void window.riffleBare.play();
    }
    return (await heard) - pressedAt;
  }, press);

declare global {
  interface Window {
    riffleBare: HTMLAudioElement;
  }
}

/** A bare element on the same origin, in a context as warm as the app's. */
async function openBarePage(page: Page, url: string): Promise<void> {
  await tapFirstSound(page);
  await page.goto(url);
  await page.evaluate(async () => {
    document.body.replaceChildren();
    const context = new AudioContext();
    const element = new Audio();
    window.riffleBare = element;
    context.createMediaElementSource(element).connect(context.destination);
    await context.resume();
    await window.riffleFirstSound.ready();
  });
}

const silenceBare = (page: Page): Promise<void> => page.evaluate(() => window.riffleBare.pause());

async function silenceApp(page: Page): Promise<void> {
  await page
    .getByRole('contentinfo', { name: 'Player' })
    .getByRole('button', { name: 'Pause', exact: true })
    .click();
  // The fade on pause is over when the button has turned and the fade's 80 ms have gone by.
  await page
    .getByRole('contentinfo', { name: 'Player' })
    .getByRole('button', { name: 'Play', exact: true })
    .waitFor();
  await page.waitForFunction(
    (until) => performance.now() > until,
    await page.evaluate(() => performance.now() + 150),
  );
}

export const bench: Bench = {
  summary: 'press play → first sound in a warm app, against a bare <audio> in the same run',
  async run({ size, progress }) {
    const tries = size ?? DEFAULT_TRIES;
    buildIfStale(root);
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-play-'));
    const store = { location: join(folder, 'store') };
    progress(`Publishing ${tries + 2} tracks …`);
    await buildToneLibrary(
      join(folder, 'library'),
      [
        {
          artist: 'Bench',
          album: 'Press',
          tracks: Array.from({ length: tries + 2 }, (_, index) => ({
            title: `Press ${index}`,
            frequencyHz: 400 + index * 10,
          })),
        },
      ],
      { seconds: TRACK_SECONDS },
    );
    await publish(join(folder, 'library'), store, ['--no-analysis']);
    const service = await startService(store, join(folder, 'index'));
    const browser = await chromium.launch({
      ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking'],
    });
    try {
      const tracks = await albumTracks(service.url);
      const measured: Record<string, number[]> = {
        'app, cached': [],
        'bare, cached': [],
        'app, uncached': [],
        'bare, uncached': [],
      };
      for (const cached of [false, true]) {
        const kind = cached ? 'cached' : 'uncached';
        progress(`Pressing play ${tries} times each, ${kind} …`);
        // Uncached, each side has a shell and a cache of its own, so that neither warms the other's.
        const shells = await Promise.all(
          ['app', 'bare'].map((side) =>
            startWebShell(
              service.url,
              join(folder, cached ? 'shell-app' : `shell-${side}`, ...(cached ? [side] : [])),
            ),
          ),
        );
        const [appShell, bareShell] = shells;
        if (appShell === undefined || bareShell === undefined) throw new Error('a shell is missing');
        if (cached) {
          for (const shell of shells) await fillCache(shell.url, tracks);
        }
        const context = await browser.newContext({ bypassCSP: true });
        const app = await context.newPage();
        const bareContext = await browser.newContext({ bypassCSP: true });
        const bare = await bareContext.newPage();
        await tapFirstSound(app);
        await app.goto(appShell.url);
        await app.getByRole('link', { name: /Press/ }).first().click();
        await app.locator('[role="row"][data-index="0"]').click();
        await app.keyboard.press('End');
        await openBarePage(bare, bareShell.url);
        // From the last row up: the app fetches the row below ahead, which was pressed already and helps nobody.
        for (let index = tries + 1; index >= 0; index -= 1) {
          const trackId = tracks[index] ?? '';
          const sides = [
            async () => {
              await app.bringToFront();
              await app.locator(`[role="row"][data-index="${index}"]`).scrollIntoViewIfNeeded();
              const ms = await pressAndListen(app, { row: index });
              await silenceApp(app);
              return ['app', ms] as const;
            },
            async () => {
              await bare.bringToFront();
              const ms = await pressAndListen(bare, { trackId });
              await silenceBare(bare);
              return ['bare', ms] as const;
            },
          ];
          for (const side of index % 2 === 0 ? sides : sides.toReversed()) {
            const [name, ms] = await side();
            // The first two warm decoder and connection on both sides.
            if (index < tries) measured[`${name}, ${kind}`]?.push(ms);
          }
        }
        await context.close();
        await bareContext.close();
        for (const shell of shells) await shell.stop();
      }
      const summaries = Object.entries(measured).map(
        ([name, samples]) => [name, summarise(samples)] as const,
      );
      const of = (name: string) => summarise(measured[name] ?? []);
      return {
        tables: [
          {
            title: `Press play → first sample that is not silent, ${tries} tries each, milliseconds`,
            columns: ['what', 'p50', 'p95', 'max'],
            rows: summaries.map(([name, { p50, p95, max }]) => [name, p50, p95, max]),
          },
        ],
        budgets: [
          { id: 'play.cached.p95', value: of('app, cached').p95, unit: 'ms', limit: 60 },
          {
            id: 'play.cached.ratio',
            value: of('app, cached').p50 / of('bare, cached').p50,
            unit: 'x bare',
            limit: 1.15,
          },
          { id: 'play.uncached.p50', value: of('app, uncached').p50, unit: 'ms', limit: 120 },
          {
            id: 'play.uncached.ratio',
            value: of('app, uncached').p50 / of('bare, uncached').p50,
            unit: 'x bare',
            limit: 1.15,
          },
        ],
        notes: [
          'The clock is the audio thread’s, to the millisecond: what the page does once it sounds is not part of it.',
          'Without a sound card: the browser’s fake sink takes blocks of about 10 ms, so single figures are that coarse.',
          'Uncached is a service on loopback: the round trip of a real network comes on top, on both sides.',
        ],
      };
    } finally {
      await browser.close();
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function albumTracks(serviceUrl: string): Promise<readonly string[]> {
  const albums = (await (await fetch(`${serviceUrl}/v1/albums`)).json()) as { items: { id: string }[] };
  const album = (await (await fetch(`${serviceUrl}/v1/albums/${albums.items[0]?.id}`)).json()) as {
    discs: { tracks: { id: string }[] }[];
  };
  return album.discs.flatMap((disc) => disc.tracks.map((track) => track.id));
}

async function fillCache(shellUrl: string, tracks: readonly string[]): Promise<void> {
  const entrance = await fetch(shellUrl, { redirect: 'manual' });
  const cookie = entrance.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  for (const id of tracks) {
    const response = await fetch(new URL(`/tracks/${id}`, shellUrl), { headers: { cookie } });
    await response.arrayBuffer();
  }
}
