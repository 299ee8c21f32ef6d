import { HostFailure } from '../../contract/host-error.ts';
import type { Log } from '../ports.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import type { AudioStore } from './audio-store.ts';
import { EdgeFailure, toHostFailure } from './edge-failure.ts';
import type { AudioFile } from './edge.ts';
import { isExpected, type Expectation } from './expectation.ts';
import type { Line, Priority } from './line.ts';
import type { ByteSource } from './resumed-bytes.ts';
import type { Room } from './room.ts';
import { startFetch, type TrackFetch, type Want } from './track-fetch.ts';

export interface Fetches {
  /**
   * The one fetch of a file, begun if need be; `whole` when it is on the disk by now; null when it cannot be kept: too large, no
   * room, no writable disk.
   */
  of(file: AudioFile): Promise<TrackFetch | 'whole' | null>;
  running(sha256: string): TrackFetch | null;
  isRunning(sha256: string): boolean;
  /** Resolves when the file, or as much of it as is wanted, is on the disk; rejects with a `HostFailure`. */
  makeWhole(file: AudioFile, want: Want, signal: AbortSignal): Promise<void>;
  /** What plays has changed. */
  reconsider(): void;
  /** What was read is not what was written: removed, and fetched again when it is next wanted. */
  damaged(file: AudioFile, error: unknown): Promise<void>;
  diskFailed(error: unknown): void;
  /** The system's code while the disk does not let the cache be written. */
  failure(): string | null;
  /** Puts everything down; from then on nothing begins, until `letGo`. */
  hold(): Promise<void>;
  letGo(): void;
  close(): Promise<void>;
}

/** After the disk failed, playback goes past it for this long before it is tried again. */
const DISK_PAUSE_MS = 60_000;
/** How often a fetch that was stopped under somebody who wants it is begun again. */
const MOST_BEGINNINGS = 4;

/** Everything that is being fetched: one fetch a file, however many want it. */
export const createFetches = (options: {
  readonly store: () => AudioStore;
  readonly source: ByteSource;
  readonly line: Line;
  readonly room: Room;
  readonly log: Log;
  readonly onChange: () => void;
  readonly expectation: () => Expectation;
  /** Whether what comes next is fetched before it plays. */
  readonly isFetchedAhead: () => boolean;
}): Fetches => {
  const { store, source, line, room, log, onChange, expectation, isFetchedAhead } = options;
  const clock = source.clock;
  const running = new Map<string, TrackFetch>();
  const starting = new Map<string, Promise<TrackFetch | 'whole' | null>>();
  const open = new Set<TrackFetch>();
  let failure: string | null = null;
  let failedAtMs: number | null = null;
  let isHeld = false;

  const diskFailed = (error: unknown): void => {
    failedAtMs = clock.now();
    failure = systemErrorCode(error) ?? 'unknown';
    log.warn('audio cache cannot be written, playing past it', { failure });
    onChange();
  };

  /** A clock that was set back must not make a minute last a year. */
  const isPaused = (): boolean => {
    if (failedAtMs === null) return false;
    const sinceMs = clock.now() - failedAtMs;
    return sinceMs >= 0 && sinceMs < DISK_PAUSE_MS;
  };

  const readingPriority = (trackId: string) => (): Priority => {
    const { current } = expectation();
    return current === null || current === trackId ? 'playing' : 'next';
  };

  /** What was only warmed, or is fetched ahead no more, is put down; so is what is neither heard nor next. */
  const goesOnAlone = (trackId: string, wasRead: boolean): boolean => {
    const now = expectation();
    // Somebody who reads without saying what plays gets what was begun.
    if (now.current === null) return wasRead;
    return now.current === trackId || (isFetchedAhead() && isExpected(now, [trackId]));
  };

  const finish = async (fetch: TrackFetch): Promise<void> => {
    const { sha256, trackId } = fetch.file;
    await fetch.settled;
    running.delete(sha256);
    room.release(sha256);
    const state = fetch.state();
    if (state.kind === 'whole' && store().entry(sha256)?.isWhole === true) failure = null;
    if (state.kind === 'failed') {
      const cause = toHostFailure(state.cause);
      if (cause.code === 'storage_failed') diskFailed(cause);
      else log.warn('audio not fetched', { trackId, cause });
    }
    onChange();
    await fetch.ended;
    open.delete(fetch);
  };

  const begin = async (file: AudioFile): Promise<TrackFetch | 'whole' | null> => {
    if (store().entry(file.sha256)?.isWhole === true) return 'whole';
    if (isHeld || isPaused()) return null;
    try {
      if ((await room.take(file)) !== 'fits') return null;
      const arrival = await store().openArrival(file);
      const fetch = startFetch({
        arrival,
        store: store(),
        source,
        line,
        readingPriority: readingPriority(file.trackId),
        goesOnAlone: (wasRead) => !isHeld && goesOnAlone(file.trackId, wasRead),
        onKeepFailed: diskFailed,
      });
      running.set(file.sha256, fetch);
      open.add(fetch);
      // Whoever asked for it may have gone meanwhile, without a word to it.
      setImmediate(() => fetch.reconsider());
      void finish(fetch);
      return fetch;
    } catch (error) {
      room.release(file.sha256);
      diskFailed(error);
      return null;
    }
  };

  const of = (file: AudioFile): Promise<TrackFetch | 'whole' | null> => {
    const now = running.get(file.sha256);
    const isOfUse = now?.state().kind === 'fetching' || now?.state().kind === 'whole';
    if (now !== undefined && isOfUse) return Promise.resolve(now);
    const already = starting.get(file.sha256);
    if (already !== undefined) return already;
    const started = (async () => {
      await now?.settled;
      return begin(file);
    })().finally(() => starting.delete(file.sha256));
    starting.set(file.sha256, started);
    return started;
  };

  /** Why a file that is wanted on the disk cannot be begun. */
  const whyNot = async (file: AudioFile): Promise<HostFailure> => {
    const answer = isHeld ? 'held' : await room.take(file);
    room.release(file.sha256);
    if (answer === 'held') return new HostFailure('cancelled', 'the cache is being moved');
    if (answer === 'limit_reached')
      return new HostFailure('limit_reached', 'it does not fit under the limit');
    return new HostFailure('storage_failed', failure ?? 'the disk is full');
  };

  /** Whether beginning anew is worth it: the object has changed, or for once something came that it cannot be. */
  const isMended = (cause: unknown, beginning: number): boolean => {
    if (!(cause instanceof EdgeFailure)) return false;
    return cause.kind === 'changed' ? beginning < MOST_BEGINNINGS : cause.kind === 'wrong' && beginning === 1;
  };

  const makeWhole = async (file: AudioFile, want: Want, signal: AbortSignal): Promise<void> => {
    const cancelled = (): HostFailure => new HostFailure('cancelled', 'no longer wanted');
    const isHere = (): boolean => store().entry(file.sha256)?.isWhole === true;
    for (let beginning = 1; !isHere(); beginning += 1) {
      if (signal.aborted) throw cancelled();
      const fetch = await of(file);
      if (fetch === 'whole') continue;
      if (fetch === null) throw await whyNot(file);
      const leave = fetch.want(want);
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve(), { once: true });
      await Promise.race([fetch.settled, aborted.promise]);
      leave();
      if (signal.aborted) throw cancelled();
      const state = fetch.state();
      if (state.kind === 'failed' && !isMended(state.cause, beginning)) throw toHostFailure(state.cause);
      if (state.kind === 'whole' && !isHere()) throw new HostFailure('storage_failed', failure ?? 'not kept');
      if (state.kind === 'stopped') {
        if (want.enoughBytes !== null) return;
        if (beginning >= MOST_BEGINNINGS) throw cancelled();
      }
    }
  };

  return {
    of,
    running: (sha256) => running.get(sha256) ?? null,
    isRunning: (sha256) => running.has(sha256) || starting.has(sha256),
    makeWhole,
    reconsider() {
      for (const fetch of running.values()) fetch.reconsider();
    },
    async damaged({ sha256 }, error) {
      log.warn('damaged audio removed', { sha256, error });
      await store()
        .remove(sha256)
        .catch((cause: unknown) => diskFailed(storageFailure('cannot remove damaged audio', cause)));
    },
    diskFailed,
    failure: () => failure,
    async hold() {
      isHeld = true;
      await Promise.all(starting.values());
      for (const fetch of running.values()) fetch.stop();
      await Promise.all(Array.from(running.values(), (fetch) => fetch.settled));
    },
    letGo() {
      isHeld = false;
    },
    async close() {
      isHeld = true;
      await Promise.all(starting.values());
      for (const fetch of running.values()) fetch.stop();
      await Promise.all(Array.from(open, (fetch) => fetch.ended));
    },
  };
};
