/**
 * Segments as bytes: JSON lines, zstd-compressed (RFC 8878), named by the SHA-256 of the compressed bytes. Both ways stream:
 * memory does not grow with the number of records.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { StoreError } from '../store/object-store.ts';
import { catalogRecordSchema, type CatalogRecord, type SegmentRef } from './catalog-records.ts';
import { segmentKey } from './keys.ts';

export interface EncodedSegment {
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
}

type Records = Iterable<CatalogRecord> | AsyncIterable<CatalogRecord>;

const BATCH_CHARACTERS = 256 * 1024;
/** The longest record is an album with notes: kilobytes. What is longer is no line of ours. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

const encodeTo = async (records: Records, target: Writable): Promise<EncodedSegment> => {
  const hash = createHash('sha256');
  let count = 0;
  let bytes = 0;

  async function* lines(): AsyncGenerator<Buffer> {
    let batch = '';
    for await (const record of records) {
      batch += `${JSON.stringify(record)}\n`;
      count++;
      if (batch.length < BATCH_CHARACTERS) continue;
      yield Buffer.from(batch);
      batch = '';
    }
    if (batch !== '') yield Buffer.from(batch);
  }
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const compress = createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: 9, [constants.ZSTD_c_checksumFlag]: 1 },
  });
  await pipeline(Readable.from(lines()), compress, measure, target);
  return { sha256: hash.digest('hex'), bytes, records: count };
};

/** Into a new file; for any number of records. */
export const encodeSegmentFile = (records: Records, path: string): Promise<EncodedSegment> =>
  encodeTo(records, createWriteStream(path, { flags: 'wx' }));

/** Into memory; for a day's worth of records at most. */
export const encodeSegment = async (
  records: Records,
): Promise<EncodedSegment & { readonly body: Uint8Array }> => {
  const chunks: Buffer[] = [];
  const collect = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const encoded = await encodeTo(records, collect.resume());
  return { ...encoded, body: Buffer.concat(chunks) };
};

const damaged = (key: string, what: string, cause?: unknown): StoreError =>
  new StoreError(
    'corrupt',
    `${key}: ${what}`,
    'The segment was damaged or written by a newer version: update, or publish again.',
    cause === undefined ? {} : { cause },
  );

// Not node:readline, which ends lines at U+2028 too: JSON leaves that as it is, and titles hold such things.
async function* linesOf(key: string, source: Readable): AsyncGenerator<string, void, undefined> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const last = chunk.subarray(start, end);
      yield (rest.length === 0 ? last : Buffer.concat([...rest, last])).toString('utf8');
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    if (restBytes > LONGEST_LINE_BYTES) throw damaged(key, 'a line is too long to be a record');
  }
  if (restBytes > 0) throw damaged(key, 'the last line is cut off');
}

const recordOf = (key: string, line: string, lineNumber: number): CatalogRecord => {
  try {
    return catalogRecordSchema.parse(JSON.parse(line));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(key, `line ${lineNumber} is no catalog record: ${reason}`, error);
  }
};

/**
 * The records of a segment as they arrive, each validated. Throws `corrupt`, naming key and line, at the first that is none;
 * and at the end, when the hash is wrong. So nothing that was read counts before the iteration has ended.
 */
export async function* decodeSegment(
  body: Readable | Uint8Array,
  segment: Pick<SegmentRef, 'sha256'>,
): AsyncGenerator<CatalogRecord, void, undefined> {
  const key = segmentKey(segment.sha256);
  const source = body instanceof Readable ? body : Readable.from([body]);
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const plain = createZstdDecompress();
  const piped = pipeline(source, measure, plain);
  // Errors reach us through `plain` as well, or `piped` is awaited below; unheard it would end the process.
  piped.catch(() => {});
  let lineNumber = 0;
  try {
    for await (const line of linesOf(key, plain)) yield recordOf(key, line, ++lineNumber);
    await piped;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw damaged(key, `not readable after line ${lineNumber}`, error);
  } finally {
    // A reader that stops early must not leave a connection or a file open.
    source.destroy();
    plain.destroy();
  }
  if (hash.digest('hex') !== segment.sha256) throw damaged(key, 'its bytes do not have its hash');
}
