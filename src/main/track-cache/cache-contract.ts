import type { Track } from '../../contract/catalog-http.ts';
import type { ByteRange } from './byte-range.ts';
import type { AudioFile } from './edge.ts';
import type { Turn } from './line.ts';

/** How much of one track's audio is on the disk. */
export interface Holding {
  readonly trackId: string;
  /** Whole, and right by its SHA-256 when it came in. */
  readonly isWhole: boolean;
  /** Of the audio itself, without the container around it. */
  readonly totalBytes: number;
  /** What is here of it; `totalBytes` when whole. */
  readonly presentBytes: number;
  /** On the disk, container and notes included. */
  readonly fileBytes: number;
  /** Whole, but in a lower quality than what is kept on purpose is to have. */
  readonly isLess?: boolean;
  /** A download of it runs now. */
  readonly isArriving: boolean;
}

export interface CacheTotals {
  /** Whole tracks. */
  readonly tracks: number;
  /** On the disk, parts of tracks included. */
  readonly bytes: number;
}

export interface CacheLimits {
  readonly cachedBytes: number;
  /** Null: as much as the disk takes. */
  readonly pinnedBytes: number | null;
}

/** What changed on the disk, told after the fact; several changes may come as one. */
export interface HoldingsChange {
  /** Tracks that became whole, and those that are no longer here. */
  readonly arrived: readonly string[];
  readonly gone: readonly string[];
}

/**
 * The tracks on this computer: read through, fetched once, encrypted, within limits. Everything that takes a track id and
 * rejects does so with a `HostFailure`.
 */
export interface TrackCache {
  /** What a track's audio is: from the disk, else from the service. */
  describe(trackId: string): Promise<AudioFile>;
  /**
   * The bytes of a range. Resolves when the first of them is there; rejects if none can be had. The stream fails when the
   * rest cannot be had, never ends early. `reader` aborts when nobody wants the bytes any more, also before the first of them.
   */
  read(file: AudioFile, range: ByteRange, reader?: AbortSignal): Promise<ReadableStream<Uint8Array>>;

  /** What sounds or is to sound, and what comes after it, soonest first: protected, and first on the line. */
  expect(current: string | null, upcoming: readonly string[]): void;
  /** Whether upcoming tracks are fetched ahead. */
  setPrefetch(on: boolean): void;
  /** Fetches the first seconds of a track if the line is free. Never rejects. */
  warm(trackId: string): Promise<void>;

  /** A turn on the line behind everything that is music, for what is none. Rejects with the signal's reason. */
  turnBehindMusic(signal: AbortSignal): Promise<Turn>;

  /**
   * Makes a track whole on the disk, behind everything that plays. Resolves at once when it is. Rejects with `limit_reached`,
   * `storage_failed`, `not_found`, `forbidden`, `media_unavailable`, `offline`, `service_unreachable`; with `cancelled` when the
   * signal aborts. What has been fetched by then stays and is gone on from.
   */
  keep(trackId: string, signal: AbortSignal): Promise<AudioFile>;
  /**
   * Exactly these tracks are pinned from now on: never evicted, counted against the pinned limit. To be called once at the start,
   * whatever is pinned: what is over a limit from last time goes then, and not before.
   */
  setPinned(trackIds: Iterable<string>): void;
  /** Null when nothing of it is here. Answers from memory; before the first look at the disk everything is absent. */
  holding(trackId: string): Holding | null;
  /** Every track that is whole here. */
  wholeTracks(): readonly string[];
  /** What was noted of a track when its audio was kept, for when nothing else knows it any more. Never rejects. */
  noted(trackId: string): Promise<Track | null>;

  totals(which: 'cached' | 'pinned'): CacheTotals;
  /** Set while the disk cannot be written: a system error code, or `key` while there is no key. */
  failure(): string | null;
  /** Free on the disk of the folder; null when the system does not say, or before it was asked. */
  freeBytes(): number | null;
  limits(): CacheLimits;
  /** What is too much goes at once, the least recently used first; pinned music never does. */
  setLimits(limits: CacheLimits): Promise<void>;

  /** Removes what is only cached and not being read. */
  clearCached(): Promise<void>;
  /** Removes these tracks' audio, pinned or not, unless it is being read. */
  remove(trackIds: readonly string[]): Promise<void>;
  /** Destroys the key, then deletes everything, and begins anew under another key. */
  eraseAll(): Promise<void>;
  /** Stops writing, runs `work` while the folder stands still, and goes on in the folder that it gives. Reading goes on. */
  relocate(work: () => Promise<string>): Promise<void>;

  /** Gives its own unsubscribe. */
  onHoldingsChanged(listener: (change: HoldingsChange) => void): () => void;
  /** Resolves after the first look at the disk. */
  readonly ready: Promise<void>;
  /** Ends downloads and readers; nothing stays open. */
  close(): Promise<void>;
}

/** What the catalog says of a track, noted beside its audio so that the index can be made anew from the files alone. */
export type TrackLookup = (trackId: string) => Track | null;
