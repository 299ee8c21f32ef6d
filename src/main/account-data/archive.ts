import { setImmediate } from 'node:timers/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { HostFailure } from '../../contract/host-error.ts';

export interface Archive {
  /** A file of it, packed piece by piece; other work of the process goes on in between. Rejects with `limit_reached`. */
  add(name: string, content: string | Uint8Array): Promise<void>;
  /** All of it; nothing can be added any more. */
  finish(): Buffer;
}

const PIECE_BYTES = 1024 ** 2;

/** A ZIP archive that grows in memory to at most `mostBytes`. */
export const createArchive = (mostBytes: number): Archive => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    failure ??= error;
    pieces.push(piece);
    bytes += piece.byteLength;
  });
  return {
    async add(name, content) {
      const all = typeof content === 'string' ? strToU8(content) : content;
      const file = new ZipDeflate(name);
      zip.add(file);
      for (let at = 0; at === 0 || at < all.byteLength; at += PIECE_BYTES) {
        file.push(all.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= all.byteLength);
        if (failure !== null) throw failure;
        if (bytes > mostBytes)
          throw new HostFailure('limit_reached', 'the archive is larger than any may be');
        await setImmediate();
      }
    },
    finish() {
      zip.end();
      return Buffer.concat(pieces);
    },
  };
};
