/** Makes index files out of segments, and adds segments to them. Runs in a worker; see `index-worker.ts`. */
import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import type { CatalogRecord, SegmentRef } from '../segments/catalog-records.ts';
import { createCatalogWriter } from './catalog-writer.ts';
import {
  createIndexFile,
  NO_FACTS,
  openIndexForWriting,
  readFacts,
  sealIndexFile,
  segmentHashes,
  segmentsBeyond,
  writeFacts,
  type IndexFacts,
} from './database.ts';
import { KINDS } from '../../core/search-text/filed-text.ts';
import { FIRST_FRESH_NUMBER } from './schema.ts';
import { createStaging } from './staging.ts';

/** The records of a segment, in their order. */
export type ReadSegment = (segment: SegmentRef) => AsyncIterable<CatalogRecord>;

export interface IndexTarget {
  readonly path: string;
  readonly revision: number;
  /** Everything the catalog consists of at that revision, oldest first. */
  readonly segments: readonly SegmentRef[];
}

/** Writes a whole index file. It has its name only when it is complete; a kill leaves a `.partial` that is no index. */
export const buildIndexFile = async (target: IndexTarget, read: ReadSegment): Promise<IndexFacts> => {
  const partial = `${target.path}.partial`;
  const stagingPath = `${target.path}.staging`;
  await Promise.all([rm(partial, { force: true }), rm(stagingPath, { force: true })]);
  const staging = createStaging(stagingPath);
  const database = createIndexFile(partial);
  try {
    for (const segment of target.segments) for await (const record of read(segment)) staging.add(record);
    database.exec('BEGIN');
    const writer = createCatalogWriter(database, 'base');
    for (const record of staging.inOrder()) writer.put(record);
    writer.finish();
    const facts = countRows(database, { ...NO_FACTS, build: randomUUID() }, target);
    database.exec('COMMIT');
    sealIndexFile(database);
    database.close();
    await rename(partial, target.path);
    return facts;
  } finally {
    staging.close();
    if (database.open) database.close();
    await Promise.all([
      rm(stagingPath, { force: true }),
      rm(partial, { force: true }),
      rm(`${partial}-wal`, { force: true }),
      rm(`${partial}-shm`, { force: true }),
    ]);
  }
};

/**
 * Adds the segments that the file lacks, in one transaction: readers see the catalog before or after, and after a kill it
 * is the one before. Throws when the file holds anything but the beginning of what is wanted.
 */
export const extendIndexFile = async (target: IndexTarget, read: ReadSegment): Promise<IndexFacts> => {
  const database = openIndexForWriting(target.path);
  try {
    const before = readFacts(database);
    const missing = segmentsBeyond(before.segments, target.segments);
    if (missing === null) throw new Error('The index holds segments that the catalog no longer has.');
    const records: CatalogRecord[] = [];
    for (const segment of missing) for await (const record of read(segment)) records.push(record);
    database.exec('BEGIN IMMEDIATE');
    try {
      const writer = createCatalogWriter(database, 'fresh');
      for (const record of records) writer.put(record);
      writer.finish();
      const facts = countRows(database, before, target);
      database.exec('COMMIT');
      return facts;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  } finally {
    database.close();
  }
};

const CHANGED_TRACKS = `SELECT count(*) AS rows FROM tracks WHERE filed = 1 AND no < ${FIRST_FRESH_NUMBER}`;

const countRows = (database: Database, before: IndexFacts, target: IndexTarget): IndexFacts => {
  const count = (sql: string): number => database.prepare<[], { rows: number }>(sql).get()?.rows ?? 0;
  const facts: IndexFacts = {
    build: before.build,
    revision: target.revision,
    segments: segmentHashes(target.segments),
    tracks: count('SELECT count(*) AS rows FROM tracks'),
    albums: count('SELECT count(*) AS rows FROM albums WHERE visible = 1'),
    artists: count('SELECT count(*) AS rows FROM artists WHERE visible = 1'),
    freshRows: KINDS.map((kind) =>
      count(`SELECT count(*) AS rows FROM ${kind}s WHERE no >= ${FIRST_FRESH_NUMBER}`),
    ).reduce((sum, rows) => sum + rows, count(CHANGED_TRACKS)),
  };
  writeFacts(database, facts);
  return facts;
};
