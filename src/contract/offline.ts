/**
 * Music that is on this computer: kept on purpose (pinned) or because it was played (cached). What crosses between window
 * and main process about it. Sizes are bytes on the disk unless a name says otherwise.
 */
import { z } from 'zod';
import { idSchema, type Artwork } from './catalog-http.ts';

/**
 * What can be kept offline. It stays in step with the catalog (new tracks of a kept artist are fetched, gone ones leave), and with
 * the library: `playlist`, plain or smart; `saved-tracks`, of which there is one (`SAVED_TRACKS_SOURCE`).
 */
export const pinSourceSchema = z.object({
  kind: z.enum(['album', 'artist', 'track', 'playlist', 'saved-tracks']),
  id: idSchema,
});
export type PinSource = Readonly<z.infer<typeof pinSourceSchema>>;
/** The liked tracks. A pin of them has no title: the screen has a name for them. */
export const SAVED_TRACKS_SOURCE: PinSource = { kind: 'saved-tracks', id: '0'.repeat(20) };

/** Why a track that is to be kept is not here. Closed; the sentence is made at the screen. */
export const FETCH_FAILURES = [
  /** No longer in the catalog. */
  'not_found',
  'forbidden',
  /** The listener was premium when it was pinned, and is no longer. */
  'premium_required',
  /** The audio could not be had, although the catalog lists it. */
  'media_unavailable',
  /** The disk is full or cannot be written. */
  'storage_failed',
  /** It would go over the limit for kept music. */
  'limit_reached',
] as const;
export type FetchFailure = (typeof FETCH_FAILURES)[number];

/**
 * How one track stands. Absent from a reply: it needs the network.
 *
 * queued ─ its turn ─▶ fetching ─ whole ─▶ kept ─ lease over ─▶ locked
 *    ▲                    └─ gave up ─▶ failed ─ try again ─▶ queued
 * cached: whole, because it was played or will be; may leave when room is needed.
 */
export type TrackMark =
  | { readonly state: 'kept' }
  | { readonly state: 'locked' }
  | { readonly state: 'cached' }
  /** `share`: 0 to 1 of its bytes. */
  | { readonly state: 'fetching'; readonly share: number }
  | { readonly state: 'queued' }
  | { readonly state: 'failed'; readonly failure: FetchFailure };

export type PinState =
  | { readonly kind: 'kept' }
  | { readonly kind: 'fetching' }
  /** Others are fetched first. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'waiting'; readonly cause: 'offline' | 'service_unreachable' | 'metered' }
  | { readonly kind: 'paused' }
  /** Some tracks could not be fetched; `failure` is the first one's. Nothing more is tried until asked. */
  | { readonly kind: 'failed'; readonly failure: FetchFailure };

/** One thing that is kept offline. */
export interface Pin {
  readonly source: PinSource;
  readonly title: string;
  /** The artists' names; empty for an artist. */
  readonly artists: string;
  readonly artwork: Artwork | null;
  readonly addedAt: string;
  readonly state: PinState;
  readonly trackCount: number;
  readonly keptCount: number;
  readonly failedCount: number;
  /** On the disk so far. */
  readonly bytes: number;
  /** Still to be fetched, as well as it is known: exact once a track's size is known, else from bitrate and length. */
  readonly remainingBytes: number;
}

/** Kept music plays without a network until this date, which moves on by the service's word as long as the listener may keep music. */
export type Lease =
  /** Nothing is kept. */
  | { readonly state: 'none' }
  /** More than a week is left. */
  | { readonly state: 'valid'; readonly validUntil: string }
  /** A week or less is left. */
  | { readonly state: 'ending'; readonly validUntil: string }
  /** Locked, not deleted: the service's word unlocks it. */
  | { readonly state: 'over'; readonly validUntil: string };

/** Everything about kept music, pushed whole whenever it changes. */
export interface Downloads {
  /** In the order they are fetched. */
  readonly pins: readonly Pin[];
  readonly lease: Lease;
  readonly isPaused: boolean;
  /** Over the last seconds of fetching; null while nothing is fetched. */
  readonly bytesPerSecond: number | null;
  /** Of everything that waits, at that rate; null when it cannot be said. */
  readonly remainingMs: number | null;
  /** Tracks that are queued or being fetched. */
  readonly waitingTracks: number;
}

/** What a cached answer looks like: it was made here, because the service did not answer (in time). */
export type OrFromComputer<Reply> = Reply & { readonly fromComputer?: true };
