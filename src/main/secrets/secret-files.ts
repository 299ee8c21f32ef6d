import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { Log } from '../ports.ts';
import { syncFolder, writeFileDurably } from '../storage/durable-file.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import { sweepAbandoned } from '../storage/temporary-file.ts';
import { checkSecretName } from './secret-name.ts';

/** One file a secret, for nobody but this user. All calls run one after the other; they reject with `storage_failed`. */
export interface SecretFiles {
  /** Null when there is none. */
  read(name: string): Promise<Buffer | null>;
  /** On the disk when it resolves; killed before, the old one is still there whole. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Gone from the folder when it resolves, and not back after a power cut. */
  remove(name: string): Promise<void>;
}

const isAbsent = (error: unknown): boolean => systemErrorCode(error) === 'ENOENT';

export const createSecretFiles = (options: { readonly folder: string; readonly log: Log }): SecretFiles => {
  const { folder, log } = options;
  const inTurn = pLimit(1);

  const makeFolder = async (): Promise<void> => {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made === undefined) await chmod(folder, 0o700);
    else await syncFolder(dirname(made));
  };

  const readNow = async (name: string): Promise<Buffer | null> => {
    try {
      return await readFile(join(folder, name));
    } catch (error) {
      if (isAbsent(error)) return null;
      throw storageFailure('a secret cannot be read', error);
    }
  };

  const writeNow = async (name: string, content: string | Uint8Array): Promise<void> => {
    try {
      await makeFolder();
      await writeFileDurably(join(folder, name), content);
    } catch (error) {
      throw storageFailure('a secret cannot be written', error);
    }
  };

  const removeNow = async (name: string): Promise<void> => {
    try {
      await rm(join(folder, name), { force: true });
      // A write that was killed may have left a copy.
      await sweepAbandoned(folder, log);
      // Also when it was gone already: whoever removed it may have been killed before the disk knew.
      await syncFolder(folder);
    } catch (error) {
      if (!isAbsent(error)) throw storageFailure('a secret cannot be removed', error);
    }
  };

  return {
    async read(name) {
      checkSecretName(name);
      return inTurn(() => readNow(name));
    },
    async write(name, content) {
      checkSecretName(name);
      return inTurn(() => writeNow(name, content));
    },
    async remove(name) {
      checkSecretName(name);
      return inTurn(() => removeNow(name));
    },
  };
};
