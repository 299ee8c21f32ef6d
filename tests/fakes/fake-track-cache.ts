import { HostFailure, type HostErrorCode } from '../../src/contract/host-error.ts';
import type { AudioFile } from '../../src/main/track-cache/edge.ts';
import type { Holding, HoldingsChange, TrackCache } from '../../src/main/track-cache/cache-contract.ts';

type KeptPart = Pick<TrackCache, 'keep' | 'setPinned' | 'holding' | 'remove' | 'onHoldingsChanged' | 'ready'>;

export interface FakeTrackCache extends KeptPart {
  /** Every `keep` that was asked for, in order. */
  readonly asked: readonly string[];
  readonly pinned: () => readonly string[];
  /** The most that were ever fetched at once. */
  readonly mostAtOnce: () => number;
  readonly isFetching: () => readonly string[];
  /** From now on fetches stop before each quarter of a track until `release`. */
  hold(): void;
  /** Lets every fetch that waits now go on by one quarter. */
  step(): void;
  release(): void;
  /** From now on a fetch that is cancelled takes its time to end: until the function that this gives is called. */
  linger(): () => void;
  /** The next `times` fetches of a track fail. */
  fail(trackId: string, code: HostErrorCode, times?: number): void;
  /** All fetches fail, as without a network or with a full disk; null ends it. */
  failAll(code: HostErrorCode | null): void;
  setPinnedLimit(bytes: number | null): void;
  /** Becomes whole because it was played. */
  play(trackId: string): void;
  /** Goes from the disk by itself: broken, or its folder wiped. */
  lose(trackIds: readonly string[]): void;
  whole(): readonly string[];
}

const PARTS = 4;
/** As the container around the audio has it. */
const EXTRA_BYTES = 64;

/** A track cache that behaves as its contract says and holds sizes instead of sound. It outlives those who use it, as a disk does. */
export const createFakeTrackCache = (options: {
  readonly bytesOf: (trackId: string) => number;
  readonly ready?: Promise<void>;
}): FakeTrackCache => {
  const { bytesOf, ready = Promise.resolve() } = options;
  const present = new Map<string, number>();
  const fetching = new Set<string>();
  const failures = new Map<string, { readonly code: HostErrorCode; times: number }>();
  const listeners = new Set<(change: HoldingsChange) => void>();
  const asked: string[] = [];
  let pinned = new Set<string>();
  let limitBytes: number | null = null;
  let failure: HostErrorCode | null = null;
  let mostAtOnce = 0;
  let isHeld = false;
  let ending: Promise<void> = Promise.resolve();
  let waiting: (() => void)[] = [];

  const tell = (change: HoldingsChange): void => {
    for (const listener of listeners) listener(change);
  };
  const isWhole = (trackId: string): boolean => present.get(trackId) === bytesOf(trackId);
  const go = (): void => {
    const released = waiting;
    waiting = [];
    for (const next of released) next();
  };
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancel = (): void => reject(new HostFailure('cancelled', 'no longer wanted'));
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel, { once: true });
      if (isHeld) waiting.push(resolve);
      else setImmediate(resolve);
    });

  const failIfToldTo = (trackId: string): void => {
    if (failure !== null) throw new HostFailure(failure, 'told to fail');
    const planned = failures.get(trackId);
    if (planned === undefined || planned.times === 0) return;
    planned.times -= 1;
    throw new HostFailure(planned.code, 'told to fail');
  };
  const failOverLimit = (trackId: string): void => {
    if (limitBytes === null) return;
    const bytes = [...pinned].filter(isWhole).reduce((sum, id) => sum + bytesOf(id), bytesOf(trackId));
    if (bytes > limitBytes) throw new HostFailure('limit_reached', 'does not fit');
  };

  const fetchParts = async (trackId: string, signal: AbortSignal): Promise<void> => {
    await turn(signal);
    failIfToldTo(trackId);
    failOverLimit(trackId);
    while (!isWhole(trackId)) {
      await turn(signal);
      if (failure !== null) throw new HostFailure(failure, 'told to fail');
      const total = bytesOf(trackId);
      present.set(trackId, Math.min(total, (present.get(trackId) ?? 0) + Math.ceil(total / PARTS)));
    }
  };

  return {
    ready,
    asked,
    pinned: () => [...pinned],
    mostAtOnce: () => mostAtOnce,
    isFetching: () => [...fetching],

    async keep(trackId, signal) {
      asked.push(trackId);
      if (fetching.has(trackId)) throw new HostFailure('internal', `${trackId} is fetched twice at once`);
      const file: AudioFile = {
        trackId,
        bytes: bytesOf(trackId),
        contentType: 'audio/flac',
        sha256: trackId.padEnd(64, '0'),
      };
      if (isWhole(trackId)) return file;
      fetching.add(trackId);
      mostAtOnce = Math.max(mostAtOnce, fetching.size);
      try {
        await fetchParts(trackId, signal);
      } catch (error) {
        if (signal.aborted) await ending;
        throw error;
      } finally {
        fetching.delete(trackId);
      }
      tell({ arrived: [trackId], gone: [] });
      return file;
    },
    setPinned(trackIds) {
      pinned = new Set(trackIds);
    },
    holding(trackId): Holding | null {
      const presentBytes = present.get(trackId) ?? 0;
      const isArriving = fetching.has(trackId);
      if (presentBytes === 0 && !isArriving) return null;
      return {
        trackId,
        isWhole: isWhole(trackId),
        totalBytes: bytesOf(trackId),
        presentBytes,
        fileBytes: presentBytes + EXTRA_BYTES,
        isArriving,
      };
    },
    async remove(trackIds) {
      // What is still being written stays, as what is being read does.
      const gone = trackIds.filter((trackId) => !fetching.has(trackId) && present.delete(trackId));
      tell({ arrived: [], gone });
    },
    onHoldingsChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    hold() {
      isHeld = true;
    },
    step: go,
    release() {
      isHeld = false;
      go();
    },
    linger() {
      const { promise, resolve } = Promise.withResolvers<void>();
      ending = promise;
      return resolve;
    },
    fail(trackId, code, times = Infinity) {
      failures.set(trackId, { code, times });
    },
    failAll(code) {
      failure = code;
    },
    setPinnedLimit(bytes) {
      limitBytes = bytes;
    },
    play(trackId) {
      present.set(trackId, bytesOf(trackId));
      tell({ arrived: [trackId], gone: [] });
    },
    lose(trackIds) {
      for (const trackId of trackIds) present.delete(trackId);
      tell({ arrived: [], gone: trackIds });
    },
    whole: () => [...present.keys()].filter(isWhole),
  };
};
