/** A folder of very many small tracks: how long a start takes to know them, and making room among them. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { timed } from '../../measuring/statistics.ts';
import { createCacheMaker, idOf, type Music } from './cache-in-process.ts';

const TRACK_BYTES = 20_000;
const AT_ONCE = 8;
const NO_LIMITS = { cachedBytes: 1e15, pinnedBytes: null };

/** Another sound for each id. */
const smallTrack: Music = (trackId) => {
  const bytes = Buffer.alloc(TRACK_BYTES, trackId);
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
};

export interface EntriesFigures {
  readonly entries: number;
  readonly fillMs: number;
  /** From opening to knowing what is here. */
  readonly startMs: number;
  /** Behind that: every file looked at, and whether it is as it was known. */
  readonly scanMs: number;
  /** The same when the index was lost and every note must be read. */
  readonly rebuildMs: number;
  /** Longest time in which nothing else could run, at each of those starts and while making room. */
  readonly startBlockedMs: number;
  readonly scanBlockedMs: number;
  readonly rebuildBlockedMs: number;
  readonly evicted: number;
  readonly evictMs: number;
  readonly evictBlockedMs: number;
  /** Fetching one more into the full cache, evicting for it. */
  readonly oneMoreMs: number;
}

/** The longest that the event loop was held up while `work` ran. */
const watched = async <Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly ms: number; readonly blockedMs: number }> => {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  // It sees a hold-up from one of its own ticks to the next, so there must be one before and one after.
  await delay(5);
  const { value, ms } = await timed(work);
  await delay(5);
  delays.disable();
  return { value, ms, blockedMs: delays.max / 1e6 };
};

const removeIndex = async (folder: string): Promise<void> => {
  const audio = join(folder, 'audio');
  for (const key of await readdir(audio)) {
    const names = (await readdir(join(audio, key))).filter((name) => name.startsWith('index.sqlite'));
    for (const name of names) await rm(join(audio, key, name));
  }
};

export const measureEntries = async (folder: string, entries: number): Promise<EntriesFigures> => {
  const open = createCacheMaker({ folder, music: smallTrack });
  const never = new AbortController().signal;
  const openReady = async () => {
    const cache = await open(NO_LIMITS);
    await cache.ready;
    return cache;
  };

  const filling = await openReady();
  const fill = await timed(async () => {
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < entries) {
        next += 1;
        await filling.keep(idOf(next), never);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
  await filling.close();

  const start = await watched(openReady);
  const known = start.value.wholeTracks().length;
  // Closing waits for what goes on in the folder.
  const scan = await watched(() => start.value.close());
  if (known !== entries) throw new Error(`${known} of ${entries} were known after a start`);

  await removeIndex(folder);
  const rebuild = await watched(openReady);
  const cache = rebuild.value;
  const found = cache.wholeTracks().length;
  if (found !== entries) throw new Error(`${found} of ${entries} were known without the index`);

  const halfBytes = cache.totals('cached').bytes / 2;
  const evict = await watched(() => cache.setLimits({ cachedBytes: halfBytes, pinnedBytes: null }));
  const left = cache.totals('cached');
  if (left.bytes > halfBytes) throw new Error('the limit was not honoured');
  await cache.setLimits({ cachedBytes: left.bytes, pinnedBytes: null });
  const oneMore = await timed(() => cache.keep(idOf(entries + 1), never));
  await cache.close();

  return {
    entries,
    fillMs: fill.ms,
    startMs: start.ms,
    startBlockedMs: start.blockedMs,
    scanMs: scan.ms,
    scanBlockedMs: scan.blockedMs,
    rebuildMs: rebuild.ms,
    rebuildBlockedMs: rebuild.blockedMs,
    evicted: entries - left.tracks,
    evictMs: evict.ms,
    evictBlockedMs: evict.blockedMs,
    oneMoreMs: oneMore.ms,
  };
};
