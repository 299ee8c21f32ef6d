/** What an S3 or the network said, as the port says it. Nothing of a request is kept: signatures and key ids stay out of logs. */
import { StoreError, type StoreErrorCode } from './object-store.ts';

interface Explanation {
  readonly code: StoreErrorCode;
  readonly hint: string;
}

const explain = (code: StoreErrorCode, hint: string): Explanation => ({ code, hint });

const wrongKeys = explain(
  'denied',
  'The access keys are not accepted: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile.',
);
const expiredKeys = explain('denied', 'The credentials have expired: sign in again or renew the session.');
const noKeys = explain(
  'denied',
  'No credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.',
);
const wrongClock = explain(
  'denied',
  "This machine's clock differs too much from the server's: set the clock and try again.",
);
const wrongRegion = explain('unreachable', "Name the bucket's own region with --region or AWS_REGION.");
const noAnswer = explain(
  'unreachable',
  'Nothing answers there: check the endpoint, the port and the network.',
);
const noSuchHost = explain('unreachable', 'No machine has that name: check the endpoint and the network.');
const tooSlow = explain(
  'unreachable',
  'The server took too long to answer: check the network and try again.',
);
const untrusted = explain(
  'unreachable',
  "The server's certificate is not trusted: check the endpoint, or name its authority in NODE_EXTRA_CA_CERTS.",
);
const full = explain('full', "The bucket's or the account's quota is used up: raise it or make room.");
const damaged = explain('corrupt', 'The bytes did not arrive as they were sent: try again.');
const failing = explain('unreachable', 'The server fails or is too busy: try again later.');

const BY_NAME: Readonly<Record<string, Explanation>> = {
  AccessDenied: explain(
    'denied',
    'These keys may not do that: give them read, write, list and delete on the bucket and prefix.',
  ),
  InvalidAccessKeyId: wrongKeys,
  SignatureDoesNotMatch: wrongKeys,
  InvalidToken: expiredKeys,
  ExpiredToken: expiredKeys,
  ExpiredTokenException: expiredKeys,
  CredentialsProviderError: noKeys,
  TokenProviderError: expiredKeys,
  RequestTimeTooSkewed: wrongClock,
  RequestExpired: wrongClock,
  NoSuchBucket: explain('unreachable', 'There is no such bucket: check its name, or create it.'),
  InvalidBucketName: explain('unreachable', "The bucket's name is not one S3 allows: check it."),
  PermanentRedirect: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  IllegalLocationConstraintException: wrongRegion,
  QuotaExceeded: full,
  InsufficientStorage: full,
  XMinioStorageFull: full,
  BadDigest: damaged,
  IncompleteBody: damaged,
  XAmzContentSHA256Mismatch: damaged,
  InvalidDigest: damaged,
  TimeoutError: tooSlow,
  ECONNREFUSED: noAnswer,
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  ENOTFOUND: noSuchHost,
  EAI_AGAIN: noSuchHost,
  ETIMEDOUT: tooSlow,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
  CERT_HAS_EXPIRED: untrusted,
};

const byStatus = (status: number | null): Explanation => {
  if (status === 301 || status === 307) return wrongRegion;
  if (status === 401 || status === 403) return wrongKeys;
  if (status === 507) return full;
  return failing;
};

const property = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;

/** HTTP status of the answer that was the error, null when there was none. */
export const s3StatusOf = (error: unknown): number | null => {
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : null;
};

/** How often the SDK sent the request, the last time included. */
export const s3AttemptsOf = (error: unknown): number => {
  const attempts = property(property(error, '$metadata'), 'attempts');
  return typeof attempts === 'number' ? attempts : 1;
};

/** The S3 error code, or the system's. */
export const s3NameOf = (error: unknown): string => {
  const systemCode = property(error, 'code');
  if (typeof systemCode === 'string' && systemCode in BY_NAME) return systemCode;
  return error instanceof Error ? error.name : 'Error';
};

/** Region missing is a plain `Error` of the SDK, told apart by its sentence alone. */
const isRegionMissing = (error: unknown): boolean =>
  error instanceof Error && /region is missing/i.test(error.message);

export const s3Error = (action: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const name = s3NameOf(error);
  const status = s3StatusOf(error);
  const { code, hint } = isRegionMissing(error) ? wrongRegion : (BY_NAME[name] ?? byStatus(status));
  const sentence = error instanceof Error && error.message !== '' ? error.message : name;
  const said = [...new Set([name, sentence, status === null ? '' : `HTTP ${status}`])].filter(Boolean);
  return new StoreError(code, `${action}: ${said.join(', ')}`, hint);
};
