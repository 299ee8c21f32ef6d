/** A track from its first second to its last over a good link: what is asked of the edge, and what goes to the disk. */
import { listenUntil, openAlbum, pressRow } from '../../measuring/players.ts';
import type { Lane } from '../../measuring/lane.ts';
import { albumOf } from '../../measuring/music.ts';
import { bytesWrittenBy } from '../../measuring/process-writes.ts';

/** After the end: position and history are saved, the index is put to rest. */
const SETTLED_AFTER_MS = 5_000;

export interface FullPlay {
  /** For the audio itself, at the edge. */
  readonly mediaRequests: number;
  readonly ranges: readonly (string | null)[];
  /** For an address of it, at the service. */
  readonly addressRequests: number;
  readonly audioBytes: number;
  /** By the app's process; null where the system does not say. */
  readonly writtenBytes: number | null;
  readonly heardMs: number;
}

/** A page that was opened is filed a moment later: that is browsing, not playing. */
const RESTED_MS = 3_000;
const LONGEST_UNREST_MS = 60_000;

const writtenAtRest = async (pid: number): Promise<number | null> => {
  const deadlineMs = performance.now() + LONGEST_UNREST_MS;
  for (let before = await bytesWrittenBy(pid); ;) {
    await new Promise((resolve) => setTimeout(resolve, RESTED_MS));
    const now = await bytesWrittenBy(pid);
    if (now === before || performance.now() > deadlineMs) return now;
    before = now;
  }
};

/** Of the first track of an album; alone there, so that nothing is fetched ahead. */
export const playInFull = async (lane: Lane, album: string, trackMs: number): Promise<FullPlay> => {
  const { id, tracks } = await albumOf(lane.service.url, album);
  const [track] = tracks;
  if (track === undefined) throw new Error(`${album} is empty`);
  await openAlbum(lane.page, lane.shell.url, id);
  const before = await writtenAtRest(lane.shell.pid);
  await pressRow(lane.page, 0);
  const reading = await listenUntil(
    lane.page,
    ({ silentMs }) => silentMs > SETTLED_AFTER_MS,
    trackMs * 1.2 + 20_000,
  );
  const after = await bytesWrittenBy(lane.shell.pid);
  const media = lane.link.requests().filter(({ path }) => path.startsWith(track.path));
  return {
    mediaRequests: media.length,
    ranges: media.map(({ range }) => range),
    addressRequests: lane.link.requests().filter(({ path }) => path === `/v1/tracks/${track.id}/media`)
      .length,
    audioBytes: track.bytes,
    writtenBytes: before === null || after === null ? null : after - before,
    heardMs: reading.soundMs,
  };
};
