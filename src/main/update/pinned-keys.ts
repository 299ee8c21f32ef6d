/**
 * What a build believes: the address of its feed, and the public keys of which one must have signed a manifest. Both come from the
 * environment of the build (`RIFFLE_UPDATE_URL`, `RIFFLE_UPDATE_KEYS`) and are compiled in; a build without them has no updates.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';

/** Put in place of these names by the build (`electron.vite.config.ts`); not there in an app that runs from its sources. */
declare const RIFFLE_UPDATE_URL: string | undefined;
declare const RIFFLE_UPDATE_KEYS: string | undefined;

export interface PinnedKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** The one that signs now, and the one that will: so that the first can be given up without leaving anybody behind. */
const MOST_KEYS = 2;
const KEY = /^([a-z0-9][a-z0-9-]{0,63}):([A-Za-z0-9+/]{43}=)$/;

/**
 * `<key id>:<base64 of the 32 bytes of an Ed25519 public key>`, one or two of them with a comma between. Throws on anything else: a
 * build that was given half a key must not come to be.
 */
export const parsePinnedKeys = (text: string): readonly PinnedKey[] => {
  const keys = text.split(',').map((each): PinnedKey => {
    const [, keyId, bytes] = KEY.exec(each.trim()) ?? [];
    if (keyId === undefined || bytes === undefined) throw new Error('a pinned key is not <id>:<base64>');
    const x = Buffer.from(bytes, 'base64').toString('base64url');
    return { keyId, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
  });
  if (keys.length > MOST_KEYS) throw new Error(`more than ${MOST_KEYS} pinned keys`);
  if (new Set(keys.map(({ keyId }) => keyId)).size < keys.length)
    throw new Error('two pinned keys with one id');
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
