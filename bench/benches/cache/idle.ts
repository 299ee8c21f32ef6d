/** An app that is open, has played and is paused: what it writes while nobody touches it. */
import { setTimeout as delay } from 'node:timers/promises';
import { listenUntil, openAlbum, pauseApp, pressRow } from '../../measuring/players.ts';
import type { Lane } from '../../measuring/lane.ts';
import { albumOf } from '../../measuring/music.ts';
import { bytesWrittenBy } from '../../measuring/process-writes.ts';

const SETTLING_MS = 8_000;

/** Bytes over so long; null where the system does not say. */
export const writesWhileIdle = async (lane: Lane, album: string, idleMs: number): Promise<number | null> => {
  const { id } = await albumOf(lane.service.url, album);
  await openAlbum(lane.page, lane.shell.url, id);
  await pressRow(lane.page, 0);
  await listenUntil(lane.page, ({ soundMs }) => soundMs > 2_000, 20_000);
  await pauseApp(lane.page);
  // What the pause itself is followed by: position and queue are saved a little later.
  await delay(SETTLING_MS);
  const before = await bytesWrittenBy(lane.shell.pid);
  await delay(idleMs);
  const after = await bytesWrittenBy(lane.shell.pid);
  return before === null || after === null ? null : after - before;
};
