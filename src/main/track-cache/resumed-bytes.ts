import type { Clock } from '../ports.ts';
import type { ByteRange } from './byte-range.ts';
import { EdgeFailure, isWorthAnotherTry } from './edge-failure.ts';
import type { AudioFile, Edge } from './edge.ts';
import type { RetryBudget } from './retry-budget.ts';

/** How long to wait before each further try without a byte in between; after the last the cause is thrown. */
const RETRY_DELAYS_MS = [100, 400, 1_000, 2_500] as const;
/** A listener who heard the beginning is worth more patience: a tunnel takes half a minute. */
const LISTENER_DELAYS_MS = [
  100, 400, 1_000, 2_500, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000,
];
/** Longer than this nobody is kept waiting, whatever the edge asks for. */
const LONGEST_WISH_MS = 30_000;

export interface ByteSource {
  readonly edge: Edge;
  readonly clock: Clock;
  readonly retries: RetryBudget;
  /** Whether nothing answers at present, as far as is known: then a first try that fails is enough. */
  readonly isNetworkGone: () => boolean;
}

export interface ByteRequest {
  readonly file: AudioFile;
  readonly range: ByteRange;
  /** Under which entity tag the rest of the file was fetched; null while none was. */
  readonly etag: string | null;
  /** Told before the first byte of the first answer; may throw. */
  readonly onEtag: (etag: string | null) => void;
  /** Somebody waits to hear it. */
  readonly isUrgent: () => boolean;
}

/**
 * Exactly the bytes of a range, over as many connections as it takes: a cut or stalled one is resumed where it ended, with
 * If-Range on the strong entity tag. Throws an `EdgeFailure` when the edge stays silent, answers nonsense, or the object changes
 * on the way; nothing more is asked for once the caller stops reading.
 */
export async function* resumedBytes(
  { edge, clock, retries, isNetworkGone }: ByteSource,
  { file, range, etag: known, onEtag, isUrgent }: ByteRequest,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let position = range.first;
  let etag = known;
  let isNew = true;
  let failures = 0;
  while (position <= range.last) {
    try {
      const answer = await edge.open(file, { first: position, last: range.last }, etag, signal, isUrgent());
      if (etag !== null && answer.etag !== etag) {
        await answer.chunks.return();
        throw new EdgeFailure('changed', 'the object is another one than before');
      }
      etag = answer.etag;
      retries.earn();
      if (isNew) onEtag(etag);
      isNew = false;
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
      if (signal.aborted || !isWorthAnotherTry(error)) throw error;
      const isHeard = isUrgent() && position > range.first && error.kind === 'interrupted';
      if (!isHeard && isNetworkGone()) throw error;
      const delayMs = (isHeard ? LISTENER_DELAYS_MS : RETRY_DELAYS_MS)[failures];
      if (delayMs === undefined || !retries.spend(isUrgent())) throw error;
      failures += 1;
      const wishedMs = Math.min(error.retryAfterMs ?? 0, LONGEST_WISH_MS);
      await clock.wait(Math.max(delayMs * (0.75 + Math.random() / 2), wishedMs), signal);
    }
  }
}
