import { safeStorage } from 'electron';
import type { Log, SecretStore } from '../../ports.ts';
import { createEncryptedSecrets, type TextCipher } from '../../secrets/encrypted-secrets.ts';
import { createMemorySecrets } from '../../secrets/memory-secrets.ts';
import { hasTrustedKeyStore } from '../../secrets/secret-persistence.ts';

/** Asked each time: a key store that is locked now may be open later. */
const requireKeyStore = async (): Promise<void> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) throw new Error('no encryption is available');
};

const systemCipher: TextCipher = {
  async encrypt(text) {
    await requireKeyStore();
    return safeStorage.encryptStringAsync(text);
  },
  async decrypt(encrypted) {
    await requireKeyStore();
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted);
    return { text: result, isStale: shouldReEncrypt };
  },
};

/** Keychain, DPAPI or the desktop's keyring; in memory where none can be trusted. Only once the app is ready. */
export const openSystemSecrets = (options: { readonly folder: string; readonly log: Log }): SecretStore => {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null;
  if (hasTrustedKeyStore(process.platform, backend)) {
    return createEncryptedSecrets({ ...options, cipher: systemCipher });
  }
  options.log.warn('no key store to trust: secrets are gone when the app quits', { backend });
  return createMemorySecrets();
};
