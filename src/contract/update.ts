/** How the app keeps itself up to date, between window and main process. */
import type { UpdateNotes } from '../core/update/manifest.ts';

/** Why nothing can be updated here. */
export type UpdateUnsupported =
  /** The web shell, or an app that was started from its sources. */
  | 'shell'
  /** This build was made without the address of a feed. */
  | 'no_feed'
  /** It was installed in a way that the app may not replace (by another account, by the system's packages). */
  | 'no_rights';

/** Why it came to nothing. Closed; the sentence is made at the screen. After each of them the app runs on as it is. */
export const UPDATE_FAILURES = [
  'offline',
  /** There is a network, but the feed does not answer, or not in time. */
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

/**
 * unsupported                                    for good
 * off ◀──── the setting ────▶ idle               no request at all while it is off
 * idle ── check ──▶ checking ──▶ idle            nothing newer, or not this one's turn
 *                      ├──▶ available            something newer
 *                      └──▶ failed               asked again at `retryAt`
 * available ── by itself, or asked to ──▶ downloading ──▶ ready ── install ──▶ installing ──▶ the new version starts
 *     ▲                                   ├── the line is needed for longer, or the setting changed ──▶ available
 *     └────────── newer manifest ─────────┴──▶ failed
 * available, ready ── skip ──▶ idle
 * rolled_back ── acknowledge ──▶ idle            what an app says that was started in place of a newer one
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
      /** What keeps it from being downloaded by itself: a network that is paid by use, or that the listener wants to be asked. */
      readonly waits: 'metered' | 'ask' | null;
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
