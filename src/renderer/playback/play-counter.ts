import type { Track } from '../../contract/catalog-http.ts';
import {
  isDue,
  notYetHeard,
  recorded,
  soundBegan,
  soundStopped,
  type PlayCount,
} from '../../core/playback/play-count.ts';

/** Counts what is really heard of the current track and says once when it is a play. */
export class PlayCounter {
  readonly #nowMs: () => number;
  readonly #onPlay: (track: Track) => void;
  #track: Track | null = null;
  #count: PlayCount = notYetHeard;

  constructor(nowMs: () => number, onPlay: (track: Track) => void) {
    this.#nowMs = nowMs;
    this.#onPlay = onPlay;
  }

  begin(track: Track): void {
    this.#track = track;
    this.#count = notYetHeard;
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

  ended(): void {
    this.#check(true);
    this.#count = soundStopped(this.#count, this.#nowMs());
  }

  #check(ended: boolean): void {
    if (this.#track === null || !isDue(this.#count, this.#nowMs(), this.#track.durationMs, ended)) return;
    this.#count = recorded(this.#count);
    this.#onPlay(this.#track);
  }
}
