/**
 * Objects that are found and opened with what only their holder knows: a code, a token, a cookie. The key is a keyed hash of
 * that, and the content is sealed with another one, so that whoever reads the bucket (without `identity/keys/`) learns neither
 * token nor code nor who listens, and can sign in with nothing of it.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { signInKey, type SignInFolder } from './identity-keys.ts';

/** Open for the sweeper to read: when it ends. The rest is AES-256-GCM: nonce, ciphertext, tag. */
const envelopeSchema = z.object({ endsAt: z.number(), sealed: z.base64() });

export interface SealedObjects {
  /** The name under which something secret is filed, in hex. */
  nameOf(folder: SignInFolder, secret: string): string;
  /** Null: there is none. Also for one that is over and not yet swept it gives what is there. */
  read(folder: SignInFolder, secret: string): Promise<unknown>;
  write(folder: SignInFolder, secret: string, value: unknown, endsAtMs: number): Promise<void>;
  /** False: there is one already, of whatever content. Exactly one of many racers gets true. */
  create(folder: SignInFolder, secret: string, value: unknown, endsAtMs: number): Promise<boolean>;
  delete(folder: SignInFolder, secret: string): Promise<void>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param secret 32 bytes that are the same for all replicas and never change. */
export const createSealedObjects = (store: ObjectStore, secret: Uint8Array): SealedObjects => {
  const keyed = (purpose: string, folder: SignInFolder, text: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}\0${folder}\0${text}`).digest();
  const nameOf = (folder: SignInFolder, text: string): string => keyed('name', folder, text).toString('hex');
  const keyOf = (folder: SignInFolder, text: string): string => signInKey(folder, nameOf(folder, text));

  const seal = (folder: SignInFolder, text: string, value: unknown, endsAtMs: number): Buffer => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyed('seal', folder, text), nonce);
    const sealed = [nonce, cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.from(
      JSON.stringify({ endsAt: endsAtMs, sealed: Buffer.concat(sealed).toString('base64') }),
    );
  };

  const open = (folder: SignInFolder, text: string, bytes: Uint8Array): unknown => {
    try {
      const envelope = envelopeSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      const sealed = Buffer.from(envelope.sealed, 'base64');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyed('seal', folder, text),
        sealed.subarray(0, NONCE_BYTES),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const plain = [decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
      const value: unknown = JSON.parse(Buffer.concat(plain).toString('utf8'));
      return value;
    } catch (error) {
      throw new StoreError(
        'corrupt',
        `${keyOf(folder, text)} cannot be opened`,
        'It was changed, or identity/keys/ was restored from another time: listeners sign in again.',
        { cause: error },
      );
    }
  };

  const options = { contentType: 'application/json', cacheControl: 'no-store' };
  return {
    nameOf,
    read: async (folder, text) => {
      const bytes = await store.getBytes(keyOf(folder, text));
      return bytes === null ? null : open(folder, text, bytes);
    },
    write: async (folder, text, value, endsAtMs) => {
      await store.put(keyOf(folder, text), seal(folder, text, value, endsAtMs), options);
    },
    create: (folder, text, value, endsAtMs) =>
      store.create(keyOf(folder, text), seal(folder, text, value, endsAtMs), options),
    delete: (folder, text) => store.delete([keyOf(folder, text)]),
  };
};
