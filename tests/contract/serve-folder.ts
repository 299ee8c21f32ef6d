/** The smallest server of a folder store's signed addresses; the catalog service is the real one. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { verifyObjectAddress } from '../../src/catalog/store/object-address.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';

export interface FolderServer {
  readonly baseUrl: string;
  serve(store: ObjectStore): void;
  close(): Promise<void>;
}

export const startFolderServer = async (secret: Uint8Array): Promise<FolderServer> => {
  let served: ObjectStore | null = null;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const end = (status: number): void => void response.writeHead(status).end();
    if (request.method !== 'GET') return end(405);
    const [pathname = '', query = ''] = (request.url ?? '').split('?');
    const verdict = verifyObjectAddress(
      { pathname, searchParams: new URLSearchParams(query) },
      secret,
      Date.now(),
    );
    if (!verdict.ok) return end(403);
    const wanted = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const range = wanted === null ? {} : { range: { first: Number(wanted[1]), last: Number(wanted[2]) } };
    const found = await served?.get(verdict.key, range);
    if (found === null || found === undefined) return end(404);
    response.writeHead(found.range === null ? 200 : 206, {
      'content-type': found.contentType ?? 'application/octet-stream',
      etag: found.etag,
      ...(found.range === null
        ? {}
        : { 'content-range': `bytes ${found.range.first}-${found.range.last}/${found.bytes}` }),
    });
    await pipeline(found.body, response);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    serve: (store) => {
      served = store;
    },
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
};
