/** Whether an access token is good: a JWT (RFC 7519, RFC 9068) of the one issuer that this service trusts. */
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { tokenRefused } from './bearer-token.ts';
import { KeysUnavailable, type IssuerKeys } from './issuer-keys.ts';
import { ProblemError } from '../problems.ts';

/** Asymmetric only: with a symmetric one a public key would be a password. */
const ALGORITHMS: readonly string[] = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
];
/** RFC 9068 §2.1, and what issuers write that do not know it. */
const TYPES = /^(JWT|(application\/)?at\+jwt)$/i;
/** OpenID Connect Core 1.0 §2: subjects are at most so long. */
const LONGEST_SUBJECT = 255;

export interface TokenPolicy {
  /** To the letter, as its metadata says it. */
  readonly issuer: string;
  /**
   * One of `aud`. Null for an issuer whose access tokens have none, as Amazon Cognito's: then `client_id` must be the app's and
   * `token_use` be `access`.
   */
  readonly audience: string | null;
  readonly clientId: string;
  /** Whether its tokens say that they are access tokens (`typ: at+jwt`, RFC 9068 §2.1), and so must. */
  readonly isTyped: boolean;
  /** By how much the issuer's clock may differ from ours. */
  readonly clockToleranceSeconds: number;
}

export interface VerifiedToken {
  readonly subject: string;
  readonly claims: Readonly<JWTPayload>;
  readonly expiresAtMs: number;
}

export interface TokenVerifierOptions {
  readonly keys: Pick<IssuerKeys, 'keyFor'>;
  readonly policy: TokenPolicy;
  readonly nowMs: () => number;
  /** Told when a token is not valid yet: one of the two clocks is wrong. */
  readonly onClockOff: (secondsAhead: number) => void;
}

/** Throws a `ProblemError`: `sign_in_required` for a token that is not good, `not_ready` where that cannot be told. */
export type VerifyToken = (token: string) => Promise<VerifiedToken>;

export const createTokenVerifier = (options: TokenVerifierOptions): VerifyToken => {
  const { keys, policy, nowMs, onClockOff } = options;
  const fixed: JWTVerifyOptions = {
    algorithms: [...ALGORITHMS],
    issuer: policy.issuer,
    clockTolerance: policy.clockToleranceSeconds,
    requiredClaims: ['iss', 'sub', 'exp'],
    ...(policy.audience === null ? {} : { audience: policy.audience }),
    ...(policy.isTyped ? { typ: 'at+jwt' } : {}),
  };

  return async (token) => {
    try {
      const currentDate = new Date(nowMs());
      const { payload, protectedHeader } = await jwtVerify(token, keys.keyFor, { ...fixed, currentDate });
      const reason = wrongUse(protectedHeader.typ, payload, policy);
      if (reason !== null) throw tokenRefused(reason);
      const { sub = '', exp = 0 } = payload;
      if (sub === '' || sub.length > LONGEST_SUBJECT) throw tokenRefused('its subject is none');
      return { subject: sub, claims: payload, expiresAtMs: (exp + policy.clockToleranceSeconds) * 1000 };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      if (error instanceof KeysUnavailable)
        throw new ProblemError('not_ready', 'The issuer of access tokens does not answer.', { cause: error });
      if (error instanceof errors.JOSEError) {
        const ahead = secondsAhead(error, nowMs());
        if (ahead > 0) onClockOff(ahead);
        throw tokenRefused(reasonOf(error), error);
      }
      throw error;
    }
  };
};

/** Why a token of this issuer is not an access token for us; null when it is one. */
const wrongUse = (
  type: string | undefined,
  payload: JWTPayload,
  { audience, clientId }: TokenPolicy,
): string | null => {
  const { token_use: use, client_id: client, aud } = payload;
  // Such as `logout+jwt` (RFC 8725 §3.11: one kind of token must not pass for another).
  if (type !== undefined && !TYPES.test(type)) return 'it is a token of another kind';
  // An ID token is signed with the same keys, and is told by what only it has (OpenID Connect Core 1.0 §2, §3.3.2.11).
  if (use === 'id' || 'nonce' in payload || 'at_hash' in payload || 'c_hash' in payload)
    return 'it is an ID token';
  if (audience !== null) return null;
  if (use !== 'access') return 'it does not say that it is an access token';
  if (client !== clientId) return 'it is for another client';
  return aud === undefined || [aud].flat().includes(clientId) ? null : 'it is for another audience';
};

const reasonOf = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'it is over';
  if (error instanceof errors.JWTClaimValidationFailed) return `its ${error.claim} is not the right one`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer has no such key';
  return 'it is no token of this issuer';
};

const secondsAhead = (error: errors.JOSEError, nowMs: number): number =>
  error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf'
    ? Math.round((error.payload.nbf ?? 0) - nowMs / 1000)
    : 0;
