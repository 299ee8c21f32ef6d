import type { Track } from '../../contract/catalog-http.ts';
import type { HostApi } from '../../contract/host-api.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { AudioEngine } from './audio-engine.ts';
import type { ClockStore, PlaybackStore } from './playback-store.ts';

/** What the player wants a listener to know; how it is said is the screen's business. */
export type PlayerNotice =
  | { readonly kind: 'passed_over'; readonly track: Track; readonly code: HostErrorCode }
  /** Nothing more is tried until somebody asks. */
  | { readonly kind: 'gave_up'; readonly track: Track; readonly code: HostErrorCode }
  /** The system wants a click before it lets a window make sound. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'not_saved'; readonly cause: unknown };

export interface PlayerPorts {
  readonly engine: AudioEngine;
  readonly session: HostApi['playback'];
  readonly history: Pick<HostApi['history'], 'record'>;
  readonly addressOf: (trackId: string) => string;
  readonly playback: PlaybackStore;
  readonly clock: ClockStore;
  readonly notify: (notice: PlayerNotice) => void;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
  /** A whole number from 0 to 2^53 - 1, different each time. */
  readonly newSeed: () => number;
}
