import { artworkSizeSchema, catalogPaths, sha256Schema } from '../../contract/catalog-http.ts';
import type { ArtworkFiles } from './artwork-files.ts';

export interface ArtworkCache {
  /** GET and HEAD; 200, 400 for what is no artwork's address, 404, 405, 503. */
  serve(request: Request, artwork: { readonly id: string; readonly size: number }): Promise<Response>;
  /** Resolves when nothing is fetched or written any more. */
  settled(): Promise<void>;
}

interface Picture {
  readonly status: 200;
  readonly content: Uint8Array<ArrayBuffer>;
}
interface NoPicture {
  readonly status: 404 | 503;
}

const CONTENT_TYPE = 'image/webp';
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Covers, from the disk, else from the service and kept. A picture's content never changes under its id. */
export const createArtworkCache = (options: {
  readonly files: ArtworkFiles;
  readonly serviceUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly closing: AbortSignal;
  readonly timeoutMs?: number;
}): ArtworkCache => {
  const { files, closing, timeoutMs = 15_000 } = options;
  const base = options.serviceUrl.replace(/\/+$/, '');
  /** Until it is on the disk, so that nobody asks the service for it in between. */
  const arriving = new Map<string, Promise<Picture | NoPicture>>();
  const keeping = new Set<Promise<void>>();

  const fetchPicture = async (id: string, size: number): Promise<Picture | NoPicture> => {
    const path = catalogPaths.artwork.replace(':id', id).replace(':size', String(size));
    try {
      const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
      const response = await options.fetch(`${base}${path}`, { signal });
      if (!response.ok || response.headers.get('content-type')?.startsWith(CONTENT_TYPE) !== true) {
        await response.body?.cancel();
        return { status: response.status === 404 ? 404 : 503 };
      }
      const content = new Uint8Array(await response.arrayBuffer());
      return { status: 200, content };
    } catch {
      // No answer, or half of one: the cover stays a placeholder and is asked for again when it is next shown. Whether the
      // service is there is for the catalog's own requests to find out.
      return { status: 503 };
    }
  };

  const keepWhenThere = async (name: string, fetched: Promise<Picture | NoPicture>): Promise<void> => {
    const picture = await fetched;
    if (picture.status === 200) await files.keep(name, picture.content);
    arriving.delete(name);
  };

  const find = async (id: string, size: number): Promise<Picture | NoPicture> => {
    const name = `${id}-${size}.webp`;
    const already = arriving.get(name);
    if (already !== undefined) return already;
    const kept = await files.read(name);
    if (kept !== null) return { status: 200, content: kept };
    const other = arriving.get(name);
    if (other !== undefined) return other;
    const fetched = fetchPicture(id, size);
    arriving.set(name, fetched);
    const settled = keepWhenThere(name, fetched).finally(() => keeping.delete(settled));
    keeping.add(settled);
    return fetched;
  };

  return {
    async serve(request, { id, size }) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
      }
      const isAddress = sha256Schema.safeParse(id).success && artworkSizeSchema.safeParse(size).success;
      if (!isAddress) return new Response(null, { status: 400 });
      const picture = await find(id, size);
      if (picture.status !== 200) {
        return new Response(null, { status: picture.status, headers: { 'cache-control': 'no-store' } });
      }
      return new Response(request.method === 'HEAD' ? null : picture.content, {
        headers: {
          'access-control-allow-origin': '*',
          'cache-control': IMMUTABLE,
          'content-length': String(picture.content.byteLength),
          'content-type': CONTENT_TYPE,
          etag: `"${id}-${size}"`,
        },
      });
    },
    async settled() {
      await Promise.all(keeping);
    },
  };
};
