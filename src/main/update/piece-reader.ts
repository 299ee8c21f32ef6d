import type { Clock } from '../ports.ts';
import { askFeed, connectionFailed } from './fetch-limited.ts';
import { UpdateFailed } from './update-failed.ts';

/** Leave to use the line to the edge; `signal` aborts when something more urgent needs it. */
export interface LineTurn {
  readonly signal: AbortSignal;
  leave(): void;
}

export interface PieceReaderOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  /** Resolves when nothing more urgent is on the line; rejects with the signal's reason. */
  readonly takeTurn: (signal: AbortSignal) => Promise<LineTurn>;
  readonly pieceBytes?: number;
}

/** First and last byte, both included, as in RFC 9110. */
export interface WantedBytes {
  readonly first: number;
  readonly last: number;
}

const PIECE_BYTES = 1024 * 1024;
const TRIES = 4;
const FIRST_RETRY_MS = 500;
/** The time that a piece may take apart from waiting for its turn: a mebibyte at 28 kbit/s. */
const PIECE_LIMIT_MS = 5 * 60_000;

/** Worth another try: a connection that broke, an edge that has a bad moment. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const rangeOf = (
  response: Response,
): { readonly first: number; readonly last: number; readonly total: number } | null => {
  const [, first, last, total] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  return total === undefined ? null : { first: Number(first), last: Number(last), total: Number(total) };
};

/**
 * Reads bytes of one file of the feed, of known size, in pieces: a request with a single range for each, when it is its turn on the line,
 * resumed where it broke. While something more urgent is on the line not even a piece that has begun is read on. Refuses (with an
 * `UpdateFailed`) an answer that is not what was asked for: another range, another size, another entity tag, more bytes. An edge that
 * knows no ranges is read in one go, which only works from the first byte on.
 */
export async function* readPieces(
  url: string,
  wanted: WantedBytes,
  sizeBytes: number,
  options: PieceReaderOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { clock, takeTurn, pieceBytes = PIECE_BYTES } = options;
  let next = wanted.first;
  let etag: string | null = null;
  let failures = 0;
  let turn: LineTurn | null = null;

  const leaveLine = (): void => {
    turn?.leave();
    turn = null;
  };
  /** Gives how long it had to wait. */
  const waitForTurn = async (): Promise<number> => {
    if (turn !== null && !turn.signal.aborted) return 0;
    const sinceMs = clock.now();
    leaveLine();
    turn = await takeTurn(signal);
    return clock.now() - sinceMs;
  };

  const checked = (response: Response, last: number): number => {
    const { status } = response;
    if (status === 416) throw new UpdateFailed('feed_differs', 'the file is shorter than was signed');
    if (status >= 500 || status === 429) throw new Interrupted(`answered ${status}`);
    if (status === 200) {
      if (next > wanted.first || wanted.first > 0 || wanted.last + 1 < sizeBytes)
        throw new UpdateFailed('feed_differs', 'no range, or not of the same file any more');
      return wanted.last;
    }
    if (status !== 206) throw new UpdateFailed('feed_unreachable', `the file answered ${status}`);
    const range = rangeOf(response);
    if (range === null || range.first !== next || range.last !== last || range.total !== sizeBytes)
      throw new UpdateFailed('feed_differs', 'another range than was asked for');
    const tag = response.headers.get('etag');
    if (etag !== null && tag !== etag) throw new UpdateFailed('feed_differs', 'another file than before');
    etag = tag;
    return last;
  };

  const ask = async (last: number): Promise<Response> => {
    const response = await askFeed(url, {
      fetch: options.fetch,
      headers: {
        range: `bytes=${next}-${last}`,
        ...(etag !== null && !etag.startsWith('W/') ? { 'if-range': etag } : {}),
      },
      signal,
    });
    return response;
  };

  async function* readOne(): AsyncGenerator<Uint8Array, void, undefined> {
    await waitForTurn();
    signal.throwIfAborted();
    let limitMs = clock.now() + PIECE_LIMIT_MS;
    const response = await ask(Math.min(next + pieceBytes - 1, wanted.last));
    let isWhole = false;
    try {
      const last = checked(response, Math.min(next + pieceBytes - 1, wanted.last));
      for await (const chunk of response.body ?? []) {
        if (chunk.byteLength > last + 1 - next)
          throw new UpdateFailed('bad_payload', 'more bytes than were asked for');
        limitMs += await waitForTurn();
        if (clock.now() > limitMs) throw new Interrupted('too slow');
        next += chunk.byteLength;
        yield chunk;
      }
      if (next <= last) throw new Interrupted('ended early');
      isWhole = true;
    } finally {
      if (!isWhole) await response.body?.cancel().catch(() => undefined);
    }
  }

  try {
    while (next <= wanted.last) {
      const before = next;
      try {
        yield* readOne();
        failures = 0;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (error instanceof UpdateFailed) throw error;
        failures = next > before ? 1 : failures + 1;
        leaveLine();
        if (failures >= TRIES) throw connectionFailed(error, options.isOnline);
        await clock.wait(FIRST_RETRY_MS * 2 ** (failures - 1), signal);
      }
    }
  } finally {
    leaveLine();
  }
}
