import { limitOf, type TrackLevel } from '../../../core/playback/loudness.ts';
import type { BufferedRange } from '../audio-engine.ts';
import type { Decoder, RemoteSource } from './decoder.ts';
import type { SeamTail } from './seam.ts';
import { Voice } from './voice.ts';
import type { VoiceFailure } from './worker/messages.ts';

export interface TurnOptions {
  readonly decoder: Decoder;
  readonly context: AudioContext;
  readonly output: AudioNode;
  readonly changed: () => void;
  readonly progressed: () => void;
  readonly failed: (turn: Turn, failure: VoiceFailure) => void;
}

export interface TurnStart {
  readonly address: string;
  readonly startMs: number;
  readonly level: TrackLevel;
  /** It is to sound now: it fetches and decodes as far ahead as playing wants. */
  readonly isNow: boolean;
}

/** A track's time on the device: one source, and a voice at a time; a seek is another voice on the same source. */
export class Turn {
  readonly #options: TurnOptions;
  readonly #source: RemoteSource;
  #voice: Voice;
  #level: TrackLevel;

  constructor({ address, startMs, level, isNow }: TurnStart, options: TurnOptions) {
    this.#options = options;
    this.#level = level;
    this.#source = options.decoder.open(address, options.progressed);
    this.#voice = this.#speak(startMs, null, isNow);
    if (isNow) this.#source.fetchAhead();
  }

  get address(): string {
    return this.#source.address;
  }

  get voice(): Voice {
    return this.#voice;
  }

  get level(): TrackLevel {
    return this.#level;
  }

  /** The line is free for what comes next. */
  get isFetched(): boolean {
    return this.#voice.isComplete || this.#source.progress.isWhole;
  }

  buffered(): readonly BufferedRange[] {
    const { durationMs } = this.#voice;
    const { from, to } = this.#source.progress;
    return durationMs === null || to <= from ? [] : [{ startMs: from * durationMs, endMs: to * durationMs }];
  }

  /** Without a click. Where peaks are to be held under another level than so far, what is decoded is made anew. */
  setLevel(level: TrackLevel, nowFrame: number, fadeFrames: number): void {
    const isMadeAnew = limitOf(level) !== limitOf(this.#level);
    this.#level = level;
    if (!isMadeAnew) this.#voice.setGainDb(level.gainDb);
    else if (this.#voice.stretch === null && !this.#voice.hasBegun) this.startOver(this.#voice.madeWith);
    else this.goTo(this.#voice.positionMs(nowFrame + fadeFrames), nowFrame, fadeFrames);
  }

  /** It is the one that is heard: it may fetch and decode ahead. */
  take(): void {
    this.#source.fetchAhead();
    this.#voice.hurry();
  }

  goTo(positionMs: number, nowFrame: number, fadeFrames: number): void {
    this.#voice.end(nowFrame, fadeFrames);
    this.#source.fetchAhead();
    this.#voice = this.#speak(positionMs, null, true);
  }

  /** Made once more from its beginning, to fit to what the track before left. */
  startOver(tail: SeamTail | null): void {
    const { startMs, isWaiting } = this.#voice;
    this.#voice.end(0, 0);
    this.#voice = this.#speak(startMs, tail, !isWaiting);
  }

  end(nowFrame: number, fadeFrames: number): void {
    this.#voice.end(nowFrame, fadeFrames);
    this.#source.close();
  }

  #speak(startMs: number, before: SeamTail | null, isNow: boolean): Voice {
    const { context, output, changed } = this.#options;
    return new Voice({
      context,
      output,
      source: this.#source,
      startMs,
      level: this.#level,
      before,
      isNow,
      changed,
      failed: (failure) => this.#options.failed(this, failure),
    });
  }
}
