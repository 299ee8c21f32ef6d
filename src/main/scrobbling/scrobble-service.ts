import type { RefusalReason } from '../../contract/scrobbling.ts';

/** One play as it is told to others. */
export interface Scrobble {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly trackNumber: number | null;
  readonly durationMs: number;
  readonly isrc: string | null;
  /** When it began: whole seconds since 1970; no two of one service have the same. */
  readonly beganS: number;
}

/** Surely not taken; to be tried again, not before so many milliseconds where that is said. */
export interface Later {
  readonly kind: 'later';
  readonly cause: 'unreachable' | 'busy' | 'limit';
  readonly afterMs: number | null;
}

export type SendOutcome =
  /** It has them, but for those that it never will. */
  | {
      readonly kind: 'taken';
      readonly refused: ReadonlyMap<string, RefusalReason>;
      readonly limited: ReadonlySet<string>;
    }
  | Later
  /** Perhaps taken: the answer was lost. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'invalid_token' }
  /** Something in what was sent is not as it should be: none of it was taken. */
  | { readonly kind: 'malformed' };

/** What is known of scrobbles whose answer was lost. */
export type LookOutcome =
  | { readonly kind: 'told'; readonly taken: ReadonlySet<string> }
  /** Sending them again does no harm: it counts them once. */
  | { readonly kind: 'send_again' }
  | { readonly kind: 'cannot_tell' }
  | Later
  | { readonly kind: 'invalid_token' };

/** One service with one listener's token. Rejects only with the reason of its signal. */
export interface ScrobbleService {
  readonly mostAtOnce: number;
  send(scrobbles: readonly Scrobble[]): Promise<SendOutcome>;
  look(scrobbles: readonly Scrobble[]): Promise<LookOutcome>;
  /** Told once, never again: what matters is what plays now. */
  nowPlaying(scrobble: Omit<Scrobble, 'id' | 'beganS'>): Promise<void>;
}
