import type { Track } from '../../contract/catalog-http.ts';
import {
  heardUntil,
  isDue,
  notYetHeard,
  recorded,
  soundBegan,
  soundStopped,
  type PlayCount,
} from '../../core/playback/play-count.ts';

/** Counts what is really heard of the current track, tells it as it grows, and says once when it is a play. */
export class PlayCounter {
  readonly #nowMs: () => number;
  readonly #onPlay: (track: Track) => void;
  #track: Track | null = null;
  #count: PlayCount = notYetHeard;
  readonly #onHeard: (ms: number) => void;
  #toldMs = 0;

  constructor(nowMs: () => number, onPlay: (track: Track) => void, onHeard: (ms: number) => void) {
    this.#nowMs = nowMs;
    this.#onPlay = onPlay;
    this.#onHeard = onHeard;
  }

  begin(track: Track): void {
    this.#track = track;
    this.#count = notYetHeard;
    this.#toldMs = 0;
  }

  sounds(): void {
    this.#count = soundBegan(this.#count, this.#nowMs());
  }

  falls(): void {
    this.#check(false);
    this.#count = soundStopped(this.#count, this.#nowMs());
  }

  tick(): void {
    this.#check(false);
  }

  /** The track is over; what still sounds of it while the next one fades in counts as heard. */
  ended(stillSoundsMs = 0): void {
    this.#count = { ...this.#count, heardMs: this.#count.heardMs + stillSoundsMs };
    this.#toldMs += stillSoundsMs;
    this.#check(true);
    this.#count = soundStopped(this.#count, this.#nowMs());
  }

  #check(ended: boolean): void {
    const heardMs = heardUntil(this.#count, this.#nowMs());
    if (heardMs > this.#toldMs) this.#onHeard(heardMs - this.#toldMs);
    this.#toldMs = heardMs;
    if (this.#track === null || !isDue(this.#count, this.#nowMs(), this.#track.durationMs, ended)) return;
    this.#count = recorded(this.#count);
    this.#onPlay(this.#track);
  }
}
