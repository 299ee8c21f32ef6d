import type { Device } from './device.ts';
import { dryBelowFrames } from './timeline.ts';
import type { Voice } from './voice.ts';

/** What must be decoded before sound begins, and before it goes on after it ran dry. */
const ENOUGH_TO_BEGIN_S = 0.1;
const ENOUGH_TO_GO_ON_S = 0.6;

export interface SoundingOptions {
  readonly device: Device;
  /** Below about 5 ms a ramp clicks on low notes. */
  readonly fadeInFrames: () => number;
  /** There is less ahead than is safe. */
  readonly ranDry: () => void;
  /** Nothing more comes, and all that was there is played. */
  readonly exhausted: () => void;
}

/** Brings what is decoded of the current track onto the device, and knows whether it is heard. */
export class Sounding {
  readonly #options: SoundingOptions;
  #isDry = false;
  /** Sound is told once the device has come to this frame. */
  #soundsFrom: number | null = null;

  constructor(options: SoundingOptions) {
    this.#options = options;
  }

  get isDry(): boolean {
    return this.#isDry;
  }

  /** The device's frame with which sound is to be told; null when there is nothing to tell. */
  get soundsFrom(): number | null {
    return this.#soundsFrom;
  }

  /** Sound was told, or is no longer wanted. */
  told(): void {
    this.#soundsFrom = null;
  }

  reset(): void {
    this.#isDry = false;
    this.#soundsFrom = null;
  }

  runDry(): void {
    if (this.#isDry) return;
    this.#isDry = true;
    this.#soundsFrom = null;
    this.#options.ranDry();
  }

  /** @param isDoomed no more of the track will come. */
  place(voice: Voice, isDoomed: boolean): void {
    this.#goOn(voice);
    if (voice.stretch === null) this.#begin(voice, isDoomed);
    else this.#look(voice, isDoomed);
  }

  #goOn(voice: Voice): void {
    const { stretch } = voice;
    if (stretch === null) return;
    // With nothing to schedule it still lets the decoder know how far the sound has come.
    if (voice.isScheduled || stretch.canGoOn(this.#options.device.nowFrame)) {
      voice.schedule();
    } else {
      // Too late to go on without a gap: nothing is lost, the clock is read anew.
      this.runDry();
      voice.runOut();
    }
  }

  #begin(voice: Voice, isDoomed: boolean): void {
    const { device } = this.#options;
    const enoughS = this.#isDry ? ENOUGH_TO_GO_ON_S : ENOUGH_TO_BEGIN_S;
    if (!voice.isComplete && !isDoomed && voice.readyFrames < enoughS * device.rateHz) return;
    if (isDoomed && voice.readyFrames === 0) {
      this.#options.exhausted();
      return;
    }
    const fadeInFrames = voice.beginsTrack ? 0 : this.#options.fadeInFrames();
    const isInTime = (frame: number): boolean => !device.isRunning || device.isAhead(frame);
    let placed = voice.placeAt({ frame: () => device.soonestFrame, isInTime }, fadeInFrames);
    if (!placed.isInTime) {
      placed = voice.placeAt({ frame: () => device.earliestFrame, isInTime }, fadeInFrames);
    }
    this.#isDry = false;
    this.#soundsFrom = placed.anchor.contextFrame;
  }

  #look(voice: Voice, isDoomed: boolean): void {
    const { stretch } = voice;
    if (stretch === null) return;
    const { nowFrame, rateHz } = this.#options.device;
    const ahead = stretch.endFrame - nowFrame;
    const sinceAnchor = stretch.scheduledTo - stretch.anchor.trackFrame;
    if (!voice.isComplete && ahead < dryBelowFrames(sinceAnchor, rateHz)) {
      if (!isDoomed) this.runDry();
      else if (ahead <= 0) this.#options.exhausted();
    } else if (this.#isDry && ahead >= (voice.isComplete ? 1 : ENOUGH_TO_GO_ON_S * rateHz)) {
      this.#isDry = false;
      this.#soundsFrom = nowFrame;
    }
  }
}
