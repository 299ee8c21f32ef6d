import type { Track } from '../../contract/catalog-http.ts';
import type { FetchFailure, PinSource } from '../../contract/offline.ts';
import { estimatedBytes } from '../../core/offline/fetch-rate.ts';
import { inOrder } from '../../core/offline/pin-order.ts';
import type { Holding } from '../track-cache/cache-contract.ts';
import type { PinHeading } from './pin-contents.ts';

/**
 * How one pinned track stands.
 *
 * waiting ─ its turn ─▶ fetching ─ whole ─▶ kept ─ gone from the disk ─▶ waiting
 *    ▲ ▲──── cut ──────────┘└─ gave up ─▶ failed ─ try again ─▶ waiting
 */
export type TrackStanding =
  /** `isResting`: a try has just failed, the next is not due yet. */
  | { readonly state: 'waiting'; readonly failedTries: number; readonly isResting: boolean }
  | { readonly state: 'fetching'; readonly failedTries: number }
  | { readonly state: 'kept' }
  | { readonly state: 'failed'; readonly failure: FetchFailure };

export const WAITING: TrackStanding = { state: 'waiting', failedTries: 0, isResting: false };

export interface PinnedTrack {
  readonly trackId: string;
  readonly standing: TrackStanding;
  readonly presentBytes: number;
  /** Null until it is known. */
  readonly totalBytes: number | null;
}

export interface Tally {
  readonly waiting: number;
  readonly fetching: number;
  readonly kept: number;
  readonly failed: number;
  /** On the disk. */
  readonly bytes: number;
  readonly remainingBytes: number;
}

export interface PinEntry {
  readonly key: string;
  readonly source: PinSource;
  readonly heading: PinHeading;
  readonly addedAt: string;
  readonly trackIds: readonly string[];
  readonly isPaused: boolean;
  /** No longer in the catalog, by its last answer. */
  readonly isSourceGone: boolean;
  readonly tally: Tally;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
type Pin = Writable<PinEntry> & { tally: Writable<Tally> };
type Entry = Writable<PinnedTrack> & { estimate: number; fileBytes: number; readonly pins: Set<Pin> };

export interface PinTable {
  /** In order. */
  pins(): readonly PinEntry[];
  pin(key: string): PinEntry | undefined;
  track(trackId: string): PinnedTrack | undefined;
  trackIds(): Iterable<string>;
  /** Of all tracks, each counted once. */
  total(): Tally;
  firstFailure(pin: PinEntry): FetchFailure | null;
  /** The first of the first pin that is not paused, does not rest, and is not left out. */
  nextWaiting(isLeftOut: (trackId: string) => boolean): PinnedTrack | null;
  /** Whether a pin that is not paused has it. */
  isWanted(trackId: string): boolean;

  /** Adds a pin at the end, or gives one that is there other contents. */
  put(
    pin: Pick<PinEntry, 'key' | 'source' | 'heading' | 'addedAt'>,
    tracks: readonly Track[],
    holding: (trackId: string) => Holding | null,
  ): void;
  remove(key: string): void;
  arrange(order: readonly string[]): void;
  setPaused(key: string, isPaused: boolean): void;
  setSourceGone(key: string, isGone: boolean): void;
  /** Without a holding the sizes stay as they are known. */
  setTrack(trackId: string, standing: TrackStanding, holding?: Holding | null): void;
}

const emptyTally = (): Writable<Tally> => ({
  waiting: 0,
  fetching: 0,
  kept: 0,
  failed: 0,
  bytes: 0,
  remainingBytes: 0,
});

const remainingOf = ({ standing, presentBytes, totalBytes, estimate }: Entry): number =>
  standing.state === 'kept' || standing.state === 'failed'
    ? 0
    : Math.max(0, (totalBytes ?? estimate) - presentBytes);

const count = (tally: Writable<Tally>, entry: Entry, sign: 1 | -1): void => {
  tally[entry.standing.state] += sign;
  tally.bytes += sign * entry.fileBytes;
  tally.remainingBytes += sign * remainingOf(entry);
};

/** Pins and their tracks in memory. Each change of a track is counted where it happens, so that reading costs the pins alone. */
export const createPinTable = (): PinTable => {
  const pins = new Map<string, Pin>();
  const entries = new Map<string, Entry>();
  const total = emptyTally();
  let order: readonly string[] = [];

  const pinsInOrder = (): readonly Pin[] =>
    order.map((key) => pins.get(key)).filter((pin) => pin !== undefined);

  const note = (entry: Entry, holding: Holding | null): void => {
    entry.presentBytes = holding?.presentBytes ?? 0;
    entry.totalBytes = holding?.totalBytes ?? entry.totalBytes;
    entry.fileBytes = holding?.fileBytes ?? 0;
  };

  const changing = (entry: Entry, change: () => void): void => {
    for (const pin of entry.pins) count(pin.tally, entry, -1);
    count(total, entry, -1);
    change();
    for (const pin of entry.pins) count(pin.tally, entry, 1);
    count(total, entry, 1);
  };

  const enter = (track: Track, holding: Holding | null): Entry => {
    const estimate = estimatedBytes(track.format.bitrateBps, track.durationMs);
    const known = entries.get(track.id);
    if (known !== undefined) {
      changing(known, () => {
        known.estimate = estimate;
      });
      return known;
    }
    const entry: Entry = {
      trackId: track.id,
      standing: holding?.isWhole === true ? { state: 'kept' } : WAITING,
      presentBytes: 0,
      totalBytes: null,
      fileBytes: 0,
      estimate,
      pins: new Set(),
    };
    note(entry, holding);
    entries.set(track.id, entry);
    count(total, entry, 1);
    return entry;
  };

  const leave = (pin: Pin, trackId: string): void => {
    const entry = entries.get(trackId);
    if (entry === undefined) return;
    entry.pins.delete(pin);
    count(pin.tally, entry, -1);
    if (entry.pins.size > 0) return;
    count(total, entry, -1);
    entries.delete(trackId);
  };

  return {
    pins: pinsInOrder,
    pin: (key) => pins.get(key),
    track: (trackId) => entries.get(trackId),
    trackIds: () => entries.keys(),
    total: () => total,

    firstFailure(pin) {
      if (pin.tally.failed === 0) return null;
      for (const trackId of pin.trackIds) {
        const standing = entries.get(trackId)?.standing;
        if (standing?.state === 'failed') return standing.failure;
      }
      return null;
    },

    nextWaiting(isLeftOut) {
      for (const pin of pinsInOrder()) {
        if (pin.isPaused || pin.tally.waiting === 0) continue;
        for (const trackId of pin.trackIds) {
          const entry = entries.get(trackId);
          if (entry?.standing.state !== 'waiting' || entry.standing.isResting) continue;
          if (!isLeftOut(trackId)) return entry;
        }
      }
      return null;
    },

    isWanted: (trackId) => Array.from(entries.get(trackId)?.pins ?? []).some((pin) => !pin.isPaused),

    put({ key, source, heading, addedAt }, tracks, holding) {
      let pin = pins.get(key);
      if (pin === undefined) {
        pin = {
          key,
          source,
          heading,
          addedAt,
          trackIds: [],
          isPaused: false,
          isSourceGone: false,
          tally: emptyTally(),
        };
        pins.set(key, pin);
        order = [...order, key];
      }
      const before = new Set(pin.trackIds);
      pin.heading = heading;
      pin.addedAt = addedAt;
      pin.isSourceGone = false;
      pin.trackIds = tracks.map(({ id }) => id);
      for (const track of tracks) {
        const entry = enter(track, entries.has(track.id) ? null : holding(track.id));
        if (!before.delete(track.id)) {
          entry.pins.add(pin);
          count(pin.tally, entry, 1);
        }
      }
      for (const trackId of before) leave(pin, trackId);
    },

    remove(key) {
      const pin = pins.get(key);
      if (pin === undefined) return;
      for (const trackId of pin.trackIds) leave(pin, trackId);
      pins.delete(key);
      order = order.filter((other) => other !== key);
    },

    arrange(wanted) {
      order = inOrder(order, wanted);
    },

    setPaused(key, isPaused) {
      const pin = pins.get(key);
      if (pin !== undefined) pin.isPaused = isPaused;
    },

    setSourceGone(key, isGone) {
      const pin = pins.get(key);
      if (pin !== undefined) pin.isSourceGone = isGone;
    },

    setTrack(trackId, standing, holding) {
      const entry = entries.get(trackId);
      if (entry === undefined) return;
      changing(entry, () => {
        entry.standing = standing;
        if (holding !== undefined) note(entry, holding);
      });
    },
  };
};
