import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  chunkCount,
  chunkLength,
  CHUNK_BYTES,
  deriveKeys,
  openChunk,
  plainLength,
  sealChunk,
  sealedLength,
  SEALED_CHUNK_BYTES,
} from './chunked-encryption.ts';

const hex = z.string().transform((text) => Buffer.from(text, 'hex'));
const vectorSchema = z.object({
  inputKey: hex,
  salt: hex,
  context: hex,
  messageLength: z.int(),
  messageSha256: z.string(),
  aeadKey: z.string(),
  baseNonce: z.string(),
  commitment: z.string(),
  ciphertextLength: z.int(),
  ciphertextSha256: z.string(),
  ciphertextHead: z.string(),
  ciphertextTail: z.string(),
});
/** Made with an independent implementation; C2SP publishes none. */
const { vectors } = z
  .object({ vectors: z.array(vectorSchema) })
  .parse(JSON.parse(readFileSync(new URL('./cobblestone-128.json', import.meta.url), 'utf8')));

/** The messages of the vectors: byte i is (31·i + 7·⌊i / 256⌋) mod 256. */
const message = (length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (31 * index + 7 * Math.floor(index / 256)) % 256));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const seal = (key: Uint8Array, salt: Uint8Array, context: Uint8Array, plaintext: Uint8Array): Buffer => {
  const keys = deriveKeys(key, salt, context);
  const chunks = Array.from({ length: chunkCount(plaintext.length) }, (_, index) => {
    const start = index * CHUNK_BYTES;
    return sealChunk(keys, index, plaintext.subarray(start, start + chunkLength(plaintext.length, index)));
  });
  return Buffer.concat([salt, keys.commitment, ...chunks]);
};

describe('Cobblestone-128', () => {
  it('has vectors to be held against', () => {
    expect(vectors.length).toBeGreaterThan(5);
  });

  it.each(vectors.map((vector) => [vector.messageLength, vector.context.toString('utf8'), vector] as const))(
    'seals %i bytes with context "%s" as another implementation does',
    (length, _context, vector) => {
      const plaintext = message(length);
      expect(sha256(plaintext)).toBe(vector.messageSha256);
      const keys = deriveKeys(vector.inputKey, vector.salt, vector.context);
      expect(keys.aead.toString('hex')).toBe(vector.aeadKey);
      expect(keys.baseNonce.toString('hex')).toBe(vector.baseNonce);
      expect(keys.commitment.toString('hex')).toBe(vector.commitment);

      const sealed = seal(vector.inputKey, vector.salt, vector.context, plaintext);
      expect(sealed.length).toBe(vector.ciphertextLength);
      expect(sealedLength(length)).toBe(vector.ciphertextLength);
      expect(sha256(sealed)).toBe(vector.ciphertextSha256);
      expect(sealed.toString('hex').startsWith(vector.ciphertextHead)).toBe(true);
      expect(sealed.toString('hex').endsWith(vector.ciphertextTail)).toBe(true);
    },
  );

  it('tells the length of the audio from the length of the file, and refuses lengths that no file has', () => {
    fc.assert(
      fc.property(fc.nat(10 * CHUNK_BYTES), (plainBytes) => {
        expect(plainLength(sealedLength(plainBytes))).toBe(plainBytes);
      }),
    );
    for (const whole of [0, 1, 2]) {
      expect(plainLength(56 + whole * SEALED_CHUNK_BYTES)).toBeNull();
      expect(plainLength(56 + whole * SEALED_CHUNK_BYTES + 15)).toBeNull();
      expect(plainLength(56 + whole * SEALED_CHUNK_BYTES + 16)).toBe(whole * CHUNK_BYTES);
    }
    expect(plainLength(0)).toBeNull();
  });

  it('opens no chunk with another number, key, context, or a changed bit', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        bytes(16),
        bytes(24),
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(2 ** 40),
        fc.nat(),
        (key, salt, context, plaintext, index, bit) => {
          const keys = deriveKeys(key, salt, context);
          const sealed = sealChunk(keys, index, plaintext);
          expect(openChunk(keys, index, sealed)).toEqual(Buffer.from(plaintext));
          expect(openChunk(keys, index + 1, sealed)).toBeNull();
          expect(openChunk(deriveKeys(key, salt, Uint8Array.of(...context, 0)), index, sealed)).toBeNull();
          const flipped = Buffer.from(sealed);
          const place = bit % (sealed.length * 8);
          flipped[place >> 3] = (flipped[place >> 3] ?? 0) ^ (1 << (place & 7));
          expect(openChunk(keys, index, flipped)).toBeNull();
          expect(openChunk(keys, index, sealed.subarray(0, sealed.length - 1))).toBeNull();
        },
      ),
    );
  });
});
