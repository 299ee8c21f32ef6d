import { assertNever } from '../../core/playback/assert-never.ts';
import {
  SLEEP_FADE_MS,
  sleepGain,
  sleepsAfterTrack,
  type SleepTimer,
} from '../../core/playback/sleep-timer.ts';
import type { PlaybackStore, PlayerQueue } from './playback-store.ts';

/** Fine enough that no step of the fade is heard. */
const FADE_STEP_MS = 50;
/** By then the engine's own fade on pause is over. */
const SILENT_AFTER_MS = 500;

export type SleepRequest =
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'endOfTrack' }
  | { readonly kind: 'endOfAlbum' };

/** What the sleep timer may do to the player. */
export interface SleepDesk {
  /** The volume times this, 0 to 1. */
  readonly dim: (share: number) => void;
  readonly pause: () => void;
  /** What follows by itself may be another than before. */
  readonly changed: () => void;
}

/** The sleep timer as the playback store shows it. It lasts through track changes, and not through a restart. */
export class SleepKeeper {
  readonly #playback: PlaybackStore;
  readonly #nowMs: () => number;
  readonly #desk: SleepDesk;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(playback: PlaybackStore, nowMs: () => number, desk: SleepDesk) {
    this.#playback = playback;
    this.#nowMs = nowMs;
    this.#desk = desk;
  }

  /** Takes the place of what was set before. The end of a track or album is of what is current now; without one nothing is set. */
  set(request: SleepRequest): void {
    const albumId = this.#playback.getState().queue.current?.track.album.id;
    switch (request.kind) {
      case 'minutes':
        this.#become({ kind: 'at', endsAtMs: this.#nowMs() + request.minutes * 60_000 });
        this.#wait();
        break;
      case 'endOfTrack':
        if (albumId !== undefined) this.#become(request);
        break;
      case 'endOfAlbum':
        if (albumId !== undefined) this.#become({ kind: 'endOfAlbum', albumId });
        break;
      default:
        assertNever(request);
    }
  }

  off(): void {
    this.#become({ kind: 'off' });
  }

  /** The listener chose something else to play: its album is the one that ends. */
  chose(queue: PlayerQueue): void {
    const albumId = queue.current?.track.album.id;
    if (this.#sleep.kind === 'endOfAlbum' && albumId !== undefined) {
      this.#playback.setState({ sleep: { kind: 'endOfAlbum', albumId } });
    }
  }

  /** The music ends with the queue's current track. */
  comesAfterTrack(queue: PlayerQueue): boolean {
    return sleepsAfterTrack(this.#sleep, queue);
  }

  get #sleep(): SleepTimer {
    return this.#playback.getState().sleep;
  }

  #become(sleep: SleepTimer): void {
    clearTimeout(this.#timer);
    this.#desk.dim(1);
    this.#playback.setState({ sleep });
    this.#desk.changed();
  }

  #wait(): void {
    const sleep = this.#sleep;
    if (sleep.kind !== 'at') return;
    const leftMs = sleep.endsAtMs - this.#nowMs();
    if (leftMs <= 0) {
      this.#fallAsleep();
      return;
    }
    this.#desk.dim(sleepGain(sleep, this.#nowMs()));
    this.#timer = setTimeout(() => this.#wait(), Math.max(FADE_STEP_MS, leftMs - SLEEP_FADE_MS));
  }

  #fallAsleep(): void {
    this.#desk.dim(0);
    this.#desk.pause();
    this.#playback.setState({ sleep: { kind: 'off' } });
    this.#timer = setTimeout(() => this.#desk.dim(1), SILENT_AFTER_MS);
  }
}
