import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HostFailure } from '../../contract/host-error.ts';
import type { Log, SecretStore } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { KEY_BYTES } from './sealed-audio/chunked-encryption.ts';

/** The key that one account's audio is sealed with on this computer. */
export interface AudioKey {
  readonly account: string;
  /** Names the key's folder; tells nothing of the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

const secretName = (account: string): string => `audio-key-${account}`;

const keyOf = (account: string, bytes: Uint8Array): AudioKey => ({
  account,
  bytes,
  id: createHash('sha256').update('riffle audio key id\0').update(bytes).digest('hex').slice(0, 16),
});

const unavailable = (cause: unknown): HostFailure =>
  new HostFailure('storage_failed', 'the key of the audio cannot be had', { cause });

/** Sixteen hex digits for whoever listens to which service. */
export const accountOf = (serviceUrl: string, subject: string): string =>
  createHash('sha256').update(`${serviceUrl}\n${subject}`).digest('hex').slice(0, 16);

/**
 * The account's key, made at random the first time. Rejects with `storage_failed` while the key store does not answer: that is
 * not the same as having no key, and a new one would lose everything.
 */
export const openAudioKey = async (secrets: SecretStore, account: string): Promise<AudioKey> => {
  try {
    const stored = await secrets.read(secretName(account));
    const bytes = stored === null ? null : Buffer.from(stored, 'base64');
    if (bytes?.byteLength === KEY_BYTES) return keyOf(account, bytes);
    const fresh = randomBytes(KEY_BYTES);
    await secrets.write(secretName(account), fresh.toString('base64'));
    return keyOf(account, fresh);
  } catch (error) {
    throw unavailable(error);
  }
};

/** From when this resolves on, nothing that was sealed with it can ever be opened. Rejects with `storage_failed`. */
export const destroyAudioKey = async (secrets: SecretStore, account: string): Promise<void> => {
  try {
    await secrets.remove(secretName(account));
  } catch (error) {
    throw unavailable(error);
  }
};

/** Deletes the audio of every key but these: destroyed ones, and what older versions kept in clear. */
export const sweepOtherKeys = async (folder: string, keep: readonly string[], log: Log): Promise<void> => {
  try {
    const names = await readdir(folder);
    for (const name of names.filter((name) => !keep.includes(name))) {
      log.info('audio of no key removed', { name });
      await rm(join(folder, name), { recursive: true, force: true });
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') log.warn('audio of no key not removed', { error });
  }
};
