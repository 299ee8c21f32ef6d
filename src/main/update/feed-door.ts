import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { UpdateFile } from '../../core/update/manifest.ts';
import { connectionFailed, fetchLimited } from './fetch-limited.ts';
import type { PartialPayload } from './partial-payload.ts';
import { readPieces, type PieceReaderOptions, type WantedBytes } from './piece-reader.ts';
import { UpdateFailed } from './update-failed.ts';

/** Of what electron-updater asks for, in the words of Node's `http.request`. */
export interface FeedRequestOptions {
  readonly protocol?: string | null;
  readonly hostname?: string | null;
  readonly port?: string | number | null;
  readonly path?: string | null;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** As much of an `http.IncomingMessage` as it reads. */
export interface FeedAnswer extends Readable {
  statusCode: number;
  statusMessage: string;
  headers: Record<string, string>;
}

/** As much of an `http.ClientRequest` as it uses. */
export interface FeedRequest extends EventEmitter {
  end(): void;
  abort(): void;
}

const LARGEST_YML_BYTES = 256 * 1024;
const LARGEST_BLOCKMAP_BYTES = 16 * 1024 * 1024;
const SMALL_LIMIT_MS = 60_000;

interface Asked {
  readonly url: string;
  readonly limitBytes: number;
  /** Of the payload, whose size is signed; null: a small document, whole. */
  readonly bytes: WantedBytes | null;
}

const addressOf = ({ protocol, hostname, port, path }: FeedRequestOptions): URL =>
  new URL(
    `${protocol ?? 'https:'}//${hostname ?? ''}${port === undefined || port === null ? '' : `:${port}`}${path ?? '/'}`,
  );

const headerOf = (headers: FeedRequestOptions['headers'], name: string): string | null => {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return typeof found?.[1] === 'string' ? found[1] : null;
};

const answer = (
  statusCode: number,
  headers: Record<string, string>,
  body: AsyncIterable<Uint8Array>,
): FeedAnswer =>
  Object.assign(Readable.from(body, { objectMode: false }), { statusCode, statusMessage: '', headers });

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

/**
 * The way to the feed for one download, and the only one electron-updater is given: through the door that everything uses that goes out
 * (`network/edge-fetch.ts`), to files of the feed alone, and of those to the channel's `.yml`, to block maps, and to the one payload
 * that was signed, in pieces. Headers that tell installations apart are left behind.
 */
export interface FeedDoor {
  createRequest(options: FeedRequestOptions, callback: (answer: FeedAnswer) => void): FeedRequest;
  /** What stopped the last request that failed; null when none did. */
  failure(): UpdateFailed | null;
}

export const openFeedDoor = (
  options: PieceReaderOptions & {
    readonly feedUrl: string;
    readonly file: UpdateFile;
    readonly partial: PartialPayload;
    readonly signal: AbortSignal;
  },
): FeedDoor => {
  const { feedUrl, file, partial, signal, isOnline } = options;
  let failure: UpdateFailed | null = null;

  const payloadBytes = (range: string | null): WantedBytes => {
    if (range === null) return { first: 0, last: file.sizeBytes - 1 };
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    if (
      first === undefined ||
      last === undefined ||
      Number(last) >= file.sizeBytes ||
      Number(first) > Number(last)
    )
      throw new UpdateFailed('feed_differs', 'a range that the signed file does not have');
    return { first: Number(first), last: Number(last) };
  };

  const allowed = (request: FeedRequestOptions): Asked => {
    const address = addressOf(request);
    // For edges that keep what they should not; ours does not.
    address.searchParams.delete('noCache');
    const name = address.href.startsWith(feedUrl) ? address.href.slice(feedUrl.length) : '';
    if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name))
      throw new UpdateFailed('feed_differs', 'not a file of the feed');
    const url = address.href;
    if (name === file.name)
      return { url, limitBytes: file.sizeBytes, bytes: payloadBytes(headerOf(request.headers, 'range')) };
    if (name.endsWith('.yml')) return { url, limitBytes: LARGEST_YML_BYTES, bytes: null };
    if (name.endsWith('.blockmap')) return { url, limitBytes: LARGEST_BLOCKMAP_BYTES, bytes: null };
    throw new UpdateFailed('feed_differs', 'another file than the signed one');
  };

  const failed = (error: unknown): UpdateFailed => {
    failure = connectionFailed(error, isOnline);
    return failure;
  };

  /** All of it: first what came in an earlier run, then the rest. */
  async function* readWhole(url: string, stop: AbortSignal): AsyncGenerator<Uint8Array> {
    const kept = await partial.open(file);
    try {
      yield* kept?.read() ?? [];
      const rest = { first: kept?.bytes ?? 0, last: file.sizeBytes - 1 };
      for await (const chunk of readPieces(url, rest, file.sizeBytes, options, stop)) {
        await kept?.append(chunk);
        yield chunk;
      }
    } finally {
      await kept?.close();
    }
  }

  async function* watched(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw signal.aborted ? error : failed(error);
    }
  }

  const perform = async (request: FeedRequestOptions, aborted: AbortSignal): Promise<FeedAnswer> => {
    const { url, limitBytes, bytes } = allowed(request);
    const stop = AbortSignal.any([signal, aborted]);
    if (bytes === null) {
      const small = await fetchLimited(url, {
        ...options,
        signal: stop,
        limitBytes,
        limitMs: SMALL_LIMIT_MS,
      });
      return answer(small.status, { 'content-length': String(small.bytes.byteLength) }, once(small.bytes));
    }
    const isRange = headerOf(request.headers, 'range') !== null;
    return answer(
      isRange ? 206 : 200,
      {
        'content-length': String(bytes.last + 1 - bytes.first),
        ...(isRange
          ? {
              'accept-ranges': 'bytes',
              'content-range': `bytes ${bytes.first}-${bytes.last}/${file.sizeBytes}`,
            }
          : {}),
      },
      watched(isRange ? readPieces(url, bytes, file.sizeBytes, options, stop) : readWhole(url, stop)),
    );
  };

  return {
    failure: () => failure,
    createRequest(request, callback) {
      const aborted = new AbortController();
      const events = new EventEmitter();
      const begin = async (): Promise<void> => {
        try {
          callback(await perform(request, aborted.signal));
        } catch (error) {
          const told = signal.aborted || aborted.signal.aborted ? error : failed(error);
          events.emit('error', told);
        }
      };
      return Object.assign(events, {
        end: () => void begin(),
        abort: () => aborted.abort(new UpdateFailed('internal', 'the request was given up')),
      });
    },
  };
};
