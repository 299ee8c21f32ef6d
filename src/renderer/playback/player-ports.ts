import type { Track } from '../../contract/catalog-http.ts';
import type { HostApi } from '../../contract/host-api.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { Settings } from '../../contract/settings.ts';
import type { AdPolicy } from '../../core/entitlement/entitlement.ts';
import type { AudioEngine } from './audio-engine.ts';
import type { ClockStore, PlaybackStore } from './playback-store.ts';

/** What the player wants a listener to know; how it is said is the screen's business. */
export type PlayerNotice =
  | { readonly kind: 'passed_over'; readonly track: Track; readonly code: HostErrorCode }
  /** Nothing more is tried until somebody asks. */
  | { readonly kind: 'gave_up'; readonly track: Track; readonly code: HostErrorCode }
  /** As `gave_up`, but it goes on by itself as soon as the service answers: nothing that follows is on this computer. */
  | { readonly kind: 'waits'; readonly track: Track; readonly code: HostErrorCode }
  /**
   * `passed` tracks need the network, or a sign-in, as `code` says; `track` is the first behind them that is on this
   * computer. Said once an outage.
   */
  | {
      readonly kind: 'went_on';
      readonly passed: number;
      readonly track: Track;
      readonly code: HostErrorCode;
    }
  /** The listener stepped on without a network, and nothing there is on this computer. */
  | { readonly kind: 'nothing_here' }
  /** Something else was chosen in an ad break: it comes after it. */
  | { readonly kind: 'after_ads'; readonly track: Track }
  /** The system wants a click before it lets a window make sound. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'not_saved'; readonly cause: unknown };

/** What of the settings the player itself goes by. */
export type PlayerSettings = Pick<Settings, 'crossfadeSeconds' | 'loudness' | 'loudnessLevel' | 'autoplay'>;

export interface PlayerPorts {
  readonly engine: AudioEngine;
  readonly session: HostApi['playback'];
  readonly history: Pick<HostApi['history'], 'began' | 'record' | 'heard'>;
  /** What plays, or how much was heard of it, was not told on. */
  readonly onTellingFailed: (cause: unknown) => void;
  readonly cache: Pick<HostApi['cache'], 'expect'>;
  /** The host could not be told what plays next. */
  readonly onCacheFailed: (cause: unknown) => void;
  /** Those of the tracks that play without a network. Never rejects. */
  readonly playableHere: (trackIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Whether the service is known to be out of reach. */
  readonly isAway: () => boolean;
  readonly settings: () => PlayerSettings;
  /** Where music like what was heard is found. */
  readonly catalog: Pick<HostApi['catalog'], 'artist' | 'artistTracks' | 'genreTracks'>;
  /** Some of what could go on after the queue's end was not told. */
  readonly onAutoplayFailed: (cause: unknown) => void;
  readonly addressOf: (trackId: string) => string;
  readonly ads: Pick<HostApi['ads'], 'chooseBreak' | 'report'> & {
    /** How often ads come to whoever listens now; null: never. */
    readonly policy: () => AdPolicy | null;
  };
  readonly adAddressOf: (spotId: string) => string;
  /** The host could not be asked for a break, or be told what was heard of it. */
  readonly onAdsFailed: (cause: unknown) => void;
  readonly playback: PlaybackStore;
  readonly clock: ClockStore;
  readonly notify: (notice: PlayerNotice) => void;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
  /** A whole number from 0 to 2^53 - 1, different each time. */
  readonly newSeed: () => number;
}
