import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HostFailure } from '../../contract/host-error.ts';
import type { Log, SecretStore } from '../ports.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
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

/** Whose a key's folder is, noted in it: several profiles may share one cache folder, and several accounts one profile. */
const ownerSchema = z.object({ account: z.string(), dataFolder: z.string() });
type Owner = Readonly<z.infer<typeof ownerSchema>>;

const OWNER_FILE = 'owner.json';
/** Where versions before this one kept audio in clear. */
const FORMER_FOLDER = /^[0-9a-f]{2}$/;
const LOST_ENDING = '.lost';

/** Notes whose the folder is, before there is any audio in it. Rejects with Node's own error. */
export const claimKeyFolder = async (home: string, owner: Owner): Promise<void> => {
  const path = join(home, OWNER_FILE);
  const text = JSON.stringify(owner);
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return;
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeFileDurably(path, text);
};

const readOwner = async (home: string): Promise<Owner | null> => {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(join(home, OWNER_FILE), 'utf8')));
  } catch {
    // Nobody's, as far as can be told: then it is not ours to delete.
    return null;
  }
};

const isGone = async (folder: string): Promise<boolean> => {
  try {
    await stat(folder);
    return false;
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT';
  }
};

/**
 * Deletes audio that nobody can ever open again: whose key was destroyed, whose profile is gone, and what former versions kept
 * in clear. What belongs to another profile or account stays. Never rejects.
 */
export const sweepLostKeys = async (options: {
  readonly folder: string;
  readonly dataFolder: string;
  readonly secrets: SecretStore;
  readonly log: Log;
}): Promise<void> => {
  const { folder, dataFolder, secrets, log } = options;
  const isLost = async (name: string): Promise<boolean> => {
    if (FORMER_FOLDER.test(name) || name.endsWith(LOST_ENDING)) return true;
    const owner = await readOwner(join(folder, name));
    if (owner === null) return false;
    if (owner.dataFolder !== dataFolder) return isGone(owner.dataFolder);
    // A key store that does not answer has not lost the key.
    const stored = await secrets.read(secretName(owner.account));
    return stored === null || keyOf(owner.account, Buffer.from(stored, 'base64')).id !== name;
  };
  try {
    for (const name of await readdir(folder)) {
      if (!(await isLost(name))) continue;
      log.info('audio that nobody can open removed', { name });
      // Renamed first: killed half-way through, what is left no longer says whose it was.
      const marked = name.endsWith(LOST_ENDING) ? name : `${name}${LOST_ENDING}`;
      if (marked !== name) await rename(join(folder, name), join(folder, marked));
      await rm(join(folder, marked), { recursive: true, force: true });
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') log.warn('lost audio not removed', { error });
  }
};
