import type { AdPolicy } from '../entitlement/entitlement.ts';
import { assertNever } from '../playback/assert-never.ts';

/**
 * What counts towards the next ad break. It begins anew with every session (a start of the app), so that nobody is met by
 * ads.
 *
 * music ── breakBegan ──▶ break ── breakEnded ──▶ music, from nothing
 *                            └── cameToNothing ──▶ music, after a rest
 */
export type AdBreakState =
  | {
      readonly kind: 'music';
      /** Music that really sounded since the last break, or since the session began. */
      readonly heardMs: number;
      /** So much of it had been heard when there was last nothing to hear in a break; null when that never was. */
      readonly emptyAtMs: number | null;
    }
  | { readonly kind: 'break'; readonly heardMs: number };

export type AdBreakEvent =
  /** So much music sounded, wherever in its track. Skipping through tracks is not hearing them. */
  | { readonly kind: 'musicHeard'; readonly ms: number }
  | { readonly kind: 'breakBegan' }
  /** Something of it was heard. */
  | { readonly kind: 'breakEnded' }
  /** There was nothing to hear: asked for in vain, or none of it sounded. */
  | { readonly kind: 'cameToNothing' };

export const noMusicHeard: AdBreakState = { kind: 'music', heardMs: 0, emptyAtMs: null };

/** A break with nothing in it counts as had for so much music, so that it is not asked for after every track. */
const REST_AFTER_NOTHING_MS = 180_000;

/** The state after an event; the same value when the event changes nothing. */
export const afterAdBreakEvent = (state: AdBreakState, event: AdBreakEvent): AdBreakState => {
  switch (event.kind) {
    case 'musicHeard':
      return state.kind === 'music' && event.ms > 0 ? { ...state, heardMs: state.heardMs + event.ms } : state;
    case 'breakBegan':
      return state.kind === 'music' ? { kind: 'break', heardMs: state.heardMs } : state;
    case 'breakEnded':
      return state.kind === 'break' ? noMusicHeard : state;
    case 'cameToNothing':
      return { kind: 'music', heardMs: state.heardMs, emptyAtMs: state.heardMs };
    default:
      return assertNever(event);
  }
};

export interface AdCircumstances {
  /** Null: no ads for this listener. */
  readonly policy: AdPolicy | null;
  /** No network, or no service. */
  readonly isAway: boolean;
  /** Music that will have sounded by then, when it is asked ahead of time. */
  readonly musicToComeMs?: number;
}

/**
 * Whether an ad break comes, where one track is left and another begins; nobody asks anywhere else. Never without a policy,
 * never away from the service, never before music was heard in this session, never again before as much as the policy says
 * was heard since the last.
 */
export const isAdBreakDue = (
  state: AdBreakState,
  { policy, isAway, musicToComeMs = 0 }: AdCircumstances,
): boolean => {
  if (policy === null || isAway || state.kind === 'break') return false;
  const heardMs = state.heardMs + musicToComeMs;
  if (heardMs <= 0 || heardMs < policy.afterMusicMs) return false;
  const restMs = Math.min(policy.afterMusicMs, REST_AFTER_NOTHING_MS);
  return state.emptyAtMs === null || heardMs - state.emptyAtMs >= restMs;
};

/** What of an offer is heard: not more than the policy says. */
export const heardInBreak = <Spot>(policy: AdPolicy | null, offered: readonly Spot[]): readonly Spot[] =>
  offered.slice(0, policy?.mostSpots ?? 0);
