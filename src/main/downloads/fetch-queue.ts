import { HostFailure } from '../../contract/host-error.ts';
import type { HostStatus } from '../../contract/host-api.ts';
import { FETCH_FAILURES, type FetchFailure } from '../../contract/offline.ts';
import type { Obstacle } from '../../core/offline/pin-state.ts';
import type { Clock, Log } from '../ports.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';
import { createMeteredWatch } from './metered-watch.ts';
import { createRateMeter } from './rate-meter.ts';
import { WAITING, type PinTable, type PinnedTrack } from './pin-table.ts';

export type FetchObstacle = Obstacle<FetchFailure>;

export interface FetchQueue {
  /** Nothing is fetched before this. */
  start(): void;
  /** Starts what can be started, and stops what nobody wants any more. To be called after every change of pins. */
  update(): void;
  setPaused(isPaused: boolean): void;
  /** Why nothing is fetched, whatever is pinned; null when nothing is in the way. */
  obstacle(): FetchObstacle | null;
  /** These are tried again if they failed, and whatever stopped the queue is tried anew. */
  retry(trackIds: Iterable<string>): void;
  /** There may be room again: what failed for want of it is tried again. */
  roomChanged(): void;
  /** To be called when the service's status says reachable. */
  serviceReached(): void;
  /** Another network, or another wish about metered ones. */
  networkChanged(): void;
  bytesPerSecond(): number | null;
  /** Resolves when nothing is being fetched any more; only after `closing`. */
  settled(): Promise<void>;
}

const PARALLEL_FETCHES = 2;
const TRIES_FOR_MEDIA = 3;
const FIRST_MEDIA_RETRY_MS = 2_000;
const FIRST_NETWORK_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;

type NetworkCause = 'offline' | 'service_unreachable';
const backoffMs = (firstMs: number, failures: number): number =>
  Math.min(LONGEST_RETRY_MS, firstMs * 4 ** (failures - 1));

const isFetchFailure = (code: string): code is FetchFailure => FETCH_FAILURES.some((known) => known === code);
const isForWantOfRoom = (failure: FetchFailure): boolean =>
  failure === 'limit_reached' || failure === 'storage_failed';

/**
 * Fetches what is pinned and not here, in the order of the pins, two tracks at a time; the cache itself puts them behind whatever
 * plays. A network that is gone is no track's failure: everything waits and goes on. A full disk or limit stops the queue until
 * there may be room or somebody asks.
 */
export const createFetchQueue = (options: {
  readonly table: PinTable;
  readonly cache: Pick<TrackCache, 'keep' | 'holding'>;
  readonly service: () => HostStatus['service'];
  /** Whether the listener may keep music at all. */
  readonly isAllowed: () => boolean;
  readonly isMetered: () => Promise<boolean | null>;
  readonly mayUseMetered: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
  readonly onChange: () => void;
}): FetchQueue => {
  const { table, cache, service, isAllowed, isMetered, mayUseMetered, clock, log, closing, onChange } =
    options;
  const running = new Map<string, AbortController>();
  const fetches = new Set<Promise<void>>();
  const meter = createRateMeter({ table, cache, clock, closing, running: () => running.keys(), onChange });
  const metered = createMeteredWatch({
    ask: isMetered,
    clock,
    log,
    closing,
    onAnswer: (isAnother) => {
      if (isAnother) onChange();
      update();
    },
  });
  const isHeldByMeter = (): boolean => metered.isMetered() && !mayUseMetered();
  let isStarted = false;
  let isPaused = false;
  let halted: FetchFailure | null = null;
  let cut: { readonly cause: NetworkCause; readonly withService: boolean } | null = null;
  let cuts = 0;

  const after = (delayMs: number, action: () => void): void => {
    clock.wait(delayMs, closing).then(action, (error: unknown) => {
      if (!closing.aborted) log.error('wait failed', { error });
    });
  };

  const obstacle = (): FetchObstacle | null => {
    if (isPaused) return { kind: 'paused' };
    if (!isAllowed()) return { kind: 'failed', failure: 'premium_required' };
    if (halted !== null) return { kind: 'failed', failure: halted };
    const state = service();
    if (state.state === 'unreachable') return { kind: 'waiting', cause: state.cause };
    if (cut !== null) return { kind: 'waiting', cause: cut.cause };
    if (isHeldByMeter()) return { kind: 'waiting', cause: 'metered' };
    return null;
  };

  const networkFailed = (cause: NetworkCause): void => {
    if (cut !== null) return;
    const thisCut = { cause, withService: service().state === 'unreachable' };
    cut = thisCut;
    cuts += 1;
    after(backoffMs(FIRST_NETWORK_RETRY_MS, cuts), () => {
      if (cut !== thisCut) return;
      cut = null;
      onChange();
      update();
    });
  };

  const failed = (track: PinnedTrack, failedTries: number, error: unknown, isOurs: boolean): void => {
    const { trackId } = track;
    const holding = cache.holding(trackId);
    const code = error instanceof HostFailure ? error.code : 'internal';
    if (isOurs || closing.aborted) {
      table.setTrack(trackId, WAITING, holding);
      return;
    }
    if (code === 'offline' || code === 'service_unreachable') {
      table.setTrack(trackId, { state: 'waiting', failedTries, isResting: false }, holding);
      networkFailed(code);
      return;
    }
    if (isFetchFailure(code) && code !== 'media_unavailable') {
      log.warn('kept track could not be fetched', { trackId, code });
      table.setTrack(trackId, { state: 'failed', failure: code }, holding);
      if (isForWantOfRoom(code)) halted = code;
      return;
    }
    const tries = failedTries + 1;
    log.warn('kept track could not be fetched', { trackId, code, tries, error });
    if (tries >= TRIES_FOR_MEDIA) {
      table.setTrack(trackId, { state: 'failed', failure: 'media_unavailable' }, holding);
      return;
    }
    const resting = { state: 'waiting', failedTries: tries, isResting: true } as const;
    table.setTrack(trackId, resting, holding);
    after(backoffMs(FIRST_MEDIA_RETRY_MS, tries), () => {
      if (table.track(trackId)?.standing !== resting) return;
      table.setTrack(trackId, { ...resting, isResting: false });
      update();
    });
  };

  const fetchTrack = async (track: PinnedTrack): Promise<void> => {
    const { trackId, standing } = track;
    const failedTries = standing.state === 'waiting' ? standing.failedTries : 0;
    const stop = new AbortController();
    running.set(trackId, stop);
    table.setTrack(trackId, { state: 'fetching', failedTries }, cache.holding(trackId));
    meter.started(trackId);
    let failure: { readonly error: unknown } | null = null;
    try {
      await cache.keep(trackId, AbortSignal.any([stop.signal, closing]));
      cuts = 0;
    } catch (error) {
      failure = { error };
    }
    running.delete(trackId);
    meter.ended(trackId);
    // Unpinned meanwhile, or unpinned and pinned again: then it is another's turn.
    if (table.track(trackId) === track) {
      const holding = cache.holding(trackId);
      if (failure === null || holding?.isWhole === true) table.setTrack(trackId, { state: 'kept' }, holding);
      else failed(track, failedTries, failure.error, stop.signal.aborted);
    }
    onChange();
    update();
  };

  /** What it holds back asks nobody: somebody has to. */
  const watchMeter = (): void => {
    const { waiting, fetching } = table.total();
    if (!isHeldByMeter() || waiting + fetching === 0) return;
    metered.askLater();
    metered.isFresh();
  };

  const update = (): void => {
    if (!isStarted || closing.aborted) return;
    watchMeter();
    const inTheWay = obstacle();
    const isHeldBack = inTheWay !== null && (inTheWay.kind === 'paused' || inTheWay.kind === 'waiting');
    const mustStop = isHeldBack && (inTheWay.kind === 'paused' || inTheWay.cause === 'metered');
    for (const [trackId, stop] of running) {
      if (mustStop || !table.isWanted(trackId)) stop.abort();
    }
    while (running.size < PARALLEL_FETCHES && obstacle() === null) {
      const track = table.nextWaiting((trackId) => running.has(trackId));
      if (track === null || (!mayUseMetered() && !metered.isFresh())) return;
      const fetching = fetchTrack(track).finally(() => fetches.delete(fetching));
      fetches.add(fetching);
    }
  };

  const tryAgain = (trackIds: Iterable<string>, isMeant: (failure: FetchFailure) => boolean): void => {
    for (const trackId of trackIds) {
      const standing = table.track(trackId)?.standing;
      if (standing?.state === 'failed' && isMeant(standing.failure)) table.setTrack(trackId, WAITING);
    }
  };

  return {
    obstacle,
    update,
    bytesPerSecond: meter.bytesPerSecond,
    start() {
      isStarted = true;
      update();
    },
    setPaused(wanted) {
      isPaused = wanted;
      update();
    },
    retry(trackIds) {
      halted = null;
      cut = null;
      tryAgain(trackIds, () => true);
      onChange();
      update();
    },
    roomChanged() {
      if (halted === null && table.total().failed === 0) return;
      halted = null;
      tryAgain(table.trackIds(), isForWantOfRoom);
      onChange();
      update();
    },
    serviceReached() {
      if (cut?.withService === true) cut = null;
      update();
    },
    networkChanged() {
      cut = null;
      cuts = 0;
      if (isStarted && !mayUseMetered() && table.total().waiting + running.size > 0) metered.askNow();
      update();
    },
    async settled() {
      await Promise.all(fetches);
      await metered.settled();
    },
  };
};
