import pLimit from 'p-limit';
import { HostFailure } from '../../contract/host-error.ts';
import type { Log, SecretStore } from '../ports.ts';
import { createSecretFiles } from './secret-files.ts';

/** A key store that encrypts for this user. Every call rejects when it does not answer, or cannot read what it is given. */
export interface TextCipher {
  encrypt(text: string): Promise<Buffer>;
  /** `isStale`: readable, but the store's own key has changed, and it wants to encrypt it anew. */
  decrypt(encrypted: Buffer): Promise<{ readonly text: string; readonly isStale: boolean }>;
}

const asking = async <Answer>(what: string, work: Promise<Answer>): Promise<Answer> => {
  try {
    return await work;
  } catch (error) {
    throw new HostFailure('storage_failed', `the key store ${what}`, { cause: error });
  }
};

/**
 * Secrets in files whose content the system's key store encrypts. One that cannot be decrypted now is not "none": its file
 * stays as it is, and reading rejects.
 */
export const createEncryptedSecrets = (options: {
  readonly folder: string;
  readonly cipher: TextCipher;
  readonly log: Log;
}): SecretStore => {
  const { cipher, log } = options;
  const files = createSecretFiles(options);
  /** Encrypting anew what was read must not overwrite what is written meanwhile. */
  const inTurn = pLimit(1);

  const writeNow = async (name: string, value: string): Promise<void> => {
    await files.write(name, await asking('did not encrypt', cipher.encrypt(value)));
  };

  const readNow = async (name: string): Promise<string | null> => {
    const encrypted = await files.read(name);
    if (encrypted === null) return null;
    const { text, isStale } = await asking('did not decrypt', cipher.decrypt(encrypted));
    if (isStale) {
      await writeNow(name, text).catch((error: unknown) => {
        log.warn('a secret could not be encrypted anew', { name, error });
      });
    }
    return text;
  };

  return {
    persistence: 'system',
    read: (name) => inTurn(() => readNow(name)),
    write: (name, value) => inTurn(() => writeNow(name, value)),
    remove: (name) => inTurn(() => files.remove(name)),
  };
};
