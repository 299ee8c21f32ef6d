/** The thread of `index-job.ts`: asks for one segment after the other and writes the index file. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CatalogRecord, SegmentRef } from '../segments/catalog-records.ts';
import { decodeSegment } from '../segments/segment-codec.ts';
import { isGarbled } from './database.ts';
import { buildIndexFile, extendIndexFile } from './index-files.ts';
import type { FromWorker, IndexJob, ToWorker } from './index-job.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');
const job = workerData as IndexJob;
const say = (message: FromWorker): void => port.postMessage(message);

const bytesOf = (segment: SegmentRef): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    port.once('message', (answer: ToWorker) => {
      if (answer.bytes === null) reject(new Error(`Segment ${segment.sha256}: ${answer.reason}`));
      else resolve(answer.bytes);
    });
    say({ kind: 'need', segment });
  });

const read = async function* (segment: SegmentRef): AsyncGenerator<CatalogRecord> {
  yield* decodeSegment(await bytesOf(segment), segment);
};

try {
  const make = job.kind === 'build' ? buildIndexFile : extendIndexFile;
  say({ kind: 'done', facts: await make(job.target, read) });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  say({ kind: 'failed', message, garbled: isGarbled(error) });
}
