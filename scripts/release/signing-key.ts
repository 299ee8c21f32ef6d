/** The private half of a key that signs manifests: Ed25519 (RFC 8032), as a PEM file (PKCS #8, RFC 8410). */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { ReleaseError } from './release-error.ts';

export interface SigningKey {
  /** The first 16 hexadecimal digits of the SHA-256 of the public half: found again from either half. */
  readonly keyId: string;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicHalf: Uint8Array;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** How a build is told of a key (`RIFFLE_UPDATE_KEYS`). */
export const pinnedForm = ({ publicHalf }: SigningKey): string => Buffer.from(publicHalf).toString('base64');

/** A new private half as PEM, for a file that nobody else may read. */
export const generateSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** `source` is how messages name where the text came from; the text itself is in none of them. */
export const readSigningKey = (pem: string, source: string): SigningKey => {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What Node says of it may quote it.
    throw new ReleaseError(
      `${source} holds no private key.`,
      'It is a PEM file as "npm run release -- keygen" writes it, whole and without a passphrase.',
    );
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new ReleaseError(
      `${source} holds a key, but none of Ed25519.`,
      'Make one with "npm run release -- keygen".',
    );
  const publicHalf = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const keyId = createHash('sha256').update(publicHalf).digest('hex').slice(0, 16);
  return { keyId, publicHalf, sign: (bytes) => sign(null, bytes, key) };
};
