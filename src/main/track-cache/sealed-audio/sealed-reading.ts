import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from '../byte-range.ts';
import {
  chunkLength,
  chunkOffset,
  CHUNK_BYTES,
  deriveKeys,
  HEADER_BYTES,
  openChunk,
  SALT_BYTES,
  SEALED_CHUNK_BYTES,
  type SealingKeys,
} from './chunked-encryption.ts';

/** Chunks opened at a time: 64 KiB are cheap to hand on, the first ones are there at once. */
const CHUNKS_AT_ONCE = 4;

/** What lies on the disk is not what was put there: bits have changed, it was cut, or it is another's. */
export class DamagedAudio extends Error {
  override readonly name = 'DamagedAudio';
}

/** Fills the buffer from a place in the file, or as much of it as there is; gives how much. */
export const readFully = async (
  handle: FileHandle,
  buffer: Uint8Array,
  position: number,
): Promise<number> => {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.byteLength - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
};

/** The keys of a sealed file. @throws DamagedAudio when it was not sealed with this key for this context. */
export const readKeys = async (
  handle: FileHandle,
  inputKey: Uint8Array,
  context: Uint8Array,
): Promise<SealingKeys> => {
  const header = Buffer.alloc(HEADER_BYTES);
  const length = await readFully(handle, header, 0);
  const keys = deriveKeys(inputKey, header.subarray(0, SALT_BYTES), context);
  if (length === HEADER_BYTES && header.subarray(SALT_BYTES).equals(keys.commitment)) return keys;
  throw new DamagedAudio('not sealed with this key for this track');
};

/** Chunks `first` to `last` of a file of `plainBytes`, opened. @throws DamagedAudio */
export const readChunks = async (
  handle: FileHandle,
  keys: SealingKeys,
  plainBytes: number,
  first: number,
  last: number,
): Promise<readonly Buffer[]> => {
  const end = chunkOffset(last) + chunkLength(plainBytes, last) + (SEALED_CHUNK_BYTES - CHUNK_BYTES);
  const sealed = Buffer.allocUnsafe(end - chunkOffset(first));
  const length = await readFully(handle, sealed, chunkOffset(first));
  return Array.from({ length: last - first + 1 }, (_, count) => {
    const start = count * SEALED_CHUNK_BYTES;
    const stop = Math.min(start + SEALED_CHUNK_BYTES, sealed.length);
    const chunk = stop <= length ? openChunk(keys, first + count, sealed.subarray(start, stop)) : null;
    if (chunk === null) throw new DamagedAudio(`chunk ${first + count} is not what was written`);
    return chunk;
  });
};

/** The bytes of a range of a whole sealed file; closes it at the end, however that comes. @throws DamagedAudio */
export async function* readSealed(
  handle: FileHandle,
  keys: SealingKeys,
  plainBytes: number,
  range: ByteRange,
): AsyncGenerator<Uint8Array, void> {
  try {
    let position = range.first;
    while (position <= range.last) {
      const first = Math.floor(position / CHUNK_BYTES);
      const last = Math.min(first + CHUNKS_AT_ONCE - 1, Math.floor(range.last / CHUNK_BYTES));
      const chunks = await readChunks(handle, keys, plainBytes, first, last);
      const start = first * CHUNK_BYTES;
      const bytes = Buffer.concat(chunks).subarray(position - start, range.last + 1 - start);
      position += bytes.byteLength;
      yield bytes;
    }
  } finally {
    await handle.close();
  }
}
