/**
 * What the player is doing, as one value.
 *
 * ```
 *   stopped  ── load, to play ──────────► loading ── sounding ──► playing
 *   stopped  ── load, not to play ──────► paused                  │    ▲
 *   paused   ── ask ────────────────────► loading           ranDry│    │sounding
 *   loading, playing, stalled, … ── hush ► paused                 ▼    │
 *                                                                stalled
 *   any ── retrying ► failing ── load (the next try) ► loading
 *   any ── gaveUp ──► waiting ── load (the listener, or the network, says so) ► loading
 *   any ── unload ──► stopped
 * ```
 */
import { assertNever } from './assert-never.ts';

export type PlaybackState<Cause> =
  /** Nothing is loaded. */
  | { readonly kind: 'stopped' }
  /** Sound was asked for and is not there yet. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'playing' }
  /** Ran dry in mid-track; plays on by itself when data comes. */
  | { readonly kind: 'stalled' }
  | { readonly kind: 'paused' }
  /** The last try failed; the next one comes by itself. `nextTry` counts from 2. */
  | { readonly kind: 'failing'; readonly cause: Cause; readonly nextTry: number }
  /** Several tracks in a row did not play: nothing more happens until the listener (or the network) says so. */
  | { readonly kind: 'waiting'; readonly cause: Cause };

export type PlaybackEvent<Cause> =
  | { readonly kind: 'load'; readonly autoplay: boolean }
  | { readonly kind: 'unload' }
  /** Sound was asked for. */
  | { readonly kind: 'ask' }
  /** Silence was asked for, or the system imposed it. */
  | { readonly kind: 'hush' }
  | { readonly kind: 'sounding' }
  | { readonly kind: 'ranDry' }
  | { readonly kind: 'retrying'; readonly cause: Cause; readonly nextTry: number }
  | { readonly kind: 'gaveUp'; readonly cause: Cause };

/** The state after an event; the same value when the event changes nothing. */
export const transition = <Cause>(
  state: PlaybackState<Cause>,
  event: PlaybackEvent<Cause>,
): PlaybackState<Cause> => {
  switch (event.kind) {
    case 'load':
      return { kind: event.autoplay ? 'loading' : 'paused' };
    case 'unload':
      return state.kind === 'stopped' ? state : { kind: 'stopped' };
    case 'ask':
      return state.kind === 'paused' ? { kind: 'loading' } : state;
    case 'hush':
      return state.kind === 'stopped' || state.kind === 'paused' ? state : { kind: 'paused' };
    case 'sounding':
      // Sound that was already on its way when silence was asked for does not undo the asking.
      return state.kind === 'loading' || state.kind === 'stalled' ? { kind: 'playing' } : state;
    case 'ranDry':
      return state.kind === 'playing' ? { kind: 'stalled' } : state;
    case 'retrying':
      return { kind: 'failing', cause: event.cause, nextTry: event.nextTry };
    case 'gaveUp':
      return { kind: 'waiting', cause: event.cause };
    default:
      return assertNever(event);
  }
};

/** Whether the listener wants sound: what the play button shows as "Pause". */
export const wantsSound = <Cause>(state: PlaybackState<Cause>): boolean => {
  switch (state.kind) {
    case 'loading':
    case 'playing':
    case 'stalled':
    case 'failing':
      return true;
    case 'stopped':
    case 'paused':
    case 'waiting':
      return false;
    default:
      return assertNever(state);
  }
};
