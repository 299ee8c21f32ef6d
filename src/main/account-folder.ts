import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log, SecretStore } from './ports.ts';
import { forgetConnections } from './scrobbling/connection-secrets.ts';
import { destroyAudioKey, sweepLostKeys } from './track-cache/audio-key.ts';

/** Where everything of an account lies that is small and precious. */
export const accountFolder = (dataFolder: string, accountId: string): string =>
  join(dataFolder, 'accounts', accountId);

/**
 * Deletes all of an account that is not open: first the key, after which nothing of its audio can be played, then kept music,
 * history and queue, then the audio itself. May be done again when it was cut off. Rejects with `storage_failed` while the key
 * store does not answer, with Node's own error when the folder cannot be deleted.
 */
export const eraseAccount = async (options: {
  readonly accountId: string;
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly secrets: SecretStore;
  readonly log: Log;
}): Promise<void> => {
  const { accountId, dataFolder, cacheFolder, secrets, log } = options;
  await destroyAudioKey(secrets, accountId);
  await forgetConnections(secrets, accountId);
  await rm(accountFolder(dataFolder, accountId), { recursive: true, force: true });
  await sweepLostKeys({ folder: join(cacheFolder, 'audio'), dataFolder, secrets, log });
};
