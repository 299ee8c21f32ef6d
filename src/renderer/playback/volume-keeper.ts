import { clampVolume, gainOf } from '../../core/playback/volume.ts';
import type { AudioEngine } from './audio-engine.ts';
import { DEFAULT_VOLUME, type PlaybackStore } from './playback-store.ts';

/** What "unmute" means when the slider stands at nothing. */
const AUDIBLE_VOLUME = 0.5;

/** Slider and mute, told to engine and store alike. */
export class VolumeKeeper {
  readonly #engine: AudioEngine;
  readonly #playback: PlaybackStore;
  #share = 1;
  #isChosen = false;

  constructor(engine: AudioEngine, playback: PlaybackStore) {
    this.#engine = engine;
    this.#playback = playback;
    this.#apply({ volume: DEFAULT_VOLUME, muted: false });
  }

  /** As it was the last time. False where a hand was quicker: that goes first. */
  restore(kept: { readonly volume: number; readonly muted: boolean }): boolean {
    if (!this.#isChosen) this.#apply(kept);
    return !this.#isChosen;
  }

  /** Turning it up ends being muted. */
  set(slider: number): void {
    const volume = clampVolume(slider);
    this.#isChosen = true;
    this.#apply({ volume, muted: volume > 0 ? false : this.#playback.getState().muted });
  }

  /** So much of what the slider says is heard, 0 to 1; the slider stays. */
  dim(share: number): void {
    if (share === this.#share) return;
    this.#share = share;
    this.#engine.setGain(gainOf(this.#playback.getState().volume) * share);
  }

  toggleMute(): void {
    const { muted, volume } = this.#playback.getState();
    this.#isChosen = true;
    if (!muted && volume === 0) this.set(AUDIBLE_VOLUME);
    else this.#apply({ volume, muted: !muted });
  }

  #apply({ volume, muted }: { readonly volume: number; readonly muted: boolean }): void {
    const slider = clampVolume(volume);
    this.#engine.setGain(gainOf(slider) * this.#share);
    this.#engine.setMuted(muted);
    this.#playback.setState({ volume: slider, muted });
  }
}
