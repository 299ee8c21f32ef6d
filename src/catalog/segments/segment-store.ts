/** Segments to and from the store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import type { CatalogRecord, SegmentRef } from './catalog-records.ts';
import { segmentKey } from './keys.ts';
import { decodeSegment, encodeSegmentFile } from './segment-codec.ts';

/**
 * Writes a segment and gives what a manifest says of it; the catalog changes only when a manifest names it
 * (`manifest-log.ts`). The same records are the same segment, stored once. Streams by way of a temporary file.
 */
export const writeSegment = async (
  store: ObjectStore,
  library: string,
  records: Iterable<CatalogRecord> | AsyncIterable<CatalogRecord>,
): Promise<SegmentRef> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-segment-'));
  try {
    const path = join(folder, 'segment.jsonl.zst');
    const encoded = await encodeSegmentFile(records, path);
    const key = segmentKey(encoded.sha256);
    const there = await store.head(key);
    if (there?.bytes !== encoded.bytes) await store.putFile(key, path, { contentType: 'application/zstd' });
    return { ...encoded, library };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * The records of a segment, streamed and validated. Throws `corrupt` when it is missing, damaged or not what its name says;
 * the last is known at the end only, so take nothing as read before the iteration has ended.
 */
export async function* readSegment(
  store: ObjectStore,
  segment: Pick<SegmentRef, 'sha256'>,
): AsyncGenerator<CatalogRecord, void, undefined> {
  const key = segmentKey(segment.sha256);
  const found = await store.get(key);
  if (found === null)
    throw new StoreError(
      'corrupt',
      `${key} is missing`,
      'The manifest names it: restore it, or publish again.',
    );
  yield* decodeSegment(found.body, segment);
}
