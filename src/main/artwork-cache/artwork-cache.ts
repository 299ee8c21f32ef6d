import { setTimeout as delay } from 'node:timers/promises';
import { artworkSizeSchema, catalogPaths, sha256Schema } from '../../contract/catalog-http.ts';
import type { ArtworkFiles } from './artwork-files.ts';
import { isCutShort, pictureName, standIns, type PictureAddress } from './picture-names.ts';
import { createPinnedArtwork, type FetchOutcome } from './pinned-artwork.ts';

export interface ArtworkCache {
  /**
   * GET and HEAD; 200, 400 for what is no artwork's address, 404, 405, 503. While the service does not answer, another size of
   * the same picture stands in, not to be stored.
   */
  serve(request: Request, artwork: PictureAddress): Promise<Response>;
  /** Exactly the pictures of these artworks are never evicted from now on. */
  setPinned(artworkIds: readonly string[]): void;
  /** Exactly these artworks are to be here: fetches what is missing of their sizes 96, 256 and 512 in the background. */
  keep(artworkIds: readonly string[]): void;
  /** The service answers again: what could not be had is asked for once more. */
  serviceReached(): void;
  /** Stops writing, runs `work` while the folder stands still, and goes on in the folder that it gives. Reading goes on. */
  relocate(work: () => Promise<string>): Promise<void>;
  /** Resolves when nothing is fetched or written any more. */
  settled(): Promise<void>;
}

interface Picture {
  readonly status: 200;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly size: number;
}
interface NoPicture {
  readonly status: 404 | 503;
}
interface Arrival {
  readonly fetched: Promise<Picture | NoPicture>;
  /** Whether it is on the disk. */
  readonly kept: Promise<boolean>;
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
  /** How long the service may take while another size could stand in. */
  readonly patienceMs?: number;
}): ArtworkCache => {
  const { files, closing, timeoutMs = 15_000, patienceMs = 2_000 } = options;
  const base = options.serviceUrl.replace(/\/+$/, '');
  /** Until it is on the disk, so that nobody asks the service for it in between. */
  const arriving = new Map<string, Arrival>();

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
      return isCutShort(content) ? { status: 503 } : { status: 200, content, size };
    } catch {
      // No answer, or half of one: the cover stays a placeholder and is asked for again when it is next shown. Whether the
      // service is there is for the catalog's own requests to find out.
      return { status: 503 };
    }
  };

  const keepWhenThere = async (name: string, fetched: Promise<Picture | NoPicture>): Promise<boolean> => {
    const picture = await fetched;
    const isKept = picture.status === 200 && (await files.keep(name, picture.content));
    arriving.delete(name);
    return isKept;
  };

  const arrive = (address: PictureAddress): Arrival => {
    const name = pictureName(address);
    const already = arriving.get(name);
    if (already !== undefined) return already;
    const fetched = fetchPicture(address.id, address.size);
    const kept = keepWhenThere(name, fetched);
    const arrival: Arrival = { fetched, kept };
    arriving.set(name, arrival);
    return arrival;
  };

  const find = async (address: PictureAddress): Promise<Picture | NoPicture> => {
    const name = pictureName(address);
    const content = arriving.has(name) ? null : await files.read(name);
    return content === null ? arrive(address).fetched : { status: 200, content, size: address.size };
  };

  const standInFor = async ({ id, size }: PictureAddress): Promise<Picture | null> => {
    for (const other of standIns(size)) {
      const name = pictureName({ id, size: other });
      const content = (await files.has(name)) ? await files.read(name) : null;
      if (content !== null) return { status: 200, content, size: other };
    }
    return null;
  };

  const isWaitedForInVain = async (found: Promise<unknown>): Promise<boolean> => {
    const enough = new AbortController();
    const waited = delay(patienceMs, true, { signal: enough.signal, ref: false }).catch(() => false);
    const isInVain = await Promise.race([found.then(() => false), waited]);
    enough.abort();
    return isInVain;
  };

  const findOrStandIn = async (address: PictureAddress): Promise<Picture | NoPicture> => {
    const found = find(address);
    if (await isWaitedForInVain(found)) return (await standInFor(address)) ?? found;
    const picture = await found;
    return picture.status === 503 ? ((await standInFor(address)) ?? picture) : picture;
  };

  const pinned = createPinnedArtwork({
    has: (name) => files.has(name),
    closing,
    async fetch(address): Promise<FetchOutcome> {
      const { fetched, kept } = arrive(address);
      if (await kept) return 'kept';
      return (await fetched).status === 404 ? 'absent' : 'later';
    },
  });

  return {
    async serve(request, { id, size }) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
      }
      const isAddress = sha256Schema.safeParse(id).success && artworkSizeSchema.safeParse(size).success;
      if (!isAddress) return new Response(null, { status: 400 });
      const picture = await findOrStandIn({ id, size });
      if (picture.status !== 200) {
        return new Response(null, { status: picture.status, headers: { 'cache-control': 'no-store' } });
      }
      return new Response(request.method === 'HEAD' ? null : picture.content, {
        headers: {
          'access-control-allow-origin': '*',
          'cache-control': picture.size === size ? IMMUTABLE : 'no-store',
          'content-length': String(picture.content.byteLength),
          'content-type': CONTENT_TYPE,
          etag: `"${id}-${picture.size}"`,
        },
      });
    },
    setPinned: (artworkIds) => files.setPinned(artworkIds),
    keep: (artworkIds) => pinned.want(artworkIds),
    serviceReached: () => pinned.tryAgain(),
    relocate: (work) => files.relocate(work),
    async settled() {
      await pinned.settled();
      await Promise.all(Array.from(arriving.values(), ({ kept }) => kept));
    },
  };
};
