/** What a press, "Next" and a seek take where the music is here already: the app and a bare element in turns. */
import type { Page } from '@playwright/test';
import {
  listenUntil,
  openAlbum,
  openBare,
  pauseApp,
  pauseBare,
  pressBare,
  pressRow,
  seekApp,
  seekBare,
  showRow,
} from '../../measuring/players.ts';
import type { Lane } from '../../measuring/lane.ts';
import { albumOf, addressOf, type PublishedAlbum, type PublishedTrack } from '../../measuring/music.ts';
import { beginMeter } from '../../measuring/sound-meter.ts';
import { WARM_UPS, type Sides } from '../network/latency.ts';

/** The app against an element that plays the same. */
export type Pair = Pick<Sides, 'app' | 'bare'>;

const LONGEST_FETCH_MS = 20_000;
const LONGEST_WAIT_MS = 15_000;
/** Music past `quietSeconds` is far above this, music before it far below. */
const LOUD = 0.1;
const SETTLED_MS = 300;

const pairs = () => ({ app: new Array<number>(), bare: new Array<number>() });

const trackAt = ({ tracks }: PublishedAlbum, index: number): PublishedTrack => {
  const track = tracks[index];
  if (track === undefined) throw new Error(`the album ends before row ${index}`);
  return track;
};

/** An empty page of the app's own origin, let in like the app: in the app itself another audio context would come and go. */
const openBareBeside = async (page: Page, shellUrl: string): Promise<void> => {
  const empty = new URL('/bare', shellUrl).href;
  await page.goto(shellUrl);
  await page.route(empty, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await openBare(page, empty);
  // Nothing stands between the page and the host while it is measured.
  await page.unroute(empty);
};

/** Both pages with the same bytes behind them: those that the app's own host has on disk. */
const openBoth = async (lane: Lane, album: PublishedAlbum): Promise<{ app: Page; bare: Page }> => {
  const app = await lane.openPage();
  await openAlbum(app, lane.shell.url, album.id);
  const bare = await lane.openPage();
  await openBareBeside(bare, lane.shell.url);
  return { app, bare };
};

/** Reads a track to its end, as whoever has heard it did. */
const fetchWhole = (page: Page, trackId: string): Promise<void> =>
  page.evaluate(async (address) => {
    await (await fetch(address)).arrayBuffer();
  }, `/tracks/${trackId}`);

const inTurns = async (turn: number, sides: readonly (() => Promise<void>)[]): Promise<void> => {
  for (const side of turn % 2 === 0 ? sides : sides.toReversed()) await side();
};

/** Presses tracks that are whole on disk, from the last row up: none of them was prepared as the next one. */
export const pressCached = async (lane: Lane, title: string, tries: number): Promise<Pair> => {
  const album = await albumOf(lane.service.url, title);
  const { app, bare } = await openBoth(lane, album);
  const samples = pairs();
  for (let index = tries + WARM_UPS - 1; index >= 0; index -= 1) {
    const { id } = trackAt(album, index);
    await fetchWhole(bare, id);
    const counts = index < tries;
    await inTurns(index, [
      async () => {
        await app.bringToFront();
        const ms = await pressRow(app, index);
        if (counts) samples.app.push(ms);
        await pauseApp(app);
      },
      async () => {
        await bare.bringToFront();
        const ms = await pressBare(bare, { address: `/tracks/${id}` });
        if (counts) samples.bare.push(ms);
        await pauseBare(bare);
      },
    ]);
  }
  for (const page of [app, bare]) await page.close();
  return samples;
};

const pressNext = (page: Page): Promise<number> =>
  page.evaluate(async (withinMs) => {
    const button = document.querySelector<HTMLElement>('footer button[aria-label="Next"]');
    if (button === null) throw new Error('there is no "Next"');
    await window.riffleMeter.begin({});
    const heard = window.riffleMeter.firstSound(withinMs);
    const pressedAt = Date.now();
    button.click();
    return (await heard) - pressedAt;
  }, LONGEST_WAIT_MS);

/** An element that has loaded as much as it wants before it is asked to play. */
const pressPreloaded = (page: Page, address: string): Promise<number> =>
  page.evaluate(
    async ({ address, withinMs }) => {
      const element = window.riffleBare;
      const isReady = new Promise<void>((settle) =>
        element.addEventListener('canplaythrough', () => settle(), { once: true }),
      );
      element.preload = 'auto';
      element.src = address;
      element.load();
      await isReady;
      await window.riffleMeter.begin({});
      const heard = window.riffleMeter.firstSound(withinMs);
      const pressedAt = Date.now();
      void element.play();
      return (await heard) - pressedAt;
    },
    { address, withinMs: LONGEST_WAIT_MS },
  );

const untilFetched = async ({ link }: Lane, { path, bytes }: PublishedTrack): Promise<void> => {
  const deadline = performance.now() + LONGEST_FETCH_MS;
  const fetched = (): number =>
    link
      .requests()
      .filter((request) => request.path.startsWith(path))
      .reduce((sum, { answeredBytes }) => sum + answeredBytes, 0);
  while (fetched() < bytes) {
    if (performance.now() > deadline) throw new Error('the next track was not fetched ahead');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/**
 * "Next" where the app has fetched the next track ahead by itself, which nobody has heard; from silence, so that where one track
 * ends and the other begins is told apart. Against an element that was given all the time it wanted beforehand.
 */
export const nextPrefetched = async (lane: Lane, title: string, tries: number): Promise<Pair> => {
  const album = await albumOf(lane.service.url, title);
  const app = await lane.openPage();
  await openAlbum(app, lane.shell.url, album.id);
  const bare = await lane.openPage();
  await openBare(bare, `${lane.link.url}/v1/service`);
  const samples = pairs();
  await pressRow(app, 0);
  for (let index = 1; index < tries + WARM_UPS; index += 1) {
    const track = trackAt(album, index);
    const counts = index >= WARM_UPS;
    await untilFetched(lane, track);
    await app.bringToFront();
    await pauseApp(app);
    const appMs = await pressNext(app);
    await bare.bringToFront();
    const bareMs = await pressPreloaded(bare, await addressOf(lane.service.url, track.id));
    await pauseBare(bare);
    if (!counts) continue;
    samples.app.push(appMs);
    samples.bare.push(bareMs);
  }
  for (const page of [app, bare]) await page.close();
  return samples;
};

/** Somewhere in the last 40 % of the track, another place each time. */
const shareOf = (turn: number): number => 0.55 + ((turn * 37) % 40) / 100;

/** Jumps in a track that is whole on disk. */
export const seekCached = async (lane: Lane, title: string, tries: number): Promise<Pair> => {
  const album = await albumOf(lane.service.url, title);
  const { app, bare } = await openBoth(lane, album);
  const samples = pairs();
  const enough = ({ soundMs }: { readonly soundMs: number }): boolean => soundMs > SETTLED_MS;
  for (let index = tries + WARM_UPS - 1; index >= 0; index -= 1) {
    const { id } = trackAt(album, index);
    await fetchWhole(bare, id);
    const counts = index < tries;
    await inTurns(index, [
      async () => {
        await app.bringToFront();
        await showRow(app, index);
        await pressRow(app, index);
        await beginMeter(app);
        await listenUntil(app, enough, 5_000);
        const ms = await seekApp(app, shareOf(index), LOUD);
        if (counts) samples.app.push(ms);
        await pauseApp(app);
      },
      async () => {
        await bare.bringToFront();
        await pressBare(bare, { address: `/tracks/${id}` });
        await beginMeter(bare);
        await listenUntil(bare, enough, 5_000);
        const ms = await seekBare(bare, shareOf(index), LOUD);
        if (counts) samples.bare.push(ms);
        await pauseBare(bare);
      },
    ]);
  }
  for (const page of [app, bare]) await page.close();
  return samples;
};
