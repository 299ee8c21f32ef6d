import type { SecretStore } from '../ports.ts';
import { checkSecretName } from './secret-name.ts';

/** Secrets that are gone when the app quits, for systems without a key store to trust. */
export const createMemorySecrets = (): SecretStore => {
  const secrets = new Map<string, string>();
  return {
    persistence: 'memory',
    async read(name) {
      checkSecretName(name);
      return secrets.get(name) ?? null;
    },
    async write(name, value) {
      checkSecretName(name);
      secrets.set(name, value);
    },
    async remove(name) {
      checkSecretName(name);
      secrets.delete(name);
    },
  };
};
