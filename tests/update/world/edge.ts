/**
 * An edge in front of the store, as CloudFront behaves: what is immutable is kept, one range is answered with that range, several with the
 * whole object. It counts, and it can be bent.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ObjectStore } from '../../../src/catalog/store/object-store.ts';
import { PAYLOADS } from './feed.ts';

export interface EdgeRequest {
  readonly name: string;
  readonly range: string | null;
}

/** Whether an answer was taken over, is left as it is, knows no ranges, or is cut off in the middle. */
export type Bent = 'taken' | 'left' | 'without_ranges' | 'cut';
export type Bend = (request: EdgeRequest, response: ServerResponse) => Bent;

export interface Edge {
  /** Of the folder of documents of a scenario; ends with a slash. */
  url(folder: string): string;
  readonly requests: readonly EdgeRequest[];
  /** Bytes of bodies that were handed out, of names that hold. */
  bytes(which: (name: string) => boolean): number;
  reset(bend: Bend | null): void;
  close(): Promise<void>;
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly cacheControl: string;
  readonly etag: string;
}

/** Documents of a scenario's own folder, payloads of all. */
const ofScenario = (folder: string, name: string): readonly string[] => [
  `updates/${folder}/${name}`,
  `${PAYLOADS}${name}`,
];

/** `keysOf` says where a name of a feed lies in the store: the first that is there. */
export const startEdge = async (
  store: ObjectStore,
  keysOf: (folder: string, name: string) => readonly string[] = ofScenario,
): Promise<Edge> => {
  const kept = new Map<string, Kept>();
  let requests: EdgeRequest[] = [];
  let moved = new Map<string, number>();
  let bend: Bend | null = null;

  const read = async (key: string): Promise<Kept | null> => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const head = await store.head(key);
    const bytes = head === null ? null : await store.getBytes(key);
    if (head === null || bytes === null) return null;
    const found = { bytes, cacheControl: head.cacheControl ?? '', etag: head.etag };
    if (found.cacheControl.includes('immutable')) kept.set(key, found);
    return found;
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, folder = '', name = ''] = /^\/updates\/([^/]+)\/([^/?]+)/.exec(incoming.url ?? '') ?? [];
    const request = { name, range: incoming.headers.range ?? null };
    requests.push(request);
    const bent = bend?.(request, response) ?? 'left';
    if (bent === 'taken') return;
    let found: Kept | null = null;
    for (const key of keysOf(folder, name)) found ??= await read(key);
    if (found === null) {
      response.writeHead(404).end();
      return;
    }
    const { bytes, cacheControl, etag } = found;
    const headers = { etag, 'cache-control': cacheControl, 'accept-ranges': 'bytes' };
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.range ?? '') ?? [];
    const isStale = incoming.headers['if-range'] !== undefined && incoming.headers['if-range'] !== etag;
    if (first !== undefined && Number(first) >= bytes.byteLength) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.byteLength}` }).end();
      return;
    }
    const isRange = first !== undefined && !isStale && bent !== 'without_ranges';
    const from = isRange ? Number(first) : 0;
    const to = isRange ? Math.min(Number(last), bytes.byteLength - 1) : bytes.byteLength - 1;
    const body = bytes.subarray(from, to + 1);
    const given = bent === 'cut' ? body.subarray(0, body.byteLength >> 1) : body;
    moved.set(name, (moved.get(name) ?? 0) + given.byteLength);
    response.writeHead(isRange ? 206 : 200, {
      ...headers,
      'content-length': body.byteLength,
      ...(isRange ? { 'content-range': `bytes ${from}-${to}/${bytes.byteLength}` } : {}),
    });
    if (bent === 'cut') response.write(given, () => response.destroy());
    else response.end(given);
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (folder) => `http://127.0.0.1:${port}/updates/${folder}/`,
    get requests() {
      return requests;
    },
    bytes: (which) => Array.from(moved).reduce((sum, [name, bytes]) => sum + (which(name) ? bytes : 0), 0),
    reset(next) {
      requests = [];
      moved = new Map();
      bend = next;
    },
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
};
