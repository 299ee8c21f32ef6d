import type { BufferedRange } from './audio-engine.ts';
import type { AudioOutput } from './howler-output.ts';

/** What a deck tells its engine; all about the address it holds now. */
export interface DeckListener {
  sounding(deck: Deck): void;
  ranDry(deck: Deck): void;
  ended(deck: Deck): void;
  failed(deck: Deck): void;
  blocked(deck: Deck): void;
  ticked(deck: Deck): void;
}

/** Seconds. Below about 5 ms a ramp clicks on low notes. */
const START_FADE_S = 0.02;
const SEEK_FADE_S = 0.02;
/** By then a track that was started instead sounds. */
const FORGET_AFTER_MS = 250;
/** What counts as "all of it is here": the last frames are not always announced. */
const WHOLE_TOLERANCE_S = 0.5;

/**
 * One media element behind one gain. Elements are made once and used again for every track: a second
 * `createMediaElementSource` on one throws, and a warm element starts sooner.
 */
export class Deck {
  readonly #element: HTMLAudioElement;
  readonly #gain: GainNode;
  readonly #context: AudioContext;
  readonly #listener: DeckListener;
  #address: string | null = null;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  #seekTarget: number | null = null;
  /** The gain, linear, while it is not down. */
  #level = 1;
  /** The gain is down, so that sound that begins in mid-wave can rise instead of clicking. */
  #isDown = false;

  constructor(output: AudioOutput, listener: DeckListener) {
    this.#context = output.context;
    this.#listener = listener;
    this.#element = new Audio();
    // The Electron shell serves tracks from a scheme of their own; without this Web Audio would hear silence.
    this.#element.crossOrigin = 'anonymous';
    this.#element.preload = 'auto';
    this.#gain = output.context.createGain();
    output.context.createMediaElementSource(this.#element).connect(this.#gain);
    this.#gain.connect(output.input);
    this.#listen();
  }

  #listen(): void {
    const element = this.#element;
    element.addEventListener('playing', () => {
      if (this.#isDown && this.isPlaying) this.#ramp(1, START_FADE_S);
      this.#listener.sounding(this);
    });
    element.addEventListener('waiting', () => this.#listener.ranDry(this));
    element.addEventListener('seeked', () => this.#seeked());
    element.addEventListener('ended', () => this.#listener.ended(this));
    element.addEventListener('error', () => {
      if (this.#address !== null) this.#listener.failed(this);
    });
    for (const tick of ['timeupdate', 'progress', 'durationchange', 'loadeddata'] as const) {
      element.addEventListener(tick, () => this.#listener.ticked(this));
    }
  }

  /** How loud this track is played, linear. */
  setLevel(level: number): void {
    if (level === this.#level) return;
    this.#level = level;
    if (this.#isDown) return;
    if (this.isPlaying) this.#ramp(1, SEEK_FADE_S);
    else this.#setGain(1);
  }

  /** Pitch stays as it is, as media elements do by themselves. A load would set the speed back to what is the default. */
  setSpeed(speed: number): void {
    this.#element.defaultPlaybackRate = speed;
    this.#element.playbackRate = speed;
  }

  get address(): string | null {
    return this.#address;
  }

  get isPlaying(): boolean {
    return !this.#element.paused && this.#silenceTimer === undefined;
  }

  positionMs(): number {
    return (this.#seekTarget ?? this.#element.currentTime) * 1000;
  }

  durationMs(): number | null {
    return Number.isFinite(this.#element.duration) ? this.#element.duration * 1000 : null;
  }

  buffered(): readonly BufferedRange[] {
    const { buffered } = this.#element;
    return Array.from({ length: buffered.length }, (_, index) => ({
      startMs: buffered.start(index) * 1000,
      endMs: buffered.end(index) * 1000,
    }));
  }

  /** Everything from the position to the end is here. */
  isWhole(): boolean {
    const { buffered, currentTime, duration } = this.#element;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) <= currentTime && buffered.end(index) >= duration - WHOLE_TOLERANCE_S)
        return true;
    }
    return false;
  }

  /** Takes an address; fetching begins at once. */
  load(address: string, startMs: number): void {
    this.#cancelSilence();
    this.#seekTarget = null;
    this.#address = address;
    this.#element.src = address;
    if (startMs > 0) this.#element.currentTime = startMs / 1000;
    this.#setGain(startMs > 0 ? 0 : 1);
  }

  /** Asks for sound at once; what becomes of it comes as an event. */
  play(): void {
    this.#cancelSilence();
    // Still fading out: nothing will begin, so nothing but this brings it back up.
    if (this.#isDown && !this.#element.paused) this.#ramp(1, START_FADE_S);
    const address = this.#address;
    this.#element.play().then(
      () => undefined,
      (cause: unknown) => {
        // An abort is a newer load or a pause; whatever else is wrong with the source comes as an `error` event.
        const isBlocked = cause instanceof DOMException && cause.name === 'NotAllowedError';
        if (isBlocked && this.#address === address) this.#listener.blocked(this);
      },
    );
  }

  /** Fades to silence, then pauses. */
  pause(fadeS: number): void {
    if (this.#element.paused) return;
    this.#fadeThen(fadeS, () => this.#element.pause());
  }

  /** Fades to silence, and forgets its track a little later; whatever the element still says is about nothing. */
  empty(fadeS: number): void {
    if (this.#address === null) return;
    this.#address = null;
    // Taking a media element's player down costs milliseconds on the thread on which another is starting just now.
    const forgetLater = (): void => {
      this.#element.pause();
      this.#silenceTimer = setTimeout(() => {
        this.#silenceTimer = undefined;
        this.#element.removeAttribute('src');
        this.#element.load();
      }, FORGET_AFTER_MS);
    };
    if (this.#element.paused) {
      this.#cancelSilence();
      forgetLater();
    } else {
      this.#fadeThen(fadeS, forgetLater);
    }
  }

  seek(positionMs: number): void {
    const isUnderWay = this.#seekTarget !== null;
    this.#seekTarget = positionMs / 1000;
    if (isUnderWay) return;
    if (this.#element.paused || this.#silenceTimer !== undefined) {
      this.#goToTarget();
    } else {
      this.#ramp(0, SEEK_FADE_S);
      setTimeout(() => this.#goToTarget(), SEEK_FADE_S * 1000);
    }
  }

  #goToTarget(): void {
    if (this.#seekTarget !== null) this.#element.currentTime = this.#seekTarget;
  }

  #seeked(): void {
    const arrivedAt = this.#element.currentTime;
    // The target may have moved on while the element was on its way; it may also lie beyond the end.
    if (this.#seekTarget !== null && Math.abs(this.#seekTarget - arrivedAt) > 0.05) {
      const reachable = Math.min(this.#seekTarget, this.#element.duration);
      if (Math.abs(reachable - arrivedAt) > 0.05) {
        this.#goToTarget();
        return;
      }
    }
    this.#seekTarget = null;
    if (this.isPlaying) this.#ramp(1, SEEK_FADE_S);
    this.#listener.ticked(this);
  }

  #fadeThen(fadeS: number, then: () => void): void {
    this.#cancelSilence();
    if (fadeS <= 0 || this.#context.state !== 'running') {
      then();
      return;
    }
    this.#ramp(0, fadeS);
    this.#silenceTimer = setTimeout(() => {
      this.#silenceTimer = undefined;
      then();
    }, fadeS * 1000);
  }

  #cancelSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = undefined;
  }

  #setGain(value: 0 | 1): void {
    this.#isDown = value === 0;
    const { gain } = this.#gain;
    gain.cancelScheduledValues(this.#context.currentTime);
    gain.setValueAtTime(value * this.#level, this.#context.currentTime);
  }

  #ramp(value: 0 | 1, overS: number): void {
    this.#isDown = value === 0;
    const { gain } = this.#gain;
    const now = this.#context.currentTime;
    gain.cancelAndHoldAtTime(now);
    // Without a point to start from, the ramp would begin at the last event, however long ago that was.
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(value * this.#level, now + overS);
  }

  dispose(): void {
    this.empty(0);
    this.#cancelSilence();
    this.#element.removeAttribute('src');
    this.#element.load();
    this.#gain.disconnect();
  }
}
