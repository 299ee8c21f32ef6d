/**
 * Signed addresses of the folder store: `/objects/<key>?expires=<unix seconds>&signature=<base64url>`, where the signature
 * is HMAC-SHA-256 over key and expiry. The key's alphabet needs no percent-encoding, so there is one spelling of an address.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObjectKey } from './object-key.ts';

const PATH = '/objects/';
/** The longest life S3 gives a signed address (Signature Version 4). */
const LONGEST_LIFETIME_SECONDS = 7 * 24 * 3600;

export type AddressVerdict =
  | { readonly ok: true; readonly key: string }
  /** `expired` is said only of an address that was once good. */
  | { readonly ok: false; readonly reason: 'expired' | 'invalid' };

/** The expiry is part of what is signed, and a line break can stand in neither, so no two addresses share a signature. */
const signatureOf = (secret: Uint8Array, key: string, expires: string): string =>
  createHmac('sha256', secret).update(`${key}\n${expires}`).digest('base64url');

/** Throws a `RangeError` for a lifetime that no address can have; the same with every adapter. */
export const assertLifetime = (lifetimeSeconds: number): void => {
  if (Number.isInteger(lifetimeSeconds) && lifetimeSeconds > 0 && lifetimeSeconds <= LONGEST_LIFETIME_SECONDS)
    return;
  throw new RangeError(
    `an address lives for 1 to ${LONGEST_LIFETIME_SECONDS} whole seconds, not ${lifetimeSeconds}`,
  );
};

/** `baseUrl` is where the service is reached from outside, with or without a slash at its end. */
export const signObjectAddress = (
  baseUrl: string,
  key: string,
  expiresUnixSeconds: number,
  secret: Uint8Array,
): string => {
  const expires = String(expiresUnixSeconds);
  const signature = signatureOf(secret, key, expires);
  return `${baseUrl.replace(/\/+$/, '')}${PATH}${key}?expires=${expires}&signature=${signature}`;
};

const onlyValue = (searchParams: URLSearchParams, name: string): string => {
  const values = searchParams.getAll(name);
  return values.length === 1 ? (values[0] ?? '') : '';
};

/**
 * Says which object an address opens, if any. `pathname` is as it came, still percent-encoded, without what a proxy or a
 * base path put before `/objects/`. Takes the same time for every wrong signature.
 */
export const verifyObjectAddress = (
  address: { readonly pathname: string; readonly searchParams: URLSearchParams },
  secret: Uint8Array,
  nowMs: number,
): AddressVerdict => {
  const key = address.pathname.startsWith(PATH) ? address.pathname.slice(PATH.length) : '';
  const expires = onlyValue(address.searchParams, 'expires');
  const given = onlyValue(address.searchParams, 'signature');
  if (!isObjectKey(key) || !/^\d{1,12}$/.test(expires) || !/^[\w-]{43}$/.test(given))
    return { ok: false, reason: 'invalid' };
  // Compared as text: base64url leaves bits of its last letter unused, and four spellings would pass as bytes.
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(signatureOf(secret, key, expires))))
    return { ok: false, reason: 'invalid' };
  return nowMs < Number(expires) * 1000 ? { ok: true, key } : { ok: false, reason: 'expired' };
};
