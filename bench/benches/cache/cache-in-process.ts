/** The track cache by itself, with an edge that is a function: what is left is its own work and the disk's. */
import { createHash } from 'node:crypto';
import { systemClock, type Log } from '../../../src/main/ports.ts';
import { createMemorySecrets } from '../../../src/main/secrets/memory-secrets.ts';
import type { CacheLimits, TrackCache } from '../../../src/main/track-cache/cache-contract.ts';
import { createTrackCache } from '../../../src/main/track-cache/track-cache.ts';

const ADDRESS = 'http://edge.invalid/';
const RANGE = /^bytes=(\d+)-(\d*)$/;

/** Gives its track's bytes by id, the same at every call. */
export type Music = (trackId: string) => Uint8Array<ArrayBuffer>;

const edgeOf = (music: Music): typeof globalThis.fetch => {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const bytes = music(url.slice(ADDRESS.length));
    const headers = { etag: '"1"', 'content-type': 'audio/mpeg' };
    const [, first, last] = RANGE.exec(new Headers(init?.headers).get('range') ?? '') ?? [];
    if (first === undefined) return new Response(bytes, { headers });
    const start = Number(first);
    const end = last === undefined || last === '' ? bytes.byteLength - 1 : Number(last);
    return new Response(bytes.subarray(start, end + 1), {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.byteLength}` },
    });
  };
};

const quiet: Log = {
  info: () => undefined,
  warn: (message, fields) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
  error: (message, fields) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
};

/** Opens caches over one folder, one after the other, as an app does that is started again. */
export const createCacheMaker = (options: { readonly folder: string; readonly music: Music }) => {
  const secrets = createMemorySecrets();
  return (limits: CacheLimits): Promise<TrackCache> =>
    createTrackCache({
      folder: options.folder,
      account: 'bench',
      dataFolder: options.folder,
      limits,
      secrets,
      resolve: async (trackId) => {
        const bytes = options.music(trackId);
        return {
          url: `${ADDRESS}${trackId}`,
          expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
          contentType: 'audio/mpeg',
          bytes: bytes.byteLength,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        };
      },
      lookUp: () => null,
      fetch: edgeOf(options.music),
      clock: systemClock,
      log: quiet,
      onChange: () => undefined,
      reserveBytes: 0,
    });
};

/** Twenty characters, as ids are. */
export const idOf = (index: number): string => `bench${String(index).padStart(15, '0')}`;
