/**
 * The sound card, as howler gives it: one AudioContext and its master gain. The only file that imports howler, which
 * has had no release for years.
 */
import { Howler } from 'howler';

/** Long enough for no zipper noise under a dragged slider, short enough to feel immediate. */
const GAIN_TIME_CONSTANT_S = 0.012;

export interface AudioOutput {
  readonly context: AudioContext;
  /** Where decks connect to. */
  readonly input: AudioNode;
  /** Linear, 0 to 1. */
  setGain(gain: number): void;
  setMuted(muted: boolean): void;
}

/** Opens the device. Its context may be suspended until a gesture; `resume()` it whenever sound is asked for. */
export const openHowlerOutput = (): AudioOutput => {
  // Left on, these would close and recreate the context, or suspend it after 30 s because no Howl plays: both would
  // orphan or silence our own nodes.
  Howler.autoUnlock = false;
  Howler.autoSuspend = false;
  // howler makes its context only when asked for the volume.
  Howler.volume(1);
  const { ctx: context, masterGain } = Howler;
  let gain = 1;
  let muted = false;
  const apply = (): void => {
    masterGain.gain.setTargetAtTime(muted ? 0 : gain, context.currentTime, GAIN_TIME_CONSTANT_S);
  };
  return {
    context,
    input: masterGain,
    setGain: (next) => {
      gain = next;
      apply();
    },
    setMuted: (next) => {
      muted = next;
      apply();
    },
  };
};
