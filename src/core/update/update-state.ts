import type { UpdateNotes } from './manifest.ts';

/** Why nothing can be updated here. */
export type UpdateUnsupported =
  /** The web shell, or an app that was started from its sources. */
  | 'shell'
  /** This build was made without the address of a feed, or without a key to believe it by. */
  | 'no_feed'
  /** It was installed in a way that the app may not replace (by another account, by the system's packages). */
  | 'no_rights';

/** Why it came to nothing. Closed; the sentence is made at the screen. After each of them the app runs on as it is. */
export const UPDATE_FAILURES = [
  'offline',
  /** There is a network, but the feed does not answer, not in time, or elsewhere than it should. */
  'feed_unreachable',
  /** What came is no manifest, or too large for one. */
  'bad_manifest',
  /** No pinned key signed it. */
  'bad_signature',
  /** Its time is over (or this computer's clock is wrong). */
  'expired',
  /** It was signed before another that was seen: somebody hands out old ones. Also for one from the future. */
  'out_of_order',
  /** It is of another channel than was asked for. */
  'wrong_channel',
  /** The feed is being changed right now, or does not say the same as its signed manifest. */
  'feed_differs',
  /** What was downloaded is not what was signed. */
  'bad_payload',
  /** The disk is full or cannot be written. */
  'storage_failed',
  /** It was downloaded and is right, and yet could not be installed. */
  'install_failed',
  'internal',
] as const;
export type UpdateFailure = (typeof UPDATE_FAILURES)[number];

/** What keeps an update from being downloaded by itself: a network that is paid by use, or that the listener wants to be asked. */
export type UpdateWait = 'metered' | 'ask' | null;

/**
 * unsupported                                    for good
 * off ◀──── the setting ────▶ idle               no request at all while it is off
 * idle ── check ──▶ checking ──▶ idle            nothing newer, or not this one's turn
 *                      ├──▶ available            something newer
 *                      └──▶ failed               asked again at `retryAt`
 * available ── by itself, or asked to ──▶ downloading ──▶ ready ── install ──▶ installing ──▶ the new version starts
 *     ▲                                   ├── the setting or the network changed ──▶ available
 *     │                                   └──▶ failed                      installing ──▶ failed
 * available, ready ── another version is offered ──▶ available
 * available, ready ── skipped, or withdrawn ──▶ idle
 * rolled_back ── acknowledged ──▶ idle or off    what an app says that was put in place of a newer one
 * rolled_back ── another version is offered ──▶ available
 */
export type UpdateState =
  | { readonly state: 'unsupported'; readonly because: UpdateUnsupported }
  | { readonly state: 'off' }
  /** Null: not yet asked since the app started. */
  | { readonly state: 'idle'; readonly checkedAt: string | null }
  | { readonly state: 'checking' }
  | {
      readonly state: 'available';
      readonly version: string;
      readonly notes: UpdateNotes;
      readonly sizeBytes: number;
      readonly waits: UpdateWait;
    }
  | {
      readonly state: 'downloading';
      readonly version: string;
      readonly doneBytes: number;
      /** What is to be moved, which is less than the whole when only what changed is fetched. */
      readonly totalBytes: number;
    }
  /** Verified; installed with the next "restart to update". */
  | { readonly state: 'ready'; readonly version: string; readonly notes: UpdateNotes }
  | { readonly state: 'installing'; readonly version: string }
  /** `from` did not start twice; `to` was put back, and `from` is not offered again. */
  | { readonly state: 'rolled_back'; readonly from: string; readonly to: string; readonly at: string }
  | { readonly state: 'failed'; readonly reason: UpdateFailure; readonly retryAt: string };

/** A version to be had, and what there is to say of it. */
export interface OfferedVersion {
  readonly version: string;
  readonly notes: UpdateNotes;
  readonly sizeBytes: number;
}

export type UpdateEvent =
  | { readonly kind: 'switched_off' }
  | { readonly kind: 'switched_on' }
  | { readonly kind: 'check_started' }
  | { readonly kind: 'nothing_newer'; readonly at: string }
  | { readonly kind: 'check_failed'; readonly reason: UpdateFailure; readonly retryAt: string }
  | { readonly kind: 'offered'; readonly offer: OfferedVersion; readonly waits: UpdateWait }
  | { readonly kind: 'download_started' }
  | { readonly kind: 'moved'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly kind: 'download_stopped'; readonly offer: OfferedVersion; readonly waits: UpdateWait }
  | { readonly kind: 'download_failed'; readonly reason: UpdateFailure; readonly retryAt: string }
  | { readonly kind: 'downloaded'; readonly offer: OfferedVersion }
  | { readonly kind: 'skipped'; readonly at: string }
  | { readonly kind: 'install_started' }
  | { readonly kind: 'install_failed'; readonly reason: UpdateFailure; readonly retryAt: string }
  | { readonly kind: 'put_back'; readonly from: string; readonly to: string; readonly at: string }
  | { readonly kind: 'acknowledged'; readonly isOff: boolean };
