import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { HostFailure } from '../../contract/host-error.ts';
import type { SignInFailure } from '../../contract/session.ts';

/** What an issuer's answer, or the want of one, amounts to. Closed. */
export type IssuerProblem =
  | 'offline'
  /** No answer, an answer of a gateway, or nonsense. */
  | 'unreachable'
  /** The code or refresh token is not (any longer) good. */
  | 'invalid_grant'
  /** The person or the issuer said no. */
  | 'denied'
  /** The person took longer than the issuer waits. */
  | 'expired'
  /** What came back belongs to another sign-in. */
  | 'mismatch'
  /** What came is not to be trusted. */
  | 'untrusted'
  | 'not_offered'
  /** The issuer takes the request itself for wrong. */
  | 'refused_request'
  | 'cancelled';

/** Says nothing of what was sent or received: tokens, codes and verifiers are among it. */
export class IssuerFailure extends Error {
  override readonly name = 'IssuerFailure';
  readonly problem: IssuerProblem;

  constructor(problem: IssuerProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** An error code of OAuth (RFC 6749, section 5.2) as it may be logged: what an issuer makes up is left out. */
const errorCode = (code: string): string => (/^[a-z_]{1,40}$/.test(code) ? code : 'an unknown error');

const PROBLEM_OF_ERROR: Readonly<Record<string, IssuerProblem>> = {
  invalid_grant: 'invalid_grant',
  access_denied: 'denied',
  login_required: 'denied',
  consent_required: 'denied',
  interaction_required: 'denied',
  account_selection_required: 'denied',
  expired_token: 'expired',
  server_error: 'unreachable',
  temporarily_unavailable: 'unreachable',
};

const ofError = (error: string): IssuerFailure =>
  new IssuerFailure(PROBLEM_OF_ERROR[error] ?? 'refused_request', `the issuer says ${errorCode(error)}`);

/** openid-client's codes, by what they mean here. */
const PROBLEM_OF_CODE: Readonly<Record<string, IssuerProblem>> = {
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'unreachable',
  OAUTH_RESPONSE_IS_NOT_JSON: 'unreachable',
  OAUTH_PARSE_ERROR: 'unreachable',
  OAUTH_TIMEOUT: 'unreachable',
  OAUTH_ABORT: 'unreachable',
  OAUTH_MISSING_SERVER_METADATA: 'not_offered',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'not_offered',
  OAUTH_REQUEST_PROTOCOL_FORBIDDEN: 'not_offered',
};

const isAboutNonce = ({ cause }: ClientError): boolean =>
  cause instanceof Error &&
  typeof cause.cause === 'object' &&
  cause.cause !== null &&
  'claim' in cause.cause &&
  cause.cause.claim === 'nonce';

/** What openid-client threw; null for what is no word about the issuer, but a defect. */
export const issuerFailureOf = (error: unknown): IssuerFailure | null => {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof IssuerFailure) return current;
  }
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    return ofError(error.error);
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    return new IssuerFailure('refused_request', 'the issuer does not know this client');
  }
  if (!(error instanceof ClientError) || error.code === undefined) return null;
  const problem = isAboutNonce(error) ? 'mismatch' : (PROBLEM_OF_CODE[error.code] ?? 'untrusted');
  return new IssuerFailure(problem, `the issuer's answer: ${error.code}`);
};

const SIGN_IN_FAILURE_OF: Readonly<Record<Exclude<IssuerProblem, 'cancelled'>, SignInFailure>> = {
  offline: 'offline',
  unreachable: 'issuer_unreachable',
  invalid_grant: 'code_refused',
  denied: 'denied',
  expired: 'timed_out',
  mismatch: 'not_ours',
  untrusted: 'bad_token',
  not_offered: 'not_offered',
  refused_request: 'denied',
};

/** Why a sign-in came to nothing when its issuer failed so; null when nobody waits for it any more. */
export const signInFailureOf = ({ problem }: IssuerFailure): SignInFailure | null =>
  problem === 'cancelled' ? null : SIGN_IN_FAILURE_OF[problem];

/** What whoever wanted a token is told. */
export const hostFailureOf = ({ problem, message }: IssuerFailure): HostFailure => {
  if (problem === 'cancelled') return new HostFailure('cancelled', message);
  return new HostFailure(problem === 'offline' ? 'offline' : 'service_unreachable', message);
};
