import type { Track } from '../../contract/catalog-http.ts';
import type { Listening } from '../../contract/history.ts';
import { isScrobble } from '../../core/history/listening.ts';
import {
  heardUntil,
  isDue,
  notYetHeard,
  recorded,
  soundBegan,
  soundStopped,
  type PlayCount,
} from '../../core/playback/play-count.ts';

/** Who is told of plays. */
export interface PlayHearers {
  /** Sound of the track has begun, once a play. */
  readonly began: (track: Track) => void;
  /** It counts as a play, once. */
  readonly counts: (track: Track, play: Listening) => void;
  /** More of a play was heard than was told: enough to be told to others, or all there was. */
  readonly heard: (track: Track, play: Listening) => void;
  /** So much more music was heard. */
  readonly music: (ms: number) => void;
}

/** Counts what is really heard of the current track, tells it as it grows, and says once when it is a play. */
export class PlayCounter {
  readonly #nowMs: () => number;
  readonly #newId: () => string;
  readonly #to: PlayHearers;
  #track: Track | null = null;
  #count: PlayCount = notYetHeard;
  #toldMs = 0;
  /** The play, from its first sound. */
  #play: { readonly id: string; readonly beganMs: number } | null = null;
  /** So much of the play was told to `counts` or `heard`; null: nothing yet. */
  #playToldMs: number | null = null;

  constructor(nowMs: () => number, newId: () => string, to: PlayHearers) {
    this.#nowMs = nowMs;
    this.#newId = newId;
    this.#to = to;
  }

  begin(track: Track): void {
    this.#over();
    this.#track = track;
    this.#count = notYetHeard;
    this.#toldMs = 0;
    this.#play = null;
    this.#playToldMs = null;
  }

  sounds(): void {
    this.#count = soundBegan(this.#count, this.#nowMs());
    if (this.#track === null || this.#play !== null) return;
    this.#play = { id: this.#newId(), beganMs: this.#nowMs() };
    this.#to.began(this.#track);
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
    this.#over();
  }

  #check(ended: boolean): void {
    const nowMs = this.#nowMs();
    const heardMs = heardUntil(this.#count, nowMs);
    if (heardMs > this.#toldMs) this.#to.music(heardMs - this.#toldMs);
    this.#toldMs = heardMs;
    const track = this.#track;
    if (track === null) return;
    if (isDue(this.#count, nowMs, track.durationMs, ended)) {
      this.#count = recorded(this.#count);
      this.#to.counts(track, this.#listening(heardMs));
    } else if (
      isScrobble(track.durationMs, heardMs) &&
      !isScrobble(track.durationMs, this.#playToldMs ?? 0)
    ) {
      this.#to.heard(track, this.#listening(heardMs));
    }
  }

  /** Nothing more comes of this play. */
  #over(): void {
    const heardMs = Math.round(heardUntil(this.#count, this.#nowMs()));
    if (this.#track === null || this.#playToldMs === null || heardMs <= this.#playToldMs) return;
    this.#to.heard(this.#track, this.#listening(heardMs));
  }

  #listening(heardMs: number): Listening {
    const nowMs = this.#nowMs();
    // Heard without a sound that was told: as a test or an engine that joins has it.
    this.#play ??= { id: this.#newId(), beganMs: nowMs - heardMs };
    this.#playToldMs = Math.round(heardMs);
    return { id: this.#play.id, agoMs: Math.round(nowMs - this.#play.beganMs), heardMs: this.#playToldMs };
  }
}
