import type { BufferedRange } from '../audio-engine.ts';
import { openTrackSource, type TrackSource } from './track-source.ts';
import { Voice } from './voice.ts';

export interface TurnOptions {
  readonly context: AudioContext;
  readonly output: AudioNode;
  readonly changed: () => void;
  readonly progressed: () => void;
  readonly failed: (turn: Turn, cause: unknown) => void;
}

/** A track's time on the device: one source, and a voice at a time; a seek is another voice on the same source. */
export class Turn {
  readonly #options: TurnOptions;
  readonly #source: TrackSource;
  #voice: Voice;
  #gainDb: number;

  constructor(address: string, startMs: number, gainDb: number, options: TurnOptions) {
    this.#options = options;
    this.#gainDb = gainDb;
    this.#source = openTrackSource(address, options.progressed);
    this.#voice = this.#speak(startMs);
  }

  get address(): string {
    return this.#source.address;
  }

  get voice(): Voice {
    return this.#voice;
  }

  /** The line is free for what comes next. */
  get isFetched(): boolean {
    return this.#voice.isComplete || this.#source.bytes.isWhole();
  }

  buffered(): readonly BufferedRange[] {
    const { durationMs } = this.#voice;
    const { from, to } = this.#source.bytes.buffered();
    return durationMs === null || to <= from ? [] : [{ startMs: from * durationMs, endMs: to * durationMs }];
  }

  setGainDb(gainDb: number): void {
    this.#gainDb = gainDb;
    this.#voice.setGainDb(gainDb);
  }

  /** It is the one that is heard: it may fetch and decode ahead. */
  take(): void {
    this.#source.bytes.fetchAhead();
    this.#voice.hurry();
  }

  goTo(positionMs: number, nowFrame: number, fadeFrames: number): void {
    this.#voice.end(nowFrame, fadeFrames);
    this.#voice = this.#speak(positionMs);
    this.#voice.joinTo(null);
    this.take();
  }

  /** Made once more from the beginning, when what it was to fit to has changed. */
  startOver(): void {
    this.#voice.end(0, 0);
    this.#voice = this.#speak(0);
  }

  end(nowFrame: number, fadeFrames: number): void {
    this.#voice.end(nowFrame, fadeFrames);
    this.#source.dispose();
  }

  #speak(startMs: number): Voice {
    const { context, output, changed } = this.#options;
    return new Voice({
      context,
      output,
      track: this.#source.track,
      startMs,
      gainDb: this.#gainDb,
      changed,
      failed: (cause) => this.#options.failed(this, cause),
    });
  }
}
