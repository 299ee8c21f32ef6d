/** Index files of records that are in no store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalogReader, type CatalogReader } from '../../src/catalog/index/catalog-reader.ts';
import { buildIndexFile, extendIndexFile, type ReadSegment } from '../../src/catalog/index/index-files.ts';
import type { CatalogRecord, SegmentRef } from '../../src/catalog/segments/catalog-records.ts';
import { sha256Of } from './catalog-records.ts';

export interface IndexWorkshop {
  /** Each call is one more revision; the reader sees it at once. */
  publish(records: readonly CatalogRecord[]): Promise<CatalogReader>;
  /** Builds everything published so far anew. */
  rebuild(): Promise<CatalogReader>;
  close(): Promise<void>;
}

export const openIndexWorkshop = async (): Promise<IndexWorkshop> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-index-'));
  const contents = new Map<string, readonly CatalogRecord[]>();
  const segments: SegmentRef[] = [];
  let files = 0;
  let path = '';
  let reader: CatalogReader | null = null;
  const read: ReadSegment = async function* (segment) {
    yield* contents.get(segment.sha256) ?? [];
  };
  const rebuild = async (): Promise<CatalogReader> => {
    reader?.close();
    files += 1;
    path = join(folder, `${files}.sqlite`);
    await buildIndexFile({ path, revision: segments.length, segments }, read);
    reader = openCatalogReader(path);
    return reader;
  };
  return {
    rebuild,
    publish: async (records) => {
      const sha256 = sha256Of(`segment ${segments.length}`);
      contents.set(sha256, records);
      segments.push({ sha256, bytes: 1, records: records.length, library: 'test' });
      if (reader === null) return rebuild();
      await extendIndexFile({ path, revision: segments.length, segments }, read);
      return reader;
    },
    close: async () => {
      reader?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
