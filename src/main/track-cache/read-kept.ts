import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from './byte-range.ts';
import { CHUNK_BYTES } from './follow.ts';

/** The bytes of a range of a whole file; closes it at the end, however that comes. */
export async function* readKept(handle: FileHandle, range: ByteRange): AsyncGenerator<Uint8Array, void> {
  try {
    let position = range.first;
    while (position <= range.last) {
      const buffer = new Uint8Array(Math.min(CHUNK_BYTES, range.last + 1 - position));
      const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, position);
      if (bytesRead === 0) throw new Error(`cached audio ended at byte ${position}`);
      position += bytesRead;
      yield bytesRead === buffer.byteLength ? buffer : buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
