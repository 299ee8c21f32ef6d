/**
 * The closed set of things that can go wrong between window and main process. Codes travel; the sentence a person
 * reads is made at the screen, in their language.
 */
export const HOST_ERROR_CODES = [
  /** The machine has no network. */
  'offline',
  /** There is a network, but the catalog service does not answer, or answers nonsense. */
  'service_unreachable',
  /** What was asked for is not in the catalog (any more). */
  'not_found',
  /** It was shared, and is not any more. */
  'gone',
  /** The caller sent something the contract does not allow. */
  'invalid_argument',
  /** The caller may not do this. */
  'forbidden',
  /** Nobody is signed in, or not any more. */
  'sign_in_required',
  /** Only premium listeners may do this. */
  'premium_required',
  /** Too many requests in a short while. */
  'too_many_requests',
  /** The audio itself could not be had, although the catalog lists it. */
  'media_unavailable',
  /** The disk is full or cannot be written. */
  'storage_failed',
  /** It would go over the limit for kept music. */
  'limit_reached',
  /** Kept music whose date is over: the service's word unlocks it. */
  'lease_over',
  /** A newer request took this one's place. */
  'cancelled',
  'internal',
] as const;

export type HostErrorCode = (typeof HOST_ERROR_CODES)[number];

/** `message` is for logs and developers; never shown to a person. */
export interface HostError {
  readonly code: HostErrorCode;
  readonly message: string;
}

/** What crosses the process boundary in answer to a call. */
export type HostReply<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: HostError };

/** Thrown by host services and, on the window's side, by the host client. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
