/** Access tokens in the Authorization header, and nowhere else: an address is logged and passed on (RFC 6750 §2, RFC 9700 §4.3.2). */
import { ProblemError } from '../problems.ts';

const BEARER = /^bearer +([\w.~+/-]+=*)$/i;
const REALM = 'Bearer realm="riffle"';

/**
 * The token of a request, or null when it brings none. Another scheme is none: it is not for us. A header that is meant as a
 * token and is not one is `sign_in_required`.
 */
export const bearerTokenOf = (authorization: string | undefined): string | null => {
  if (authorization === undefined || !/^bearer\b/i.test(authorization)) return null;
  const [, token] = BEARER.exec(authorization) ?? [];
  if (token === undefined) throw tokenRefused('what stands there is no token');
  return token;
};

/** 401 for a request without a token (RFC 6750 §3.1: no error code). */
export const tokenMissing = (): ProblemError =>
  new ProblemError('sign_in_required', 'This needs an access token.', {
    headers: { 'www-authenticate': REALM },
  });

/** 401 for a token that is not good. `reason` is for developers and holds nothing of the token. */
export const tokenRefused = (reason: string, cause?: unknown): ProblemError =>
  new ProblemError('sign_in_required', `The access token is not accepted: ${reason}.`, {
    headers: { 'www-authenticate': `${REALM}, error="invalid_token"` },
    ...(cause === undefined ? {} : { cause }),
  });
