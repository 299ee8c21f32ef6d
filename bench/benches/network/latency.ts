/** Press play → sound and seek → sound over a good link, the app and a bare element in turns. */
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
import { beginMeter } from '../../measuring/sound-meter.ts';
import type { Lane } from '../../measuring/lane.ts';
import { addressOf, albumOf, type PublishedTrack } from '../../measuring/music.ts';

/** Presses that only warm up what is pressed later. */
export const WARM_UPS = 2;
/** Music past `quietSeconds` is far above this, music before it far below. */
const LOUD = 0.1;
/** Long enough for every side to have settled into playing, short enough that most of the track is not here yet. */
const PLAYED_BEFORE_SEEK_MS = 300;

export interface Sides {
  readonly app: readonly number[];
  /** With the address known beforehand. */
  readonly bare: readonly number[];
  /** Asking the service for the address first, as the app has to. */
  readonly asking: readonly number[];
}

const mediaAt = (lane: Lane, track: PublishedTrack): string => `${lane.link.url}/v1/tracks/${track.id}/media`;

const inTurns = async (turn: number, sides: readonly (() => Promise<void>)[]): Promise<void> => {
  const first = turn % sides.length;
  for (const side of [...sides.slice(first), ...sides.slice(0, first)]) await side();
};

/** Presses tracks that nobody has yet, from the last row up: what the app fetches ahead was pressed already. */
export const pressUncached = async (lane: Lane, album: string, tries: number): Promise<Sides> => {
  const { id, tracks } = await albumOf(lane.service.url, album);
  const app = await lane.openPage();
  await openAlbum(app, lane.shell.url, id);
  const bare = await lane.openPage();
  await openBare(bare, `${lane.link.url}/v1/service`);
  const asking = await lane.openPage();
  await openBare(asking, `${lane.link.url}/v1/service`);
  const samples = { app: new Array<number>(), bare: new Array<number>(), asking: new Array<number>() };
  for (let index = tries + WARM_UPS - 1; index >= 0; index -= 1) {
    const track = tracks[index];
    if (track === undefined) throw new Error(`the album ends before row ${index}`);
    const address = await addressOf(lane.service.url, track.id);
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
        const ms = await pressBare(bare, { address });
        if (counts) samples.bare.push(ms);
        await pauseBare(bare);
      },
      async () => {
        await asking.bringToFront();
        const ms = await pressBare(asking, { askAt: mediaAt(lane, track) });
        if (counts) samples.asking.push(ms);
        await pauseBare(asking);
      },
    ]);
  }
  for (const page of [app, bare, asking]) await page.close();
  return samples;
};

/** Somewhere in the last 40 % of the track, another place each time. */
const shareOf = (turn: number): number => 0.55 + ((turn * 37) % 40) / 100;

/** Presses a track that nobody has yet and jumps to where it has not been fetched. */
export const seekUncached = async (
  lane: Lane,
  album: string,
  tries: number,
): Promise<Pick<Sides, 'app' | 'bare'>> => {
  const { id, tracks } = await albumOf(lane.service.url, album);
  const app = await lane.openPage();
  await openAlbum(app, lane.shell.url, id);
  const bare = await lane.openPage();
  await openBare(bare, `${lane.link.url}/v1/service`);
  const samples = { app: new Array<number>(), bare: new Array<number>() };
  const enough = ({ soundMs }: { readonly soundMs: number }): boolean => soundMs > PLAYED_BEFORE_SEEK_MS;
  for (let index = tries + WARM_UPS - 1; index >= 0; index -= 1) {
    const track = tracks[index];
    if (track === undefined) throw new Error(`the album ends before row ${index}`);
    const address = await addressOf(lane.service.url, track.id);
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
        await pressBare(bare, { address });
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
