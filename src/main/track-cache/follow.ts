import { HostFailure } from '../../contract/host-error.ts';
import type { Clock } from '../ports.ts';
import type { ByteRange } from './byte-range.ts';
import type { Download } from './download.ts';

/** A chunk handed to a reader: large enough to be cheap, small enough to be there at once. */
export const CHUNK_BYTES = 64 * 1024;
/** A place this far ahead is waited for; one farther is asked for by itself, so that a seek is quick. */
const WORTH_WAITING_MS = 120;

/** Bytes of a range straight from the edge, beside the cache. */
export type DirectBytes = (range: ByteRange) => AsyncGenerator<Uint8Array, void>;

const isFarAhead = (download: Download, position: number): boolean => {
  const ms = download.msUntil(position);
  return ms !== null && ms > WORTH_WAITING_MS;
};

/** Resolves at the next progress of a download, or after so long; rejects when the reader goes away. */
const progressWithin = async (
  download: Download,
  limitMs: number,
  gone: Promise<never>,
  clock: Clock,
): Promise<void> => {
  const enough = new AbortController();
  const timeIsUp = clock.wait(limitMs, enough.signal).catch(() => undefined);
  try {
    await Promise.race([download.changed(), timeIsUp, gone]);
  } finally {
    enough.abort();
  }
};

/** Rejects when the reader goes away, for racing against what may take long. */
const departure = (signal: AbortSignal): Promise<never> => {
  const gone = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  gone.catch(() => undefined);
  return gone;
};

/**
 * The bytes of a range out of a file that is still growing. What lies far ahead of the writing comes straight from the edge
 * until the file has caught up. If the disk gives out, the rest comes straight from the edge; if the download fails for
 * another reason, so does this.
 */
export async function* followDownload(
  download: Download,
  range: ByteRange,
  direct: DirectBytes,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const release = download.retain();
  const gone = departure(signal);
  let position = range.first;
  let waitingSinceMs: number | null = null;

  /** True once a byte the writing has not reached yet has been waited for as long as is worth it. */
  const isPatienceOver = (): boolean => {
    waitingSinceMs ??= clock.now();
    return clock.now() - waitingSinceMs >= WORTH_WAITING_MS;
  };

  async function* ahead(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of direct({ first: position, last: range.last })) {
      position += chunk.byteLength;
      yield chunk;
      if (download.available() > position) return;
    }
  }

  try {
    while (position <= range.last) {
      signal.throwIfAborted();
      const ready = Math.min(download.available(), range.last + 1) - position;
      if (ready > 0) {
        const buffer = new Uint8Array(Math.min(ready, CHUNK_BYTES));
        const bytesRead = await download.read(buffer, position);
        position += bytesRead;
        waitingSinceMs = null;
        yield bytesRead === buffer.byteLength ? buffer : buffer.subarray(0, bytesRead);
        continue;
      }
      const state = download.state();
      if (state.kind === 'failed') {
        const diskGaveOut = state.cause instanceof HostFailure && state.cause.code === 'storage_failed';
        if (!diskGaveOut) throw state.cause;
        yield* direct({ first: position, last: range.last });
        return;
      }
      if (position === download.available()) await Promise.race([download.changed(), gone]);
      else if (isFarAhead(download, position) || isPatienceOver()) yield* ahead();
      else await progressWithin(download, WORTH_WAITING_MS, gone, clock);
    }
  } finally {
    await release();
  }
}
