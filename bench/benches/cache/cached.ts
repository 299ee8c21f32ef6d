/** Press play → sound and seek → sound of what is on the disk, the app and a bare element in turns. */
import type { Lane } from '../../measuring/lane.ts';
import { albumOf } from '../../measuring/music.ts';
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
} from '../../measuring/players.ts';
import { beginMeter } from '../../measuring/sound-meter.ts';

const WARM_UPS = 2;
const LOUD = 0.1;
const PLAYED_BEFORE_SEEK_MS = 300;

export interface CachedTimes {
  readonly app: readonly number[];
  readonly bare: readonly number[];
  readonly appSeeks: readonly number[];
  readonly bareSeeks: readonly number[];
}

/** Brings every track of an album onto the disk, as if each had been played. */
const fill = async (lane: Lane, trackIds: readonly string[]): Promise<void> => {
  const entrance = await fetch(lane.shell.url, { redirect: 'manual' });
  const cookie = entrance.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  for (const id of trackIds) {
    const response = await fetch(new URL(`/tracks/${id}`, lane.shell.url), { headers: { cookie } });
    if (!response.ok) throw new Error(`track ${id} could not be had: ${response.status}`);
    await response.arrayBuffer();
  }
};

const shareOf = (turn: number): number => 0.2 + ((turn * 37) % 75) / 100;

/**
 * The bare element plays from a second app, at the address that app's own player would use. `seeks`: of every track that was
 * pressed, how often to jump in it.
 */
export const pressCached = async (
  appLane: Lane,
  bareLane: Lane,
  album: string,
  options: { readonly tries: number; readonly seeks: boolean },
): Promise<CachedTimes> => {
  const { tries, seeks } = options;
  const { id: albumId, tracks } = await albumOf(appLane.service.url, album);
  const trackIds = tracks.map(({ id }) => id);
  await Promise.all([fill(appLane, trackIds), fill(bareLane, trackIds)]);
  const app = await appLane.openPage();
  const bare = await bareLane.openPage();
  await openAlbum(app, appLane.shell.url, albumId);
  await openBare(bare, bareLane.shell.url);
  const times = {
    app: new Array<number>(),
    bare: new Array<number>(),
    appSeeks: new Array<number>(),
    bareSeeks: new Array<number>(),
  };
  const enough = ({ soundMs }: { readonly soundMs: number }): boolean => soundMs > PLAYED_BEFORE_SEEK_MS;
  for (let turn = tries + WARM_UPS - 1; turn >= 0; turn -= 1) {
    const index = turn % trackIds.length;
    const counts = turn < tries;
    const sides = [
      async () => {
        await app.bringToFront();
        const ms = await pressRow(app, index);
        if (counts) times.app.push(ms);
        if (seeks) {
          await beginMeter(app);
          await listenUntil(app, enough, 5_000);
          const seekMs = await seekApp(app, shareOf(turn), LOUD);
          if (counts) times.appSeeks.push(seekMs);
        }
        await pauseApp(app);
      },
      async () => {
        await bare.bringToFront();
        const ms = await pressBare(bare, { address: `/tracks/${trackIds[index]}` });
        if (counts) times.bare.push(ms);
        if (seeks) {
          await beginMeter(bare);
          await listenUntil(bare, enough, 5_000);
          const seekMs = await seekBare(bare, shareOf(turn), LOUD);
          if (counts) times.bareSeeks.push(seekMs);
        }
        await pauseBare(bare);
      },
    ];
    for (const side of turn % 2 === 0 ? sides : sides.toReversed()) await side();
  }
  await Promise.all([app.close(), bare.close()]);
  return times;
};
