/** A feed of updates on loopback, over what `npm run release -- publish` put into a folder: as an edge answers, one range at a time. */
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { feedKey } from '../release/release-keys.ts';

export interface ServedFeed {
  close(): Promise<void>;
}

const NAME = /^\/([a-z0-9][a-z0-9._-]*)$/;

const rangeOf = (header: string | undefined, bytes: number): { first: number; last: number } | null => {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined) return null;
  return { first: Number(first), last: last === '' || last === undefined ? bytes - 1 : Number(last) };
};

export const serveFeed = async (folder: string, port: number): Promise<ServedFeed> => {
  const store: ObjectStore = createFolderStore({ root: folder });
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const [, name] = NAME.exec(new URL(request.url ?? '/', 'http://feed').pathname) ?? [];
      const known = name === undefined ? null : await store.head(feedKey(name));
      const range = known === null ? null : rangeOf(request.headers.range, known.bytes);
      const object = known === null ? null : await store.get(known.key, range === null ? {} : { range });
      if (object === null) {
        response.writeHead(404).end();
        return;
      }
      const given = object.range;
      response.writeHead(given === null ? 200 : 206, {
        'content-length': given === null ? object.bytes : given.last - given.first + 1,
        'accept-ranges': 'bytes',
        etag: object.etag,
        ...(given === null ? {} : { 'content-range': `bytes ${given.first}-${given.last}/${object.bytes}` }),
      });
      await pipeline(object.body, response);
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
