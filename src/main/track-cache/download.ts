import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { HostFailure } from '../../contract/host-error.ts';
import type { Clock } from '../ports.ts';
import { storageFailure } from '../storage/storage-error.ts';
import type { AudioFiles } from './audio-files.ts';
import { EdgeFailure } from './edge-failure.ts';
import type { AudioFile, Edge } from './edge.ts';
import { resumedBytes } from './resumed-bytes.ts';

/**
 * fetching ─ every byte there and the hash right ─▶ whole
 *    └───── edge or disk failed, or the host closes ─▶ failed
 */
export type DownloadState =
  | { readonly kind: 'fetching' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'failed'; readonly cause: unknown };

export interface Download {
  readonly file: AudioFile;
  state(): DownloadState;
  /** How many bytes, from the first, readers may have. The last one is held back until the hash is known to be right. */
  available(): number;
  /** When, at the rate so far, a byte will be there; null while nothing has come to judge by. */
  msUntil(position: number): number | null;
  /** Resolves at the next progress or change of state. */
  changed(): Promise<void>;
  /** Bytes that are available; at most as many as the buffer takes. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Keeps what was written readable until released, also after the download has ended. */
  retain(): () => Promise<void>;
  /** Resolves when nothing of it goes on any more, kept or discarded. Never rejects. */
  readonly ended: Promise<void>;
}

const writeFully = async (handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> => {
  let written = 0;
  while (written < chunk.byteLength) {
    const result = await handle.write(chunk, written, chunk.byteLength - written, position + written);
    written += result.bytesWritten;
  }
};

/**
 * Fetches one file from its first byte to its last, into the cache, while any number of readers follow. It does not stop
 * when they go: what was begun will be wanted again.
 */
export const startDownload = (options: {
  readonly file: AudioFile;
  readonly temporary: { readonly path: string; readonly handle: FileHandle };
  readonly files: AudioFiles;
  readonly edge: Edge;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The audio was fetched and is right, but could not be kept. */
  readonly onKeepFailed: (error: unknown) => void;
}): Download => {
  const { file, temporary, files, edge, clock, signal } = options;
  const { path, handle } = temporary;
  const startedMs = clock.now();
  let state: DownloadState = { kind: 'fetching' };
  let written = 0;
  let users = 1;
  let pulse = Promise.withResolvers<void>();

  const announce = (): void => {
    const announced = pulse;
    pulse = Promise.withResolvers<void>();
    announced.resolve();
  };

  const release = async (): Promise<void> => {
    users -= 1;
    if (users === 0) await handle.close();
  };

  const write = async (chunk: Uint8Array): Promise<void> => {
    try {
      await writeFully(handle, chunk, written);
    } catch (error) {
      throw storageFailure('cannot write to the audio cache', error);
    }
    written += chunk.byteLength;
  };

  const fetchAll = async (): Promise<void> => {
    const hash = createHash('sha256');
    const everything = { first: 0, last: file.bytes - 1 };
    for await (const chunk of resumedBytes({ edge, clock }, file, everything, signal)) {
      hash.update(chunk);
      await write(chunk);
      announce();
    }
    if (hash.digest('hex') !== file.sha256)
      throw new EdgeFailure('wrong', 'the hash is not that of the catalog');
  };

  const run = async (): Promise<void> => {
    try {
      await fetchAll();
      state = { kind: 'whole' };
      announce();
      await files.adopt(path, handle, file).catch(async (error: unknown) => {
        options.onKeepFailed(error);
        await files.discard(path);
      });
    } catch (error) {
      state = {
        kind: 'failed',
        cause: signal.aborted ? new HostFailure('cancelled', 'the host closes', { cause: error }) : error,
      };
      announce();
      await files.discard(path);
    } finally {
      await release();
    }
  };

  return {
    file,
    state: () => state,
    available: () => (state.kind === 'whole' ? file.bytes : Math.min(written, file.bytes - 1)),
    msUntil(position) {
      if (written === 0) return null;
      const bytesPerMs = written / Math.max(1, clock.now() - startedMs);
      return (position - written) / bytesPerMs;
    },
    changed: () => pulse.promise,
    async read(buffer, position) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, position);
      return bytesRead;
    },
    retain() {
      users += 1;
      return release;
    },
    ended: run(),
  };
};
