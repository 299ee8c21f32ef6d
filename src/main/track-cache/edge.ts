import type { AudioFacts } from '../../contract/audio-facts.ts';
import type { Quality } from '../../core/entitlement/entitlement.ts';
import { systemClock, type Clock } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import type { AddressBook } from './address-book.ts';
import type { ByteRange } from './byte-range.ts';
import { EdgeFailure } from './edge-failure.ts';
import { createFirstByteWatch, hedged } from './hedge.ts';
import { createStallGuard } from './stall-guard.ts';

/** One file of audio, known by its content. */
export interface AudioFile {
  readonly trackId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly contentType: string;
  /** What it takes to play it to the sample, where somebody said it. */
  readonly audio?: AudioFacts | undefined;
  /** Its own quality, or a better one in which it was asked for and is the best there is. */
  readonly goodFor?: Quality | undefined;
}

export interface EdgeAnswer {
  /** Strong entity tag, or null when the edge gives none. */
  readonly etag: string | null;
  /** Exactly from the byte asked for; may end early when the connection is cut. */
  readonly chunks: AsyncGenerator<Uint8Array, void>;
}

export interface Edge {
  /**
   * One GET for one range of one file; no Range header when all of it is wanted. `etag` makes it conditional (If-Range).
   * Rejects with an `EdgeFailure`, or with the service's `HostFailure` when no address can be had.
   */
  open(
    file: AudioFile,
    range: ByteRange,
    etag: string | null,
    signal: AbortSignal,
    /** Somebody waits to hear it: a first byte that is late is asked for once more. */
    isUrgent: boolean,
  ): Promise<EdgeAnswer>;
}

const CONTENT_RANGE = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;
/** A transfer is told of in pieces of about so long. */
const COUNTED_EVERY_MS = 500;
/** An address may be refused because it expired while it lay here; a fresh one that is refused too is a real refusal. */
const TRIES_WITH_NEW_ADDRESS = 2;

const strongEtag = (response: Response): string | null => {
  const etag = response.headers.get('etag');
  return etag === null || etag.startsWith('W/') ? null : etag;
};

/** Seconds or a date (RFC 9110, 10.2.3). */
const retryAfterMs = (response: Response, nowMs: number): number | null => {
  const text = response.headers.get('retry-after');
  if (text === null) return null;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : null;
};

const checkStatus = (response: Response, nowMs: number): void => {
  const { status } = response;
  if (status === 200 || status === 206) return;
  if (status === 401 || status === 403) throw new EdgeFailure('refused', `the edge refused: ${status}`);
  if (status === 404 || status === 410)
    throw new EdgeFailure('gone', `the edge has no such object: ${status}`);
  if (status === 429 || status >= 500) {
    throw new EdgeFailure('busy', `the edge answered ${status}`, {
      retryAfterMs: retryAfterMs(response, nowMs),
    });
  }
  throw new EdgeFailure('wrong', `the edge answered ${status}`);
};

/** Where in the file the body starts; throws when it cannot be what was asked for. */
const firstByteOf = (response: Response, file: AudioFile, range: ByteRange): number => {
  if (response.status === 200) return 0;
  const [, first, last, total] = CONTENT_RANGE.exec(response.headers.get('content-range') ?? '') ?? [];
  const encoding = response.headers.get('content-encoding');
  const right =
    Number(first) === range.first &&
    Number(last) === range.last &&
    (total === '*' || Number(total) === file.bytes) &&
    (encoding === null || encoding === 'identity');
  if (right) return range.first;
  throw new EdgeFailure('wrong', `asked for bytes ${range.first}-${range.last}, got another range`);
};

/** The CDN in front of the bucket, as a place to get bytes from. */
export const createEdge = (options: {
  readonly addresses: AddressBook;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Silence, before or between bytes, after which a connection is given up. */
  readonly stallMs?: number;
  /** By which silence is measured. */
  readonly stallClock?: Pick<Clock, 'wait'>;
  /** So much came over one connection within so long. */
  readonly onTransfer?: ((bytes: number, elapsedMs: number) => void) | undefined;
}): Edge => {
  const { addresses, clock, stallMs = 15_000, stallClock = systemClock, onTransfer } = options;
  const firstBytes = createFirstByteWatch();

  const request = async (url: string, headers: Headers, signal: AbortSignal): Promise<Response> => {
    try {
      return await options.fetch(url, { headers, signal });
    } catch (error) {
      throw new EdgeFailure('interrupted', `no answer from the edge: ${systemErrorCode(error) ?? 'cut'}`, {
        cause: error,
      });
    }
  };

  const headersFor = (file: AudioFile, range: ByteRange, etag: string | null): Headers => {
    // Ranges of an encoded body would be ranges of something else.
    const headers = new Headers({ 'accept-encoding': 'identity' });
    if (range.first === 0 && range.last === file.bytes - 1) return headers;
    headers.set('range', `bytes=${range.first}-${range.last}`);
    if (etag !== null) headers.set('if-range', etag);
    return headers;
  };

  const answerTo = async (
    file: AudioFile,
    range: ByteRange,
    etag: string | null,
    signal: AbortSignal,
  ): Promise<Response> => {
    for (let tries = 1; ; tries += 1) {
      const address = await addresses.ofFile(file);
      if (address === null || address.sha256 !== file.sha256) {
        throw new EdgeFailure('wrong', 'the track was given other audio meanwhile');
      }
      const response = await request(address.url, headersFor(file, range, etag), signal);
      try {
        checkStatus(response, clock.now());
        return response;
      } catch (error) {
        await response.body?.cancel();
        if (!(error instanceof EdgeFailure) || error.kind !== 'refused') throw error;
        addresses.refused(file.trackId, address);
        if (tries === TRIES_WITH_NEW_ADDRESS) throw error;
      }
    }
  };

  return {
    async open(file, range, etag, caller, isUrgent) {
      const stall = createStallGuard(stallMs, stallClock);
      const signal = AbortSignal.any([caller, stall.signal]);
      const attempt = (tried: AbortSignal) => answerTo(file, range, etag, tried);
      const askedMs = performance.now();
      const response = await stall.watch(
        isUrgent ? hedged(attempt, firstBytes.lateAfterMs(), clock, signal) : attempt(signal),
      );
      firstBytes.took(performance.now() - askedMs);
      let skip: number;
      try {
        skip = range.first - firstByteOf(response, file, range);
      } catch (error) {
        await response.body?.cancel();
        throw error;
      }
      if (response.body === null) throw new EdgeFailure('wrong', 'the edge answered without a body');
      const reader = response.body.getReader();

      async function* chunks(): AsyncGenerator<Uint8Array, void> {
        let countedMs = performance.now();
        let uncounted = 0;
        const count = (): void => {
          onTransfer?.(uncounted, performance.now() - countedMs);
          countedMs = performance.now();
          uncounted = 0;
        };
        try {
          for (;;) {
            const { done, value } = await stall.watch(reader.read());
            if (done) return;
            uncounted += value.byteLength;
            if (performance.now() - countedMs >= COUNTED_EVERY_MS) count();
            stall.came(value.byteLength);
            // A 200 to a range starts at byte 0: what was not asked for is read over.
            const kept = skip > 0 ? value.subarray(Math.min(skip, value.byteLength)) : value;
            skip -= value.byteLength - kept.byteLength;
            if (kept.byteLength > 0) yield kept;
          }
        } catch (error) {
          throw new EdgeFailure('interrupted', `cut: ${systemErrorCode(error) ?? 'connection lost'}`, {
            cause: error,
          });
        } finally {
          count();
          await reader.cancel().catch(() => undefined);
        }
      }
      return { etag: strongEtag(response), chunks: chunks() };
    },
  };
};
