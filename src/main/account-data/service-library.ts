import { buffer } from 'node:stream/consumers';
import { HostFailure } from '../../contract/host-error.ts';
import { libraryExportSchema, libraryPaths } from '../../contract/library-http.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';

/** A life of listening is about 50 MB. */
const MOST_BYTES = 256 * 1024 ** 2;
const ANSWER_MS = 120_000;
const headSchema = libraryExportSchema.pick({ format: true, version: true });

const isWhole = (bytes: Buffer): boolean => {
  try {
    return headSchema.safeParse(JSON.parse(bytes.toString('utf8'))).success;
  } catch {
    return false;
  }
};

async function* limited(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) throw new HostFailure('limit_reached', 'the service says more than is taken');
    yield piece;
  }
}

/**
 * Everything that the service has of the listener, byte by byte as it says it, and whole. Rejects with a `HostFailure`:
 * `service_unreachable` where the answer breaks off or is something else.
 */
export const readServiceLibrary = async ({ open }: Pick<ServiceRequests, 'open'>): Promise<Buffer> => {
  const stream = await open(libraryPaths.export, AbortSignal.timeout(ANSWER_MS), 'application/json');
  try {
    const bytes = await buffer(limited(stream));
    if (!isWhole(bytes)) throw new HostFailure('service_unreachable', 'this is no library');
    return bytes;
  } catch (error) {
    if (error instanceof HostFailure) throw error;
    throw new HostFailure('service_unreachable', 'the library broke off', { cause: error });
  }
};
