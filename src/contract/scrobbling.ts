/** What is told of plays to ListenBrainz and Last.fm, and how that stands. */

export const SCROBBLERS = ['listenBrainz', 'lastfm'] as const;
export type ScrobblerName = (typeof SCROBBLERS)[number];

/** Why there is no connection, or not yet. */
export type ConnectProblem =
  /** It does not know the token (any more). */
  | 'invalid_token'
  /** Last.fm does not know the key, or the secret is not its own. */
  | 'invalid_key'
  /** The listener has not said yes in the browser yet. */
  | 'not_confirmed'
  /** What was begun in the browser is too old. */
  | 'expired'
  | 'unreachable'
  /** The system's key store does not answer. */
  | 'key_store';

export const REFUSAL_REASONS = [
  'artist',
  'track',
  'too_old',
  'too_new',
  'malformed',
  /** It may be there or not, and it could not be asked: sent again it might be there twice. */
  'unclear',
  'other',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export interface RefusedScrobble {
  readonly title: string;
  readonly artist: string;
  readonly playedAt: string;
  readonly reason: RefusalReason;
}

export type ScrobblerState =
  | { readonly state: 'off'; readonly problem: ConnectProblem | null }
  /** Last.fm: the listener is asked in the browser. */
  | { readonly state: 'authorising'; readonly problem: ConnectProblem | null }
  | {
      readonly state: 'on';
      readonly name: string;
      readonly waiting: number;
      readonly lastSentAt: string | null;
      /** `limit`: it takes no more today. */
      readonly problem: 'invalid_token' | 'unreachable' | 'busy' | 'limit' | null;
      /** Newest first. */
      readonly refused: readonly RefusedScrobble[];
    };

export type ScrobblingState = Readonly<Record<ScrobblerName, ScrobblerState>>;

/** Each gives how things stand afterwards, as the event `scrobbling` does; what goes wrong at the other end is in there. */
export interface ScrobblingApi {
  get(): Promise<ScrobblingState>;
  connectListenBrainz(request: { readonly token: string }): Promise<ScrobblingState>;
  /** Opens the page in the system's browser where Last.fm asks whether this app may. */
  beginLastfm(request: { readonly apiKey: string; readonly sharedSecret: string }): Promise<ScrobblingState>;
  /** The listener has said yes there. */
  finishLastfm(): Promise<ScrobblingState>;
  /** The token is forgotten, and what waits is not sent. */
  disconnect(request: { readonly scrobbler: ScrobblerName }): Promise<ScrobblingState>;
  forgetRefused(request: { readonly scrobbler: ScrobblerName }): Promise<ScrobblingState>;
}
