/** The link is cut in the middle of a track that is here already, as is the one after it. */
import { setTimeout as delay } from 'node:timers/promises';
import { listenUntil, openAlbum, pressRow, warmUp } from '../../measuring/players.ts';
import type { Lane } from '../../measuring/lane.ts';
import { albumOf, type PublishedTrack } from '../../measuring/music.ts';
import { judgePair, type PlayRecord } from './thin-link.ts';

const FETCHED_WITHIN_MS = 30_000;
/** Where in the first track the link is cut. */
const CUT_AT_MS = 8_000;
const HEARD_OF_SECOND_MS = 15_000;

const arrived = (lane: Lane, track: PublishedTrack): number =>
  lane.link
    .requests()
    .filter(({ path }) => path.startsWith(track.path))
    .reduce((sum, { answeredBytes }) => sum + answeredBytes, 0);

/** How the two tracks sounded, and whether the second had come in before the cut. */
export const playThroughCut = async (
  lane: Lane,
  options: {
    readonly album: string;
    readonly trackMs: number;
    readonly kind: 'silent' | 'reset';
    readonly cutMs: number;
  },
): Promise<{ readonly plays: readonly PlayRecord[]; readonly wasFetchedAhead: boolean }> => {
  const { album, trackMs, kind, cutMs } = options;
  const { id, tracks } = await albumOf(lane.service.url, album);
  const [first, second] = tracks;
  if (first === undefined || second === undefined) throw new Error('two tracks are needed');
  await openAlbum(lane.page, lane.shell.url, id);
  await warmUp(lane.page, 3);
  const startMs = await pressRow(lane.page, 0);
  const isHere = (track: PublishedTrack): boolean => arrived(lane, track) >= track.bytes;
  const deadline = performance.now() + FETCHED_WITHIN_MS;
  while (!(isHere(first) && isHere(second)) && performance.now() < deadline) await delay(50);
  const wasFetchedAhead = isHere(first) && isHere(second);
  await listenUntil(lane.page, ({ soundMs }) => soundMs >= CUT_AT_MS, FETCHED_WITHIN_MS);
  lane.link.cut(kind);
  await delay(cutMs);
  lane.link.restore();
  const reading = await listenUntil(
    lane.page,
    ({ soundMs, silentMs }) => soundMs >= trackMs + HEARD_OF_SECOND_MS || silentMs > cutMs,
    trackMs + HEARD_OF_SECOND_MS + cutMs,
  );
  return { plays: judgePair(reading, trackMs, startMs), wasFetchedAhead };
};
