/** What passes between the window and its decoder. Both ends are built together, so nothing here is looked at twice. */
import type { Planes } from '../resampler.ts';
import type { SeamHead, SeamTail } from '../seam.ts';

/** From which place on, and for what device, a track is to be decoded. Frames are the device's. */
export interface SpeakRequest {
  readonly startMs: number;
  readonly contextRateHz: number;
  /** Linear, in the scale of the samples: no true peak goes above it. */
  readonly limitAt: number | null;
  /** What the track before left, when this one touches its end. */
  readonly before: SeamTail | null;
  /** Decoded at once; for more it waits for `want`. */
  readonly wantedFrames: number;
}

export interface VoiceFacts {
  readonly rateHz: number;
  readonly durationMs: number | null;
  /** As asked for, to the sample; the track's end where that is beyond it. */
  readonly startMs: number;
}

/** `undecodable`: the bytes are fine, but nothing here makes sound of them. */
export type VoiceFailure = 'undecodable' | 'unreadable';

export interface FetchProgress {
  /** Shares of the file that are here, around the place of reading. */
  readonly from: number;
  readonly to: number;
  /** All of it from the place of reading to the end is here. */
  readonly isWhole: boolean;
}

export type ToDecoder =
  | { readonly kind: 'open'; readonly source: number; readonly address: string }
  /** It is this track's turn: it fetches ahead of what is read. */
  | { readonly kind: 'fetchAhead'; readonly source: number }
  | { readonly kind: 'close'; readonly source: number }
  | {
      readonly kind: 'speak';
      readonly source: number;
      readonly voice: number;
      readonly request: SpeakRequest;
    }
  | { readonly kind: 'want'; readonly voice: number; readonly frames: number }
  /** Answers `asksForHead`. */
  | { readonly kind: 'headBehind'; readonly voice: number; readonly head: SeamHead | null }
  | { readonly kind: 'hush'; readonly voice: number };

export type FromDecoder =
  | { readonly kind: 'progress'; readonly source: number; readonly progress: FetchProgress }
  | { readonly kind: 'begins'; readonly voice: number; readonly facts: VoiceFacts }
  | { readonly kind: 'head'; readonly voice: number; readonly head: SeamHead }
  | { readonly kind: 'block'; readonly voice: number; readonly planes: Planes }
  /** The last samples are made when it is known what comes behind them. */
  | { readonly kind: 'asksForHead'; readonly voice: number }
  /** Null where there was nothing to decode. */
  | { readonly kind: 'complete'; readonly voice: number; readonly tail: SeamTail | null }
  | { readonly kind: 'failed'; readonly voice: number; readonly failure: VoiceFailure };
