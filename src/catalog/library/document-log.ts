/**
 * The log of one library document in the store (docs/adr/0030). A revision is a batch of operations, written once by a create-only
 * put; snapshots stand beside it, and what lies before an old one is removed.
 */
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import pLimit from 'p-limit';
import type { z } from 'zod';
import type { DocumentKind } from '../../core/library/documents.ts';
import { createRevision } from '../segments/create-revision.ts';
import { revisionKey, revisionOf } from '../segments/keys.ts';
import { newestRevision } from '../segments/revision-log.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { DOCUMENT_CODECS, type Batch, type StoredSnapshot } from './batch.ts';
import {
  batchLog,
  snapshotFolder,
  snapshotName,
  snapshotOfKey,
  type DocumentRef,
  type SnapshotName,
} from './library-keys.ts';

export interface Revision<Kind extends DocumentKind> {
  readonly revision: number;
  readonly batch: Batch<Kind>;
  readonly bytes: number;
}

/** Every method may reject with a `StoreError`. */
export interface DocumentLog<Kind extends DocumentKind> {
  /** The number of the newest revision, 0 for none; `known` is one that was there. One LIST, when little came since. */
  newest(known: number | null): Promise<number>;
  /** Null: it was removed meanwhile, or never was. */
  read(revision: number): Promise<Batch<Kind> | null>;
  /** Whether it begins at its beginning and is no longer than that: then a snapshot is no help. */
  isShort(most: number): Promise<boolean>;
  /** Those after a revision, in order; at least so many, if there are. Begins later than asked where older ones were removed. */
  after(revision: number, atLeast?: number): Promise<readonly Revision<Kind>[]>;
  append(
    revision: number,
    batch: Batch<Kind>,
  ): Promise<{ readonly is: 'ours' | 'lost'; readonly bytes: number }>;
  /** The newest that can be read, else null. */
  snapshot(): Promise<(StoredSnapshot<Kind> & { readonly revision: number; readonly bytes: number }) | null>;
  /** Gives its size. */
  writeSnapshot(revision: number, atMs: number, stored: StoredSnapshot<Kind>): Promise<number>;
  /** Removes what a snapshot of before that time has in it already. */
  trim(beforeMs: number): Promise<void>;
  /** Removes everything up to a revision, this one not included, snapshots too. */
  removeBefore(revision: number): Promise<void>;
}

const AT_ONCE = 16;
const DELETED_AT_ONCE = 500;
const LARGEST_SNAPSHOT_BYTES = 256 * 1024 ** 2;
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const decoded = <Value>(key: string, bytes: Uint8Array, schema: z.ZodType<Value>): Value => {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new StoreError(
      'corrupt',
      `${key} cannot be read`,
      'It was written by something else or by a newer version: update, or restore it.',
      { cause: error },
    );
  }
};

export const createDocumentLog = <Kind extends DocumentKind>(
  store: ObjectStore,
  { kind, folder }: DocumentRef<Kind>,
): DocumentLog<Kind> => {
  const log = batchLog(folder);
  const codec = DOCUMENT_CODECS[kind];
  const limit = pLimit(AT_ONCE);

  const readSized = async (revision: number): Promise<Revision<Kind> | null> => {
    const key = revisionKey(log, revision);
    const bytes = await store.getBytes(key);
    return bytes === null
      ? null
      : { revision, batch: decoded(key, bytes, codec.batch), bytes: bytes.byteLength };
  };

  const revisionsAfter = async (revision: number, atLeast: number): Promise<readonly number[]> => {
    const revisions: number[] = [];
    for await (const { key } of store.list(`${log}/`, { after: revisionKey(log, revision) })) {
      const found = revisionOf(log, key);
      if (found === null) continue;
      const last = revisions.at(-1);
      // What stands before a gap is left from a trimming that was cut short. Whether anything is missing that is wanted is seen by
      // where what follows begins.
      if (last !== undefined && found !== last + 1) revisions.length = 0;
      if (revisions.push(found) === atLeast) break;
    }
    return revisions;
  };

  const snapshots = async (): Promise<readonly SnapshotName[]> => {
    const found: SnapshotName[] = [];
    for await (const { key } of store.list(snapshotFolder(folder))) {
      const name = snapshotOfKey(folder, key);
      if (name !== null) found.push(name);
    }
    return found;
  };

  const removeBefore = async (revision: number): Promise<void> => {
    const old = (await snapshots()).filter((name) => name.revision < revision).map(({ key }) => key);
    for await (const { key } of store.list(`${log}/`)) {
      const found = revisionOf(log, key);
      if (found !== null && found >= revision) break;
      if (found !== null) old.push(key);
    }
    for (let from = 0; from < old.length; from += DELETED_AT_ONCE)
      await store.delete(old.slice(from, from + DELETED_AT_ONCE));
  };

  return {
    async newest(known) {
      try {
        return (await newestRevision(store, log, known))?.revision ?? 0;
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'corrupt') throw error;
        return (await revisionsAfter(0, Infinity)).at(-1) ?? 0;
      }
    },
    read: async (revision) => (await readSized(revision))?.batch ?? null,
    async isShort(most) {
      const [first, ...rest] = await revisionsAfter(0, most + 1);
      return first === undefined || (first === 1 && rest.length < most);
    },
    async after(revision, atLeast = Infinity) {
      const revisions = await revisionsAfter(revision, atLeast);
      const read = await Promise.all(revisions.map((found) => limit(() => readSized(found))));
      // What was removed between listing and reading was the oldest.
      return read.slice(read.lastIndexOf(null) + 1).filter((found) => found !== null);
    },
    async append(revision, batch) {
      const bytes = Buffer.from(JSON.stringify(batch));
      const is = await createRevision({
        store,
        key: revisionKey(log, revision),
        bytes,
        isOurs: (there) => decoded(log, there, codec.batch).writeId === batch.writeId,
      });
      return { is, bytes: bytes.byteLength };
    },
    async snapshot() {
      for (const { key, revision } of (await snapshots()).toReversed()) {
        const bytes = await store.getBytes(key);
        if (bytes === null) continue;
        const plain = await decompress(bytes, { maxOutputLength: LARGEST_SNAPSHOT_BYTES });
        return { revision, bytes: plain.byteLength, ...decoded(key, plain, codec.snapshot) };
      }
      return null;
    },
    async writeSnapshot(revision, atMs, stored) {
      const plain = Buffer.from(JSON.stringify(stored));
      const packed = await compress(plain, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
      await store.create(snapshotName(folder, revision, atMs).key, packed, {
        contentType: 'application/zstd',
        cacheControl: 'no-store',
      });
      return plain.byteLength;
    },
    async trim(beforeMs) {
      const from = (await snapshots()).findLast(({ atMs }) => atMs < beforeMs);
      if (from !== undefined) await removeBefore(from.revision);
    },
    removeBefore,
  };
};
