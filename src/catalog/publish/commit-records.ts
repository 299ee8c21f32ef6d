import type { CatalogRecord, Manifest, SegmentRef } from '../segments/catalog-records.ts';

/** The catalog's log, as far as publishing needs it. */
export interface CatalogLog {
  latest(): Promise<Manifest | null>;
  /** The records of one segment, in order. */
  read(segment: SegmentRef): AsyncIterable<CatalogRecord>;
  /** Puts one segment into the store; the catalog does not know of it yet. */
  write(records: readonly CatalogRecord[], library: string): Promise<SegmentRef>;
  /** Makes segments part of the catalog, all at once. Others may append at the same time: nothing of theirs is lost. */
  append(segments: readonly SegmentRef[]): Promise<Manifest>;
}

/** A segment is read whole into memory where it is indexed. */
const RECORDS_PER_SEGMENT = 50_000;

/** Writes the segments, then, last and at once, makes them the catalog. */
export async function commitRecords(
  log: CatalogLog,
  library: string,
  records: readonly CatalogRecord[],
  signal: AbortSignal,
): Promise<Manifest> {
  const segments: SegmentRef[] = [];
  for (let start = 0; start < records.length; start += RECORDS_PER_SEGMENT) {
    signal.throwIfAborted();
    segments.push(await log.write(records.slice(start, start + RECORDS_PER_SEGMENT), library));
  }
  signal.throwIfAborted();
  return log.append(segments);
}
