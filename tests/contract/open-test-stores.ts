/** A fresh, empty store of each kind, for every suite that runs over both. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { createS3Store } from '../../src/catalog/store/s3-store.ts';
import type { S3Answer } from '../s3-server/global-setup.ts';
import type { OpenedStore } from './object-store.contract.ts';
import { startFolderServer } from './serve-folder.ts';

export const openTestFolder = async (): Promise<OpenedStore & { readonly root: string }> => {
  const root = await mkdtemp(join(tmpdir(), 'riffle-folder-'));
  const secret = randomBytes(32);
  const server = await startFolderServer(secret);
  const open = () => createFolderStore({ root, signing: { baseUrl: server.baseUrl, secret } });
  const store = open();
  server.serve(store);
  return {
    root,
    store,
    open,
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
};

/** Below a prefix of its own in the one bucket; emptied afterwards, for it may be somebody's. */
export const openTestBucket = async (answer: S3Answer): Promise<OpenedStore> => {
  if (!answer.ok) throw new Error(answer.reason);
  const { endpoint, region, bucket } = answer.s3;
  const prefix = `Tests/${randomUUID()}`;
  const open = () => createS3Store({ endpoint, region, bucket, prefix });
  const store = open();
  return {
    store,
    open,
    close: async () => {
      const keys: string[] = [];
      for await (const { key } of store.list('')) keys.push(key);
      await store.delete(keys);
    },
  };
};
