/**
 * What a build believes: the address of its feed, and the public keys of which one must have signed a manifest. Both come from the
 * environment of the build (`RIFFLE_UPDATE_URL`, `RIFFLE_UPDATE_KEYS`) and are compiled in; a build without them has no updates.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** Put in place of these names by the build (`electron.vite.config.ts`); not there in an app that runs from its sources. */
declare const RIFFLE_UPDATE_URL: string | undefined;
declare const RIFFLE_UPDATE_KEYS: string | undefined;

export interface PinnedKey {
  /** Of the key itself: the first 16 hexadecimal digits of the SHA-256 of its DER. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** The one that signs now, and the one that will: so that the first can be given up without leaving anybody behind. */
const MOST_KEYS = 2;
/** An Ed25519 public key as SubjectPublicKeyInfo (RFC 8410) in base64: always these first bytes, then 32 of its own. */
const KEY = /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/;

const pinned = (text: string): PinnedKey => {
  if (!KEY.test(text)) throw new Error('a pinned key is not the base64 of an Ed25519 public key in DER');
  const der = Buffer.from(text, 'base64');
  return {
    keyId: createHash('sha256').update(der).digest('hex').slice(0, 16),
    publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  };
};

/**
 * One or two public keys, as the release command prints them, with a comma between. Throws on anything else: a build that was given half
 * a key must not come to be.
 */
export const parsePinnedKeys = (text: string): readonly PinnedKey[] => {
  const keys = text.split(',').map((each) => pinned(each.trim()));
  if (keys.length > MOST_KEYS) throw new Error(`more than ${MOST_KEYS} pinned keys`);
  return keys;
};

/** HTTPS, or a server of this very machine, for trying. */
const isFeedAddress = (address: URL): boolean =>
  address.protocol === 'https:' ||
  (address.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname));

export interface Feed {
  /** Ends with a slash. */
  readonly url: string;
  readonly keys: readonly PinnedKey[];
}

/** Throws when the address is none, is not secret on the way, or has anything after the path. */
export const createFeed = (url: string, keys: readonly PinnedKey[]): Feed => {
  const address = new URL(url.endsWith('/') ? url : `${url}/`);
  if (!isFeedAddress(address) || address.username !== '' || address.search !== '' || address.hash !== '')
    throw new Error('the address of the feed is not a plain https address');
  return { url: address.href, keys };
};

/** What this build was made with; null when it was made without a feed or without keys. */
export const compiledInFeed = (): Feed | null => {
  const url = typeof RIFFLE_UPDATE_URL === 'undefined' ? '' : RIFFLE_UPDATE_URL;
  const keys = typeof RIFFLE_UPDATE_KEYS === 'undefined' ? '' : RIFFLE_UPDATE_KEYS;
  return url === '' || keys === '' ? null : createFeed(url, parsePinnedKeys(keys));
};
