import type { Clock } from '../ports.ts';
import type { ByteRange } from './byte-range.ts';
import { EdgeFailure, isWorthAnotherTry } from './edge-failure.ts';
import type { AudioFile, Edge } from './edge.ts';

/** How long to wait before each further try without a byte in between; after the last the cause is thrown. */
const RETRY_DELAYS_MS = [100, 400, 1_000, 2_500] as const;

/**
 * Exactly the bytes of a range, over as many connections as it takes: a cut or stalled one is resumed where it ended, with
 * If-Range on the first answer's strong entity tag. Throws an `EdgeFailure` when the edge stays silent, answers nonsense, or
 * the object changes on the way; nothing more is asked for once the caller stops reading.
 */
export async function* resumedBytes(
  source: { readonly edge: Edge; readonly clock: Clock },
  file: AudioFile,
  range: ByteRange,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let position = range.first;
  let etag: string | null = null;
  let failures = 0;
  while (position <= range.last) {
    try {
      const answer = await source.edge.open(file, { first: position, last: range.last }, etag, signal);
      if (etag !== null && answer.etag !== etag) {
        await answer.chunks.return();
        throw new EdgeFailure('wrong', 'the object changed while it was fetched');
      }
      etag = answer.etag;
      for await (const chunk of answer.chunks) {
        const wanted = range.last + 1 - position;
        if (chunk.byteLength > wanted && range.last === file.bytes - 1) {
          throw new EdgeFailure('wrong', `longer than the ${file.bytes} bytes it should have`);
        }
        // More than was asked for: the edge ignored the range's end. Else the end is read to, which keeps the connection.
        if (wanted === 0) return;
        failures = 0;
        position += Math.min(chunk.byteLength, wanted);
        yield chunk.subarray(0, wanted);
      }
      if (position <= range.last) throw new EdgeFailure('interrupted', `ended at byte ${position}`);
    } catch (error) {
      const delayMs = RETRY_DELAYS_MS[failures];
      if (signal.aborted || delayMs === undefined || !isWorthAnotherTry(error)) throw error;
      failures += 1;
      await source.clock.wait(delayMs * (0.75 + Math.random() / 2), signal);
    }
  }
}
