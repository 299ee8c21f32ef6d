import type { Clock } from '../ports.ts';
import { UpdateFailed } from './update-failed.ts';

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** What went wrong on the way, without the address in it. */
export const connectionFailed = (error: unknown, isOnline: () => boolean): UpdateFailed =>
  error instanceof UpdateFailed
    ? error
    : new UpdateFailed(isOnline() ? 'feed_unreachable' : 'offline', 'connection failed', { cause: error });

/** Asks the feed for something. A redirect is not followed: the feed has one place, and what is elsewhere is not the feed. */
export const askFeed = async (
  url: string,
  options: {
    readonly fetch: typeof globalThis.fetch;
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
): Promise<Response> => {
  const response = await options.fetch(url, {
    redirect: 'manual',
    headers: { 'accept-encoding': 'identity', ...options.headers },
    signal: options.signal,
  });
  if (!isRedirect(response.status)) return response;
  await response.body?.cancel();
  throw new UpdateFailed('feed_unreachable', `redirected (${response.status})`);
};

/** The body of a small answer, whole, within a limit of bytes and (by the clock, however slowly it drips) of time. */
const readLimited = async (response: Response, limitBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limitBytes) throw new UpdateFailed('bad_manifest', `more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A small document of the feed, whole. Throws an `UpdateFailed`; the signal's reason once that aborts. */
export const fetchLimited = async (
  url: string,
  options: {
    readonly fetch: typeof globalThis.fetch;
    readonly clock: Clock;
    readonly isOnline: () => boolean;
    readonly signal: AbortSignal;
    readonly limitBytes: number;
    readonly limitMs: number;
  },
): Promise<{ readonly status: number; readonly bytes: Uint8Array }> => {
  const { clock, signal, limitBytes, limitMs } = options;
  const over = new AbortController();
  const done = new AbortController();
  clock
    .wait(limitMs, AbortSignal.any([signal, done.signal]))
    .then(() => over.abort(new UpdateFailed('feed_unreachable', 'not in time')))
    .catch(() => undefined);
  try {
    const response = await askFeed(url, {
      fetch: options.fetch,
      headers: { 'cache-control': 'no-cache' },
      signal: AbortSignal.any([signal, over.signal]),
    });
    return { status: response.status, bytes: await readLimited(response, limitBytes) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw over.signal.aborted ? over.signal.reason : connectionFailed(error, options.isOnline);
  } finally {
    done.abort();
  }
};
