import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AdSpot } from '../../contract/ads-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { Track } from '../../contract/catalog-http.ts';
import type { Origin } from '../../contract/playback-session.ts';
import type { PlaybackState } from '../../core/playback/playback-state.ts';
import { emptyQueue, type Queue, type QueueEntry } from '../../core/playback/queue.ts';
import type { SleepTimer } from '../../core/playback/sleep-timer.ts';
import type { BufferedRange } from './audio-engine.ts';

export type PlayerQueue = Queue<Track, Origin>;
export type PlayerEntry = QueueEntry<Track>;

/** What sounds in place of music. The queue's current entry is what comes after it. */
export interface AdBreakView {
  readonly breakId: string;
  readonly spots: readonly AdSpot[];
  /** Which of them is heard. */
  readonly index: number;
}

/** The spot that is heard; null outside of a break. */
export const spotHeard = (adBreak: AdBreakView | null): AdSpot | null =>
  adBreak?.spots[adBreak.index] ?? null;

export interface PlaybackSnapshot {
  readonly queue: PlayerQueue;
  readonly state: PlaybackState<HostErrorCode>;
  /** As the slider stands, 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** 0.5 to 2, as it is set. Ads are heard as they are. */
  readonly speed: number;
  /** Tracks that did not play when they were last tried, by track id. */
  readonly failed: ReadonlyMap<string, HostErrorCode>;
  readonly sleep: SleepTimer;
  /** While it is set, `state` tells of the spot that is heard. */
  readonly adBreak: AdBreakView | null;
}

/** Apart from the rest, so that what shows no time does not render with it. */
export interface Clock {
  readonly positionMs: number;
  readonly durationMs: number;
  readonly buffered: readonly BufferedRange[];
  /** Of the spot that is heard in an ad break; the track's own place stands still meanwhile. */
  readonly spotPositionMs: number;
}

export type PlaybackStore = StoreApi<PlaybackSnapshot>;
export type ClockStore = StoreApi<Clock>;

export const DEFAULT_VOLUME = 0.8;

export const createPlaybackStore = (): PlaybackStore =>
  createStore<PlaybackSnapshot>(() => ({
    queue: emptyQueue(),
    state: { kind: 'stopped' },
    volume: DEFAULT_VOLUME,
    muted: false,
    speed: 1,
    failed: new Map(),
    sleep: { kind: 'off' },
    adBreak: null,
  }));

export const createClockStore = (): ClockStore =>
  createStore<Clock>(() => ({ positionMs: 0, durationMs: 0, buffered: [], spotPositionMs: 0 }));

/** The window's own. Written by the player alone. */
export const playbackStore = createPlaybackStore();
export const clockStore = createClockStore();
