import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

const BODYLESS = new Set(['GET', 'HEAD']);

/** Aborts when the other side goes away before its answer is sent. */
const departureOf = (outgoing: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort(new Error('the other side has gone'));
  });
  return gone.signal;
};

/** Node's request as the handlers take it. Only for requests without a body that matters. */
export const toWebRequest = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
): Request => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return new Request(new URL(incoming.url ?? '/', origin), {
    method: incoming.method ?? 'GET',
    headers,
    signal: departureOf(outgoing),
    ...(BODYLESS.has(incoming.method ?? 'GET') ? {} : { body: '' }),
  });
};

/**
 * Sends an answer, every chunk as it comes. Resolves when it is sent, or when the other side has gone, in which case the body
 * is cancelled. A body that fails tears the connection: the other side must not take the half for the whole.
 */
export const sendWebResponse = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  if (outgoing.destroyed) {
    await response.body?.cancel();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  try {
    // The same class under two names: the tests' types know the browser's as well as Node's.
    await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
  } catch {
    // Either the listener went away or the body failed; `pipeline` has destroyed both ends, and the body's owner has logged.
    outgoing.destroy();
  }
};
