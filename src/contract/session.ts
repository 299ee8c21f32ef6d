/**
 * Who listens, between window and main process. No token, code or verifier is ever in here.
 */
import type { Me } from './account-http.ts';

/** A listener of one service on this computer. */
export interface Account {
  /** Hash of service and subject: names folders and secrets. */
  readonly id: string;
  readonly serviceUrl: string;
  readonly serviceName: string;
  /** What the service last said; what holds while it is away. */
  readonly me: Me;
  /** False: the service has no sign-in, everybody is the same listener. */
  readonly isPersonal: boolean;
}

/**
 * starting ──▶ signed_out ── sign in ──▶ signed_in ◀─ renewed ─┐
 *    └──────────────────────────────────▶   │ issuer silent ──▶ unrenewed
 *                                           └ invalid_grant ──▶ sign_in_again ── sign in ──▶ signed_in
 * In all of the last three the account's music, queue and history are there.
 */
export type Session =
  /** The app has not yet found out whether its service wants a sign-in. */
  | { readonly state: 'starting' }
  | { readonly state: 'signed_out' }
  | { readonly state: 'signed_in'; readonly account: Account }
  /** The access token ran out and the issuer does not answer: as without a network; tried again by itself. */
  | { readonly state: 'unrenewed'; readonly account: Account; readonly since: string }
  /** The issuer took the sign-in back. What is on this computer plays on. */
  | { readonly state: 'sign_in_again'; readonly account: Account };

/** What a listener types to say that they mean it: their name, or the service's where they have none. */
export const nameToType = ({ me, serviceName }: Account): string => me.name ?? serviceName;

/** Whether that was typed; spaces around it do not count, anything else does. */
export const isNameTyped = (account: Account, typed: string): boolean =>
  typed.normalize('NFC').trim() === nameToType(account).normalize('NFC').trim();

/** Why a sign-in came to nothing. Closed; the sentence is made at the screen. Nothing is stored after any of them. */
export const SIGN_IN_FAILURES = [
  /** The person said no, or the issuer did. */
  'denied',
  /** Nobody came back from the browser in time (closed, forgotten). */
  'timed_out',
  /** What came back does not belong to this sign-in: wrong `state`, `iss` or `nonce`. */
  'not_ours',
  /** The issuer did not accept the code: used before, too old, without its verifier. */
  'code_refused',
  /** What the issuer gave is not to be trusted: bad signature, wrong audience, clock too far off. */
  'bad_token',
  /** No port of this computer could be listened at. */
  'no_port',
  /** The browser could not be opened. */
  'no_browser',
  /** The issuer does not offer what this needs (such as signing in on another device). */
  'not_offered',
  'issuer_unreachable',
  'service_unreachable',
  'offline',
  /** The key store does not answer, or the disk does not take it. */
  'not_kept',
  /** The service does not take this account: disabled, or of another issuer. */
  'refused',
  'internal',
] as const;
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number];

/** The sign-in that is under way, if one is. There is at most one; a new one takes the place of the old. */
export type SignIn =
  | { readonly step: 'idle' }
  /** Service and issuer are asked. */
  | { readonly step: 'asking'; readonly serviceUrl: string }
  /** `address` is to be opened in the browser by the window when the host has not done so. */
  | {
      readonly step: 'in_browser';
      readonly serviceUrl: string;
      readonly address: string;
      readonly openedByHost: boolean;
      readonly expiresAt: string;
    }
  /** Device authorization (RFC 8628): the code is typed in on another device. */
  | {
      readonly step: 'on_device';
      readonly serviceUrl: string;
      readonly address: string;
      /** The same with the code in it, for a QR code or a click. */
      readonly completeAddress: string | null;
      readonly code: string;
      readonly expiresAt: string;
    }
  /** Back from the browser: tokens are fetched and kept. */
  | { readonly step: 'finishing'; readonly serviceUrl: string }
  | { readonly step: 'failed'; readonly serviceUrl: string; readonly failure: SignInFailure };

/** Everything about who listens, pushed whole whenever it changes. */
export interface SessionSnapshot {
  readonly session: Session;
  readonly signIn: SignIn;
  /** All accounts on this computer, the current one among them, by service and name. */
  readonly accounts: readonly Account[];
  /** The service the app was started with, offered on the welcome page. */
  readonly offeredServiceUrl: string | null;
  /** `memory`: signing in lasts until the app quits, and the app says so. */
  readonly keepsSignIn: 'system' | 'file' | 'memory';
}

/** What stands behind an address that was typed. */
export interface ServicePreview {
  /** As it is kept: with scheme, without a slash at the end. */
  readonly serviceUrl: string;
  readonly name: string;
  /** A data URL, or null. */
  readonly picture: string | null;
  readonly tracks: number;
  readonly signIn: 'none' | 'needed';
  readonly demo: boolean;
}
