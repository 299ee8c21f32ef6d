import type { HostErrorCode } from '../../contract/host-error.ts';

/** A buffered stretch of the track, in milliseconds from its start. */
export interface BufferedRange {
  readonly startMs: number;
  readonly endMs: number;
}

export interface EngineClock {
  readonly positionMs: number;
  /** Null until the engine knows; the catalog's own figure stands in meanwhile. */
  readonly durationMs: number | null;
  readonly buffered: readonly BufferedRange[];
}

/** Facts about the track that was loaded last. Nothing is ever said about an older one. */
export type EngineEvent =
  /** Sound comes out (again). */
  | { readonly kind: 'sounding' }
  /** Playing, but out of data; goes on by itself. */
  | { readonly kind: 'ranDry' }
  /**
   * Silence that nobody asked for here: `blocked`, the browser wants a gesture first; `system`, the audio device was
   * taken away. `play()` tries again.
   */
  | { readonly kind: 'silenced'; readonly cause: 'blocked' | 'system' }
  | { readonly kind: 'ended' }
  /** What was to follow is heard now, without a gap; it is the track that was loaded last from here on. */
  | { readonly kind: 'advanced'; readonly address: string }
  /** The track does not play, or no longer; it stays loaded nowhere. */
  | { readonly kind: 'failed'; readonly code: HostErrorCode }
  /** At most some four times a second, and after each seek. */
  | ({ readonly kind: 'clock' } & EngineClock);

export interface LoadOptions {
  readonly startMs: number;
  readonly autoplay: boolean;
  /** Even loudness; 0 when left out. */
  readonly gainDb?: number;
  /** Of the samples as they are: where the gain would bring it above -1 dBTP, peaks are held. Null or left out: nothing is. */
  readonly truePeakDbtp?: number | null;
}

/** What plays by itself when the current track is over. */
export interface Follower {
  readonly address: string;
  readonly gainDb: number;
  readonly truePeakDbtp?: number | null;
  /** Both tracks sound for so long, at equal power; 0 is a join without a gap. */
  readonly crossfadeMs: number;
}

/** One track sounds at a time. The port behind which there may be other engines; `player` is its only user. */
export interface AudioEngine {
  /** Replaces what is loaded; a newer load aborts the older. A preloaded address starts at once. */
  load(address: string, options: LoadOptions): void;
  /** What will most likely be loaded next; fetched when the current track no longer needs the line. */
  preload(address: string | null): void;
  /**
   * What the engine goes on with by itself, and tells by `advanced`; null: it tells `ended`. An engine that cannot do that
   * takes it as `preload` and tells `ended`. The last word before the end counts.
   */
  follow(follower: Follower | null): void;
  unload(): void;
  play(): void;
  pause(): void;
  /** The position reads as the target at once. */
  seek(positionMs: number): void;
  /** Exact now, between the ticks of the clock. */
  positionMs(): number;
  /** Linear, 0 to 1. */
  setGain(gain: number): void;
  setMuted(muted: boolean): void;
  /** Even loudness of what sounds now, changed without a click. Where it is left out, a gain holds from the next load on. */
  setTrackGain?(gainDb: number, truePeakDbtp?: number | null): void;
  /** 0.5 to 2, at the same pitch; holds for every load from then on. Left out where it cannot be done. */
  setSpeed?(speed: number): void;
  setFadeOnPause(fade: boolean): void;
  /** Gives its own unsubscribe. */
  on(listener: (event: EngineEvent) => void): () => void;
  dispose(): void;
}
