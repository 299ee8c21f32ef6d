/** Where the libraries of the bench lie: a real S3 where there is one, else a folder; and as many clients of it as are asked for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '../../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../../src/catalog/store/object-store.ts';
import { createS3Store } from '../../../src/catalog/store/s3-store.ts';
import { ensureRadosgw } from '../../../tests/s3-server/install.ts';
import { startRadosgw } from '../../../tests/s3-server/radosgw.ts';

export interface Place {
  readonly name: string;
  open(): ObjectStore;
  close(): Promise<void>;
}

export const openPlace = async (): Promise<Place> => {
  const availability = await ensureRadosgw();
  if (!availability.ok) {
    const root = await mkdtemp(join(tmpdir(), 'riffle-bench-library-'));
    return {
      name: `a folder (${availability.reason})`,
      open: () => createFolderStore({ root }),
      close: () => rm(root, { recursive: true, force: true }),
    };
  }
  const { endpoint, region, bucket, accessKeyId, secretAccessKey, stop } = await startRadosgw();
  process.env['AWS_ACCESS_KEY_ID'] = accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = secretAccessKey;
  return {
    name: 'S3 (radosgw)',
    open: () => createS3Store({ endpoint, region, bucket }),
    close: stop,
  };
};
