/** Runs the work of `index-files.ts` in a thread of its own, so that answering goes on meanwhile. */
import { Worker } from 'node:worker_threads';
import type { SegmentRef } from '../segments/catalog-records.ts';
import type { IndexFacts } from './database.ts';
import type { IndexTarget } from './index-files.ts';

export interface IndexJob {
  readonly kind: 'build' | 'extend';
  readonly target: IndexTarget;
}

export type FromWorker =
  | { readonly kind: 'need'; readonly segment: SegmentRef }
  | { readonly kind: 'done'; readonly facts: IndexFacts }
  | { readonly kind: 'failed'; readonly message: string; readonly garbled: boolean };

export interface ToWorker {
  readonly sha256: string;
  /** The compressed bytes; null when they could not be had, with the reason. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly reason: string;
}

/** The thread could not do it; `garbled` when the index file is not what it should be. */
export class IndexJobError extends Error {
  override readonly name = 'IndexJobError';
  readonly garbled: boolean;

  constructor(message: string, garbled: boolean) {
    super(message);
    this.garbled = garbled;
  }
}

/** Only this side talks to the store: the thread is given bytes. */
export type FetchSegment = (segment: SegmentRef) => Promise<Uint8Array>;

/** Beside this file, in the source as in the bundle. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './index-worker.ts' : './index-worker.js',
  import.meta.url,
);

/** Resolves when the file is whole. Rejects, with the old file as it was, when it cannot be made or is aborted. */
export const runIndexJob = async (
  job: IndexJob,
  fetch: FetchSegment,
  signal: AbortSignal,
): Promise<IndexFacts> => {
  signal.throwIfAborted();
  const worker = new Worker(WORKER, { workerData: job });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<IndexFacts>((resolve, reject) => {
      const send = async (segment: SegmentRef): Promise<void> => {
        try {
          const bytes = new Uint8Array(await fetch(segment));
          const message: ToWorker = { sha256: segment.sha256, bytes, reason: '' };
          worker.postMessage(message, [bytes.buffer]);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          const message: ToWorker = { sha256: segment.sha256, bytes: null, reason };
          worker.postMessage(message, []);
        }
      };
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'need') void send(message.segment);
        else if (message.kind === 'done') resolve(message.facts);
        else reject(new IndexJobError(message.message, message.garbled));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(signal.reason ?? new Error('The index thread ended without a result.')));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
