/**
 * Reads what was handed over in a thread of its own: 128 MB of it take many seconds, and the process that serves the audio does not
 * stand still for them.
 */
import { Worker } from 'node:worker_threads';
import type { ImportPreview } from '../../contract/exchange.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { PlannableBundle } from '../../core/exchange/import-plan.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { pause } from '../in-slices.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { gatherBundle, type ImportPortion } from './import-pieces.ts';
import type { ReceivedFile } from './received-files.ts';

export type ToReader = readonly ReceivedFile[];
export type FromReader =
  | { readonly kind: 'preview'; readonly preview: ImportPreview }
  | { readonly kind: 'portion'; readonly portion: ImportPortion }
  | { readonly kind: 'end' };

export interface ReadImport {
  readonly preview: ImportPreview;
  readonly bundle: PlannableBundle;
}

/** Beside this file, in the source as in the bundle. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.js',
  import.meta.url,
);

const failureOf = (error: unknown): unknown =>
  systemErrorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new HostFailure('limit_reached', 'more than there is room for in memory', { cause: error })
    : error;

/**
 * The files are the thread's from then on. Rejects with `cancelled` once the signal aborts, which ends the thread at once, and with
 * `limit_reached` for what does not fit into its memory.
 */
export const readInThread = async (files: ToReader, signal: AbortSignal): Promise<ReadImport> => {
  const cancelled = (): HostFailure => new HostFailure('cancelled', 'nobody waits for what is read');
  if (signal.aborted) throw cancelled();
  const worker = new Worker(WORKER);
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<ReadImport>((resolve, reject) => {
      const gathered = gatherBundle();
      let preview: ImportPreview | null = null;
      /** Everybody else goes first. */
      const askForMore = async (): Promise<void> => {
        await pause();
        worker.postMessage('more', []);
      };
      worker.on('message', (message: FromReader) => {
        switch (message.kind) {
          case 'preview':
            preview = message.preview;
            return void askForMore();
          case 'portion':
            gathered.add(message.portion);
            return void askForMore();
          case 'end':
            return preview === null ? undefined : resolve({ preview, bundle: gathered.bundle() });
          default:
            return assertNever(message);
        }
      });
      worker.on('error', (error) => reject(failureOf(error)));
      worker.on('exit', () =>
        reject(signal.aborted ? cancelled() : new Error('The thread ended without a result.')),
      );
      worker.postMessage(
        files,
        files.flatMap(({ pieces }) => pieces.map(({ buffer }) => buffer)),
      );
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
