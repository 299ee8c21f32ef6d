/** A real HTTP origin that behaves like an edge, and misbehaves when told to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** What the next request for a path meets; one fault a request, in order. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** Says nothing for so long. */
  | { readonly kind: 'late'; readonly byMs: number }
  /** One byte, and so long until the next. */
  | { readonly kind: 'trickle'; readonly everyMs: number }
  /** Slower than the link. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** Answers 200 with everything, whatever Range was sent. */
  | { readonly kind: 'ignores-range' }
  | { readonly kind: 'wrong-content-range' }
  /** Promises everything, sends so many bytes, and hangs up. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The same by a reset, which may take bytes with it that were on their way. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Sends so many bytes and then nothing, until the other side goes. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** Sends so many bytes and waits for `release()`. */
  | { readonly kind: 'hold'; readonly afterBytes: number }
  /** Ends properly, but early, without having said how long it would be. */
  | { readonly kind: 'truncated'; readonly bytes: number }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'flipped-bit' }
  | { readonly kind: 'etag'; readonly etag: string };

export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  readonly ifRange: string | null;
}

export interface OriginServer {
  readonly url: (path: string) => string;
  /** Everything asked for so far, oldest first. */
  readonly requests: readonly OriginRequest[];
  put(path: string, content: Uint8Array): void;
  meetWith(path: string, ...faults: readonly Fault[]): void;
  /** Lets every held answer go on. */
  release(): void;
  openConnections(): Promise<number>;
  close(): Promise<void>;
}

const RANGE = /^bytes=(\d+)-(\d*)$/;

export const startOrigin = async (): Promise<OriginServer> => {
  const contents = new Map<string, Uint8Array>();
  const faults = new Map<string, Fault[]>();
  const requests: OriginRequest[] = [];
  let held = Promise.withResolvers<void>();

  const sendPart = (outgoing: ServerResponse, part: Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      if (part.byteLength === 0) {
        outgoing.flushHeaders();
        resolve();
      } else outgoing.write(part, () => resolve());
    });

  /** Until everything is sent or nobody is there any more. */
  const sendEvery = async (
    outgoing: ServerResponse,
    body: Uint8Array,
    bytes: number,
    everyMs: number,
  ): Promise<void> => {
    const part = Math.max(1, Math.round(bytes));
    for (let sent = 0; sent < body.byteLength; sent += part) {
      if (outgoing.destroyed) return;
      await sendPart(outgoing, body.subarray(sent, sent + part));
      await delay(everyMs);
    }
    outgoing.end();
  };

  const misbehave = async (fault: Fault, body: Uint8Array, outgoing: ServerResponse): Promise<void> => {
    switch (fault.kind) {
      case 'cut':
        await sendPart(outgoing, body.subarray(0, fault.afterBytes));
        outgoing.socket?.end();
        return;
      case 'reset':
        await sendPart(outgoing, body.subarray(0, fault.afterBytes));
        outgoing.socket?.resetAndDestroy();
        return;
      case 'stall':
        await sendPart(outgoing, body.subarray(0, fault.afterBytes));
        return;
      case 'hold':
        await sendPart(outgoing, body.subarray(0, fault.afterBytes));
        await held.promise;
        outgoing.end(body.subarray(fault.afterBytes));
        return;
      case 'trickle':
        await sendEvery(outgoing, body, 1, fault.everyMs);
        return;
      case 'slow':
        await sendEvery(outgoing, body, fault.bytesPerSecond / 50, 20);
        return;
      case 'truncated':
        outgoing.end(body.subarray(0, fault.bytes));
        return;
      case 'flipped-bit': {
        const flipped = Uint8Array.from(body);
        flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
        outgoing.end(flipped);
        return;
      }
      case 'gzip':
        outgoing.end(gzipSync(body));
        return;
      default:
        outgoing.end(body);
    }
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const path = new URL(incoming.url ?? '/', 'http://origin').pathname;
    requests.push({
      method: incoming.method ?? '',
      path,
      range: incoming.headers.range ?? null,
      ifRange: typeof incoming.headers['if-range'] === 'string' ? incoming.headers['if-range'] : null,
    });
    const fault = faults.get(path)?.shift() ?? { kind: 'none' };
    const content = contents.get(path);
    if (fault.kind === 'late') await delay(fault.byMs);
    if (fault.kind === 'status') {
      if (fault.retryAfter !== undefined) outgoing.setHeader('retry-after', fault.retryAfter);
      outgoing.writeHead(fault.status).end();
      return;
    }
    if (content === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const etag = fault.kind === 'etag' ? fault.etag : `"${content.byteLength}"`;
    outgoing.setHeader('etag', etag);
    outgoing.setHeader('content-type', 'audio/test');
    outgoing.setHeader('accept-ranges', 'bytes');
    if (fault.kind === 'gzip') outgoing.setHeader('content-encoding', 'gzip');

    const ifRange = incoming.headers['if-range'];
    const wantsPart = ifRange === undefined || ifRange === etag;
    const [, firstText, lastText] = (wantsPart && RANGE.exec(incoming.headers.range ?? '')) || [];
    let body = content;
    if (firstText !== undefined && fault.kind !== 'ignores-range') {
      const first = Number(firstText);
      const last = lastText === '' ? content.byteLength - 1 : Number(lastText);
      body = content.subarray(first, last + 1);
      const said = fault.kind === 'wrong-content-range' ? first + 1 : first;
      outgoing.statusCode = 206;
      outgoing.setHeader('content-range', `bytes ${said}-${last}/${content.byteLength}`);
    }
    if (fault.kind !== 'truncated' && fault.kind !== 'gzip') {
      outgoing.setHeader('content-length', body.byteLength);
    }
    await misbehave(fault, body, outgoing);
  };

  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => undefined);
    void answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    requests,
    put: (path, content) => contents.set(path, content),
    meetWith: (path, ...met) => faults.set(path, [...(faults.get(path) ?? []), ...met]),
    release() {
      const letGo = held;
      held = Promise.withResolvers<void>();
      letGo.resolve();
    },
    openConnections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
