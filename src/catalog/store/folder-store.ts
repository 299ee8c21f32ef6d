/**
 * The store in a folder of one machine: the embedded default. Any number of processes may share it; writing is crash-safe
 * (`folder-writing.ts`). Its signed addresses are served by the catalog service, which checks them with
 * `verifyObjectAddress`.
 */
import { constants } from 'node:fs';
import { access, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isMissing, folderError, errorCodeOf } from './folder-errors.ts';
import { etagOf, folderLayout } from './folder-layout.ts';
import { listFolder } from './folder-listing.ts';
import { metadataOf, readMetadata, removeMetadata, writeMetadata } from './folder-metadata.ts';
import {
  linkIntoPlace,
  moveIntoPlace,
  proveHardLinks,
  sweepTempFolder,
  writeTemp,
  type TempContent,
  type WrittenTemp,
} from './folder-writing.ts';
import { assertLifetime, signObjectAddress } from './object-address.ts';
import { wholeBody } from './object-body.ts';
import { assertKeyPrefix, assertObjectKey } from './object-key.ts';
import { assertByteRange, rangeWithin } from './object-range.ts';
import { StoreError, type ObjectInfo, type ObjectStore, type PutOptions } from './object-store.ts';

export interface FolderStoreOptions {
  readonly root: string;
  /** Without it the store signs no addresses. `baseUrl` is where the service is reached; `secret` at least 16 bytes. */
  readonly signing?: { readonly baseUrl: string; readonly secret: Uint8Array };
}

export const createFolderStore = (options: FolderStoreOptions): ObjectStore => {
  const layout = folderLayout(resolve(options.root));
  const description = `folder ${layout.root}`;

  const guarded = async <Value>(action: string, work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw folderError(`${description}: ${action}`, error);
    }
  };

  /** "No such object" is believed only while the folder itself is there: an unmounted disk is no empty catalog. */
  const assertRoot = async (): Promise<void> => {
    if ((await stat(layout.root)).isDirectory()) return;
    throw new StoreError('unreachable', `${layout.root} is no folder`, 'Name a folder for the store.');
  };

  const openObject = async (key: string): Promise<{ handle: FileHandle; info: ObjectInfo } | null> => {
    let handle: FileHandle;
    try {
      handle = await open(layout.objectPath(key), 'r');
    } catch (error) {
      if (!isMissing(error) && errorCodeOf(error) !== 'EISDIR') throw error;
      await assertRoot();
      return null;
    }
    try {
      const stats = await handle.stat({ bigint: true });
      if (stats.isFile()) {
        const etag = etagOf(stats);
        const metadata = await readMetadata(layout, key, etag);
        return { handle, info: { key, bytes: Number(stats.size), etag, ...metadata } };
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return null;
  };

  const etagNow = async (key: string): Promise<string | null> => {
    try {
      const stats = await stat(layout.objectPath(key), { bigint: true });
      return stats.isFile() ? etagOf(stats) : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  /** Writes, then lets `place` give it its name or find it taken. */
  const write = async (
    key: string,
    content: TempContent,
    putOptions: PutOptions,
    place: (temp: WrittenTemp, path: string) => Promise<boolean>,
  ): Promise<{ readonly isPlaced: boolean; readonly info: ObjectInfo }> => {
    const metadata = metadataOf(putOptions);
    const temp = await writeTemp(layout, content, layout.isPrivate(key));
    try {
      const etag = etagOf(temp.stats);
      const takeBack = await writeMetadata(layout, key, etag, metadata);
      let isPlaced = false;
      try {
        isPlaced = await place(temp, layout.objectPath(key));
      } finally {
        if (!isPlaced) await takeBack();
      }
      return { isPlaced, info: { key, bytes: Number(temp.stats.size), etag, ...metadata } };
    } finally {
      await rm(temp.path, { force: true });
    }
  };

  const overwrite = async (
    key: string,
    content: TempContent,
    putOptions: PutOptions,
  ): Promise<ObjectInfo> => {
    assertObjectKey(key);
    return guarded(`writing ${key}`, async () => {
      const before = await etagNow(key);
      const { info } = await write(key, content, putOptions, moveIntoPlace);
      if (before !== null) await removeMetadata(layout, key, before);
      return info;
    });
  };

  const get: ObjectStore['get'] = async (key, getOptions = {}) => {
    assertObjectKey(key);
    const { range, signal } = getOptions;
    if (range !== undefined) assertByteRange(key, range);
    signal?.throwIfAborted();
    const opened = await guarded(`reading ${key}`, () => openObject(key));
    if (opened === null) return null;
    const { handle, info } = opened;
    try {
      const given = range === undefined ? null : rangeWithin(key, range, info.bytes);
      const bytes = given === null ? info.bytes : given.last - given.first + 1;
      const source = handle.createReadStream(given === null ? {} : { start: given.first, end: given.last });
      const body = wholeBody(
        source,
        { key, bytes },
        (cause) => folderError(`${description}: reading ${key}`, cause),
        signal,
      );
      return { ...info, body, range: given };
    } catch (error) {
      await handle.close();
      throw error;
    }
  };

  return {
    description,

    check: (wanted) =>
      guarded('checking', async () => {
        if (wanted === 'write') await mkdir(layout.root, { recursive: true });
        await assertRoot();
        await access(layout.root, constants.R_OK | constants.X_OK);
        if (wanted === 'read') return;
        await sweepTempFolder(layout, Date.now());
        await proveHardLinks(layout);
      }),

    head: async (key) => {
      assertObjectKey(key);
      return guarded(`looking at ${key}`, async () => {
        const opened = await openObject(key);
        await opened?.handle.close();
        return opened?.info ?? null;
      });
    },

    get,

    getBytes: async (key) => {
      assertObjectKey(key);
      return guarded(`reading ${key}`, async () => {
        const opened = await openObject(key);
        if (opened === null) return null;
        try {
          return await opened.handle.readFile();
        } finally {
          await opened.handle.close();
        }
      });
    },

    put: (key, body, putOptions) => overwrite(key, { bytes: body }, putOptions),

    putFile: async (key, file, putOptions) => {
      assertObjectKey(key);
      await access(file, constants.R_OK);
      return overwrite(key, { file }, putOptions);
    },

    create: async (key, body, putOptions) => {
      assertObjectKey(key);
      return guarded(`creating ${key}`, async () => {
        // Spares the losers of most races the writing; only the link decides.
        if ((await etagNow(key)) !== null) return false;
        return (await write(key, { bytes: body }, putOptions, linkIntoPlace)).isPlaced;
      });
    },

    async *list(prefix, listOptions = {}) {
      assertKeyPrefix(prefix);
      try {
        await assertRoot();
        yield* listFolder(layout.root, prefix, listOptions.after ?? '');
      } catch (error) {
        throw folderError(`${description}: listing ${prefix}`, error);
      }
    },

    delete: async (keys) => {
      for (const key of keys) assertObjectKey(key);
      await guarded('deleting', async () => {
        await assertRoot();
        for (const key of keys) {
          const etag = await etagNow(key);
          if (etag === null) continue;
          await rm(layout.objectPath(key), { force: true });
          await removeMetadata(layout, key, etag);
        }
      });
    },

    signedUrl: async (key, lifetimeSeconds) => {
      assertObjectKey(key);
      assertLifetime(lifetimeSeconds);
      if (options.signing === undefined)
        throw new StoreError(
          'denied',
          `${description} signs no addresses`,
          'Open the store with a base address and a secret; the catalog service does.',
        );
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds;
      return {
        url: signObjectAddress(options.signing.baseUrl, key, expires, options.signing.secret),
        expiresAt: new Date(expires * 1000),
      };
    },
  };
};
