import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/**
 * C2SP chunked-encryption, Cobblestone-128 (https://c2sp.org/chunked-encryption): AES-128-GCM in chunks of 16 KiB that can be
 * written and read in any order, bound to a key commitment.
 *
 * File = salt (24) ‖ commitment (32) ‖ chunks. Every chunk but the last seals 16,384 bytes; the last is always shorter, empty if
 * need be, which is how a cut shows.
 */
export const CHUNK_BYTES = 16_384;
export const KEY_BYTES = 16;
export const SALT_BYTES = 24;
export const HEADER_BYTES = 56;
const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const ALGORITHM = 'aes-128-gcm';
const INFO = Buffer.from('c2sp.org/chunked-encryption@v1+AEAD_AES_128_GCM\0', 'latin1');

export interface SealingKeys {
  readonly aead: Buffer;
  readonly baseNonce: Buffer;
  /** Says that these are the keys, before any chunk is opened. */
  readonly commitment: Buffer;
}

/** HKDF-Expand with SHA-512 (RFC 5869, 2.3); 60 bytes are less than one block, so it is one HMAC. */
export const deriveKeys = (inputKey: Uint8Array, salt: Uint8Array, context: Uint8Array): SealingKeys => {
  const block = createHmac('sha512', inputKey)
    .update(INFO)
    .update(salt)
    .update(context)
    .update(Uint8Array.of(1))
    .digest();
  return {
    aead: block.subarray(0, 16),
    baseNonce: block.subarray(16, 28),
    commitment: block.subarray(28, 60),
  };
};

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

const nonceOf = ({ baseNonce }: SealingKeys, index: number): Buffer => {
  const nonce = Buffer.from(baseNonce);
  let rest = index;
  for (let place = nonce.length - 1; rest > 0; place -= 1) {
    nonce[place] = (nonce[place] ?? 0) ^ (rest & 0xff);
    rest = Math.floor(rest / 256);
  }
  return nonce;
};

/** One chunk and its tag. A chunk number may be sealed under one salt for one plaintext only. */
export const sealChunk = (keys: SealingKeys, index: number, plaintext: Uint8Array): Buffer => {
  const cipher = createCipheriv(ALGORITHM, keys.aead, nonceOf(keys, index));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
};

/** The plaintext, or null when this is not that chunk, whole and unchanged. */
export const openChunk = (keys: SealingKeys, index: number, sealed: Uint8Array): Buffer | null => {
  if (sealed.byteLength < TAG_BYTES) return null;
  const decipher = createDecipheriv(ALGORITHM, keys.aead, nonceOf(keys, index));
  decipher.setAuthTag(sealed.subarray(sealed.byteLength - TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(0, sealed.byteLength - TAG_BYTES));
  try {
    decipher.final();
    return plaintext;
  } catch {
    // The one thing `final` throws for is a tag that does not fit.
    return null;
  }
};

/** How many chunks so many bytes take; the last holds fewer than 16,384. */
export const chunkCount = (plainBytes: number): number => Math.floor(plainBytes / CHUNK_BYTES) + 1;

/** Bytes of plaintext in a chunk of a file of so many. */
export const chunkLength = (plainBytes: number, index: number): number =>
  Math.min(CHUNK_BYTES, plainBytes - index * CHUNK_BYTES);

/** Where in the file a chunk starts. */
export const chunkOffset = (index: number): number => HEADER_BYTES + SEALED_CHUNK_BYTES * index;

export const sealedLength = (plainBytes: number): number =>
  HEADER_BYTES + plainBytes + TAG_BYTES * chunkCount(plainBytes);

/** Null for a length that no sealed file has. */
export const plainLength = (sealedBytes: number): number | null => {
  const body = sealedBytes - HEADER_BYTES;
  const last = body % SEALED_CHUNK_BYTES;
  if (body < TAG_BYTES || last < TAG_BYTES) return null;
  return Math.floor(body / SEALED_CHUNK_BYTES) * CHUNK_BYTES + last - TAG_BYTES;
};
