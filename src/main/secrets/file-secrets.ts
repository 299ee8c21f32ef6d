import type { Log, SecretStore } from '../ports.ts';
import { createSecretFiles } from './secret-files.ts';

/** Secrets in plain files that only this user may read, for where there is no key store: as safe as the user's own folder. */
export const createFileSecrets = (options: {
  /** Made when the first secret is written. */
  readonly folder: string;
  readonly log: Log;
}): SecretStore => {
  const files = createSecretFiles(options);
  return {
    persistence: 'file',
    read: async (name) => (await files.read(name))?.toString('utf8') ?? null,
    write: (name, value) => files.write(name, value),
    remove: (name) => files.remove(name),
  };
};
