import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { HostFailure } from '../../contract/host-error.ts';
import type { Clock, Log, SecretStore } from '../ports.ts';
import { createAddressBook, isAudioOf, type ResolveMedia } from './address-book.ts';
import { claimKeyFolder, destroyAudioKey, openAudioKey, sweepLostKeys } from './audio-key.ts';
import { openAudioStore, type AudioStore } from './audio-store.ts';
import type { CacheLimits, HoldingsChange, TrackCache, TrackLookup } from './cache-contract.ts';
import { createFileChoice } from './choose-file.ts';
import { EdgeFailure, toHostFailure } from './edge-failure.ts';
import { createEdge, type AudioFile } from './edge.ts';
import { isExpected, NOTHING_EXPECTED, type Expectation } from './expectation.ts';
import { createFetches } from './fetches.ts';
import { createHoldings } from './holdings.ts';
import { createLine } from './line.ts';
import { createPrefetch } from './prefetch.ts';
import type { QualityWishes } from './quality-wish.ts';
import { createReader } from './reader.ts';
import { createReadings } from './readings.ts';
import { createRetryBudget } from './retry-budget.ts';
import { createRoom } from './room.ts';
import { startedStream } from './started-stream.ts';

export interface TrackCacheOptions {
  /** Audio lies in `<folder>/audio`. */
  readonly folder: string;
  /** Whose audio it is; another account has another key. */
  readonly account: string;
  /** Tells profiles apart that share a cache folder. */
  readonly dataFolder: string;
  readonly limits: CacheLimits;
  readonly secrets: SecretStore;
  readonly resolve: ResolveMedia;
  readonly network?: {
    /** Whether the service is known not to answer. */
    readonly isGone: () => boolean;
    /** Finds out why an edge that cannot be reached is not; null when it is the edge alone. */
    readonly whyGone: () => Promise<'offline' | 'service_unreachable' | null>;
  };
  readonly lookUp: TrackLookup;
  /** Which quality to ask for; left out: the best there is for the listener. */
  readonly wishes?: QualityWishes;
  /** So much came over one connection within so long. */
  readonly onTransfer?: (bytes: number, elapsedMs: number) => void;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** Totals, failure or free space may have changed. */
  readonly onChange: () => void;
  readonly stallMs?: number;
  /** By which silence of the edge is measured; by default the system's. */
  readonly stallClock?: Pick<Clock, 'wait'>;
  /** Left free on the disk whatever the limits say; by default half a gigabyte, or a tenth of a small disk. */
  readonly reserveBytes?: number;
}

/** What a listener waits for before they ask for more than a look: some ten seconds of good music. */
const WARM_BYTES = 256 * 1024;

/**
 * Wires the parts: store (what lies on the disk), room (what may), fetches (what comes in), reader (what goes out). See
 * `TrackCache` for what it promises.
 */
export const createTrackCache = async (options: TrackCacheOptions): Promise<TrackCache> => {
  const { account, secrets, clock, log, onChange } = options;
  const closing = new AbortController();
  const listeners = new Set<(change: HoldingsChange) => void>();
  let folder = options.folder;
  let limits = options.limits;
  let pinned: ReadonlySet<string> = new Set();
  let expectation: Expectation = NOTHING_EXPECTED;
  let isPrefetchOn = true;

  const tell = (change: HoldingsChange): void => {
    for (const listener of listeners) listener(change);
    if (change.arrived.length > 0) void files.dropSuperseded();
    onChange();
  };
  const audioFolder = (): string => join(folder, 'audio');

  const sweepLost = (): Promise<void> =>
    sweepLostKeys({ folder: audioFolder(), dataFolder: options.dataFolder, secrets, log });
  const openStore = async (): Promise<AudioStore | null> => {
    try {
      const key = await openAudioKey(secrets, account);
      const owner = { account, dataFolder: options.dataFolder };
      await claimKeyFolder(join(audioFolder(), key.id), owner).catch((error: unknown) => {
        log.warn('audio folder not claimed', { error });
      });
      void sweepLost();
      return openAudioStore({
        folder: audioFolder(),
        key,
        lookUp: options.lookUp,
        clock,
        log,
        onChange: tell,
      });
    } catch (error) {
      log.error('no key for the audio cache, playing past it', { error });
      return null;
    }
  };
  const holdings = createHoldings(await openStore(), () => options.wishes?.keeping().quality ?? null);

  const addresses = createAddressBook({ resolve: options.resolve, clock });
  const edge = createEdge({
    addresses,
    fetch: options.fetch,
    clock,
    onTransfer: options.onTransfer,
    ...(options.stallMs === undefined ? {} : { stallMs: options.stallMs }),
    ...(options.stallClock === undefined ? {} : { stallClock: options.stallClock }),
  });
  const source = {
    edge,
    clock,
    retries: createRetryBudget(() => clock.now()),
    isNetworkGone: () => options.network?.isGone() === true,
  };
  const readings = createReadings();
  const line = createLine();

  const room = createRoom({
    folder: audioFolder,
    store: holdings.store,
    limits: () => limits,
    isPinned: ({ trackIds }) => trackIds.some((trackId) => pinned.has(trackId)),
    isInUse: (entry) =>
      readings.isRead(entry.sha256) ||
      fetches.isRunning(entry.sha256) ||
      isExpected(expectation, entry.trackIds),
    reserveBytes: options.reserveBytes,
    log,
  });
  const fetches = createFetches({
    store: holdings.store,
    source,
    line,
    room,
    log,
    onChange,
    expectation: () => expectation,
    isFetchedAhead: () => isPrefetchOn,
  });
  const reader = createReader({ store: holdings.store, fetches, source });

  /** Of what was kept before the service said it. */
  const learnHowItPlays = async (file: AudioFile): Promise<void> => {
    const address = await addresses.ofFile(file);
    if (address?.sha256 === file.sha256 && address.audio !== undefined)
      await holdings.store().noteFacts({ ...file, audio: address.audio });
  };

  /** By track, what it does not play any more. It goes when nobody reads it: what has begun is heard to its end. */
  const outdated = new Map<string, string>();
  const dropOutdated = async (): Promise<void> => {
    for (const [trackId, sha256] of outdated) {
      if (closing.signal.aborted || readings.isRead(sha256)) continue;
      outdated.delete(trackId);
      files.forget(trackId);
      await holdings.store().forgetTrack(trackId, sha256);
    }
  };

  /** Once a run, behind the music: whether the track still plays what is kept of it. */
  const comparedThisRun = new Set<string>();
  const compareWithCatalog = async (file: AudioFile): Promise<void> => {
    if (comparedThisRun.has(file.trackId)) return;
    comparedThisRun.add(file.trackId);
    try {
      const address = await addresses.get(file.trackId);
      // Another quality of the same recording is as good as it was.
      if (!isAudioOf(address, file.sha256)) {
        outdated.set(file.trackId, file.sha256);
        // Whoever was given this file has begun to read it by then.
        await turn();
        await dropOutdated();
      } else if (file.audio === undefined) await learnHowItPlays(file);
    } catch (error) {
      // No service now: what is kept plays on, and the next time it is asked again.
      comparedThisRun.delete(file.trackId);
      log.info('kept audio not compared with the catalog', { trackId: file.trackId, error });
    }
  };

  const files = createFileChoice({
    store: holdings.store,
    addresses,
    wishes: options.wishes,
    isInUse: (trackId, sha256) =>
      expectation.current === trackId || readings.isRead(sha256) || fetches.isRunning(sha256),
    isPinned: (trackId) => pinned.has(trackId),
    isNetworkGone: source.isNetworkGone,
    onPlaysFromDisk: (file) => void compareWithCatalog(file),
    onDiskFailed: (error) => fetches.diskFailed(error),
    log,
  });

  /** A connection that failed may be the edge's fault or everybody's: only the former speaks against the track. */
  const explained = async (error: unknown): Promise<HostFailure> => {
    const failure = toHostFailure(error);
    const isCut = failure.cause instanceof EdgeFailure && failure.cause.kind === 'interrupted';
    if (!isCut || closing.signal.aborted) return failure;
    const code = (await options.network?.whyGone()) ?? null;
    return code === null ? failure : new HostFailure(code, failure.message, { cause: error });
  };

  /** Whole on the disk, at the given priority; rejects with a `HostFailure`. */
  const makeWhole = async (
    trackId: string,
    priority: 'next' | 'pinned',
    caller: AbortSignal,
  ): Promise<AudioFile> => {
    const signal = AbortSignal.any([caller, closing.signal]);
    const file = await files.choose(trackId, priority === 'pinned' ? 'keep' : 'play');
    await fetches.makeWhole(file, { priority, enoughBytes: null }, signal);
    // It may have come in for another track that plays the same recording.
    await holdings.store().addTrack(file.sha256, trackId);
    return file;
  };

  const prefetch = createPrefetch({
    fetchWhole: async (trackId, signal) => void (await makeWhole(trackId, 'next', signal)),
    clock,
    log,
  });

  /** Nothing is written while `work` runs. */
  const standStill = async (work: () => Promise<void>): Promise<void> => {
    await fetches.hold();
    try {
      await work();
    } finally {
      fetches.letGo();
      prefetch.follow(NOTHING_EXPECTED);
      prefetch.follow(expectation);
      onChange();
    }
  };
  const removeUnread = async (sha256s: readonly string[]): Promise<void> => {
    for (const sha256 of sha256s) {
      if (!readings.isRead(sha256) && !fetches.isRunning(sha256)) await holdings.store().remove(sha256);
    }
  };

  const begin = async (): Promise<void> => {
    await holdings.store().ready;
    // Nothing is removed yet: what is pinned is not known before somebody has said it.
    onChange();
  };
  void begin().catch((error: unknown) => fetches.diskFailed(error));

  return {
    ready: holdings.store().ready,
    describe: (trackId) => files.choose(trackId, 'play'),
    async read(file, range, caller) {
      const leaving = new AbortController();
      const signal = AbortSignal.any([
        leaving.signal,
        closing.signal,
        ...(caller === undefined ? [] : [caller]),
      ]);
      const bytes = reader.bytesOf(file, range, signal);
      const leave = readings.enter(file.sha256, () => bytes.return());
      try {
        return await startedStream(bytes, range.last + 1 - range.first, {
          abort: () => leaving.abort(),
          ended() {
            leave();
            dropOutdated().catch((error: unknown) => fetches.diskFailed(error));
          },
        });
      } catch (error) {
        files.forget(file.trackId);
        throw await explained(error);
      }
    },

    expect(current, upcoming) {
      expectation = { current, upcoming };
      fetches.reconsider();
      line.reconsider();
      prefetch.follow(expectation);
      void files.dropSuperseded();
    },
    setPrefetch(on) {
      isPrefetchOn = on;
      prefetch.setOn(on);
      fetches.reconsider();
    },
    async warm(trackId) {
      if (!line.isIdle() || holdings.store().entryOf(trackId) !== null) return;
      try {
        const file = await files.choose(trackId, 'play');
        await fetches.makeWhole(file, { priority: 'next', enoughBytes: WARM_BYTES }, closing.signal);
      } catch (error) {
        log.info('not warmed', { trackId, error });
      }
    },

    turnBehindMusic: (signal) => line.enter(() => 'update', signal),
    keep: (trackId, signal) => makeWhole(trackId, 'pinned', signal),
    setPinned(trackIds) {
      const before = pinned;
      pinned = new Set(trackIds);
      for (const trackId of before) {
        const entry = pinned.has(trackId) ? null : holdings.store().entryOf(trackId);
        if (entry !== null) holdings.store().age(entry.sha256);
      }
      // At the start the limits may be others than last time, and how much is free is not known yet.
      room.enforce().then(onChange, (error: unknown) => fetches.diskFailed(error));
      onChange();
    },
    holding: (trackId) => holdings.holding(trackId, fetches),
    wholeTracks: () => holdings.wholeTracks(),
    noted: (trackId) => holdings.store().noted(trackId),

    totals: (which) => room.totals(which),
    failure: () => (holdings.hasKey() ? fetches.failure() : 'key'),
    freeBytes: () => room.freeBytes(),
    limits: () => limits,
    async setLimits(next) {
      limits = next;
      await room.enforce();
      onChange();
    },

    async clearCached() {
      await holdings.store().ready;
      const entries = Array.from(holdings.store().entries());
      const cached = entries.filter(({ trackIds }) => !trackIds.some((trackId) => pinned.has(trackId)));
      await removeUnread(cached.map(({ sha256 }) => sha256));
      onChange();
    },
    async remove(trackIds) {
      const store = holdings.store();
      await store.ready;
      const entries = trackIds.map((trackId) => store.entryOf(trackId)).filter((entry) => entry !== null);
      await removeUnread(Array.from(new Set(entries.map(({ sha256 }) => sha256))));
      onChange();
    },
    eraseAll: () =>
      standStill(async () => {
        const gone = holdings.wholeTracks();
        // Nothing is fetched ahead again until the listener plays on.
        expectation = NOTHING_EXPECTED;
        await destroyAudioKey(secrets, account);
        await readings.stopAll();
        await holdings.store().close();
        await sweepLost();
        holdings.replace(await openStore());
        await holdings.store().ready;
        tell({ arrived: [], gone });
      }),
    relocate: (work) =>
      standStill(async () => {
        await holdings.store().close();
        try {
          folder = await work();
        } finally {
          holdings.replace(await openStore());
          await holdings.store().ready;
        }
      }),

    onHoldingsChanged(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async close() {
      closing.abort(new HostFailure('cancelled', 'the host closes'));
      await prefetch.close();
      await Promise.all([fetches.close(), readings.stopAll()]);
      await holdings.store().close();
    },
  };
};
