import { constants, copyFile, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isVersion } from '../../core/update/version.ts';
import type { Log } from '../ports.ts';
import { renameDurably } from '../storage/durable-file.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { temporaryPath } from '../storage/temporary-file.ts';
import { describeFile, isExactly } from './verify-file.ts';

const keptSchema = z.object({
  versions: z
    .array(
      z.object({
        version: z.string().refine(isVersion),
        /** Of the file in the same folder. */
        name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/),
        sizeBytes: z.int().min(1),
        sha512: z.string(),
      }),
    )
    .max(8),
});

/** Installers of the versions that one may have to go back to. */
export interface KeptInstallers {
  /** Keeps a file that was verified, or that runs. On the disk when it resolves; rejects with the system's error or `storage_failed`. */
  keep(version: string, path: string): Promise<void>;
  /** Where the installer of a version lies, if it is there and byte for byte what was kept; null otherwise. */
  find(version: string): Promise<string | null>;
  /** Keeps nothing but these. Never rejects. */
  keepOnly(versions: readonly string[]): Promise<void>;
}

/** Never a second name for the same bytes: what replaces an installer may write into the file that is there (NSIS does). */
const copyDurably = async (from: string, to: string): Promise<void> => {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await using file = await open(to, 'r+');
  await file.sync();
};

const extensionOf = (path: string): string => /\.[A-Za-z0-9]{1,10}$/.exec(path)?.[0].toLowerCase() ?? '';

export const openKeptInstallers = (folder: string, log: Log): KeptInstallers => {
  const document = createJsonDocument({ path: join(folder, 'kept.json'), schema: keptSchema, log });
  const read = async () => (await document.read())?.versions ?? [];

  return {
    async keep(version, path) {
      await mkdir(folder, { recursive: true });
      const name = `${version}${extensionOf(path)}`;
      const to = join(folder, name);
      if (path !== to) {
        const temporary = temporaryPath(to);
        try {
          await copyDurably(path, temporary);
          await renameDurably(temporary, to);
        } finally {
          await rm(temporary, { force: true });
        }
      }
      const described = { version, name, ...(await describeFile(to)) };
      const others = (await read()).filter((each) => each.version !== version);
      await document.write({ versions: [...others, described].slice(-8) });
    },
    async find(version) {
      try {
        const kept = (await read()).find((each) => each.version === version);
        if (kept === undefined) return null;
        const path = join(folder, kept.name);
        if (await isExactly(path, kept)) return path;
        log.warn('a kept installer is not what was kept', { version });
      } catch (error) {
        log.warn('a kept installer cannot be read', { version, error });
      }
      return null;
    },
    async keepOnly(versions) {
      try {
        const all = await read();
        const stays = all.filter((each) => versions.includes(each.version));
        if (stays.length === all.length) return;
        await document.write({ versions: stays });
        for (const { version, name } of all) {
          if (!versions.includes(version)) await rm(join(folder, name), { force: true });
        }
      } catch (error) {
        log.warn('old installers not removed', { error });
      }
    },
  };
};
