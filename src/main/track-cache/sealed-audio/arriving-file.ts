import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import {
  chunkCount,
  chunkLength,
  chunkOffset,
  CHUNK_BYTES,
  deriveKeys,
  newSalt,
  openChunk,
  sealChunk,
  sealedLength,
  SEALED_CHUNK_BYTES,
  type SealingKeys,
} from './chunked-encryption.ts';
import { DamagedAudio, readChunks, readFully, readKeys } from './sealed-reading.ts';

/** A stretch of bytes, both ends included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Takes bytes that follow each other, from a chunk's start on, and seals each chunk as it fills. */
export interface ChunkWriter {
  /** Resolves when what is complete of it is written. @throws what the disk gives */
  write(bytes: Uint8Array): Promise<void>;
  /** The next byte it takes. */
  position(): number;
  /** What has not filled a chunk is let go. */
  abandon(): void;
}

/**
 * A sealed file while it is fetched: some chunks are there, others are holes. A hole fails its tag like any damage does, so the
 * file itself says what is there, also after a kill in the middle of a write.
 */
export interface ArrivingFile {
  readonly plainBytes: number;
  /** Rejects with what the disk gave when it could not be begun; then nothing can be written, and nothing is open. */
  readonly handle: Promise<FileHandle>;
  presentBytes(): number;
  isWhole(): boolean;
  /** How many bytes can be read from here on before the next gap; written or still in memory. */
  readableFrom(position: number): number;
  /** At most `length` of them, and at least one. @throws DamagedAudio when the disk did not keep them */
  read(position: number, length: number): Promise<Uint8Array>;
  /** The first stretch that is missing at or after a position; null when none is. */
  holeFrom(position: number): Stretch | null;
  /** `position` must be a chunk's start. */
  writerAt(position: number): ChunkWriter;
  /** Whether all of it has this SHA-256; what came in order was hashed on the way. */
  hasSha256(sha256: string): Promise<boolean>;
}

/** Plain chunks kept in memory for whoever reads close behind the writing: 256 KiB. */
const RECENT_CHUNKS = 16;
const CHUNKS_LOOKED_AT_ONCE = 64;

const create = (
  opened: Promise<FileHandle>,
  keys: SealingKeys,
  plainBytes: number,
  present: Uint8Array,
): ArrivingFile => {
  const chunks = chunkCount(plainBytes);
  const recent = new Map<number, Uint8Array>();
  const pendings = new Set<{ index: number; bytes: Uint8Array; length: number }>();
  let presentBytes = 0;
  for (let index = 0; index < chunks; index += 1) {
    if (present[index] === 1) presentBytes += chunkLength(plainBytes, index);
  }
  let prefix: { readonly hash: Hash; chunks: number } = { hash: createHash('sha256'), chunks: 0 };

  const remember = (index: number, plaintext: Uint8Array): void => {
    recent.set(index, plaintext);
    const [oldest] = recent.keys();
    if (recent.size > RECENT_CHUNKS && oldest !== undefined) recent.delete(oldest);
    if (index !== prefix.chunks) return;
    prefix.hash.update(plaintext);
    prefix.chunks += 1;
  };

  const markPresent = (index: number): void => {
    if (present[index] === 1) return;
    present[index] = 1;
    presentBytes += chunkLength(plainBytes, index);
  };

  const pendingOf = (index: number): { readonly bytes: Uint8Array; readonly length: number } | null =>
    Array.from(pendings).find((pending) => pending.index === index) ?? null;

  const readableIn = (index: number): number => {
    if (present[index] === 1 || recent.has(index)) return chunkLength(plainBytes, index);
    return pendingOf(index)?.length ?? 0;
  };

  const chunkFromDisk = async (index: number): Promise<Uint8Array> => {
    try {
      const [chunk] = await readChunks(await opened, keys, plainBytes, index, index);
      return chunk ?? new Uint8Array();
    } catch (error) {
      if (error instanceof DamagedAudio) {
        present[index] = 0;
        presentBytes -= chunkLength(plainBytes, index);
      }
      throw error;
    }
  };

  return {
    plainBytes,
    handle: opened,
    presentBytes: () => presentBytes,
    isWhole: () => presentBytes === plainBytes,
    readableFrom(position) {
      let readable = 0;
      for (let index = Math.floor(position / CHUNK_BYTES); index < chunks; index += 1) {
        const inChunk = readableIn(index);
        const start = Math.max(position, index * CHUNK_BYTES);
        readable += Math.max(0, index * CHUNK_BYTES + inChunk - start);
        if (inChunk < chunkLength(plainBytes, index)) break;
        // Nobody reads farther at once; a whole file need not be counted through for every chunk of it.
        if (readable > RECENT_CHUNKS * CHUNK_BYTES) break;
      }
      return readable;
    },
    async read(position, length) {
      const index = Math.floor(position / CHUNK_BYTES);
      const start = index * CHUNK_BYTES;
      const inMemory = recent.get(index);
      if (inMemory !== undefined) return inMemory.subarray(position - start, position - start + length);
      if (present[index] === 1) {
        return (await chunkFromDisk(index)).subarray(position - start, position - start + length);
      }
      const pending = pendingOf(index);
      if (pending === null) throw new DamagedAudio(`nothing at byte ${position}`);
      return pending.bytes.slice(position - start, Math.min(pending.length, position - start + length));
    },
    holeFrom(position) {
      let index = Math.floor(position / CHUNK_BYTES);
      while (index < chunks && (present[index] === 1 || chunkLength(plainBytes, index) === 0)) index += 1;
      if (index >= chunks) return null;
      const first = index * CHUNK_BYTES;
      while (index < chunks && present[index] !== 1) index += 1;
      return { first, last: Math.min(index * CHUNK_BYTES, plainBytes) - 1 };
    },
    writerAt(start) {
      let position = start;
      const pending = { index: start / CHUNK_BYTES, bytes: new Uint8Array(CHUNK_BYTES), length: 0 };
      pendings.add(pending);
      return {
        position: () => position,
        abandon: () => pendings.delete(pending),
        async write(bytes) {
          let taken = 0;
          const sealed: Buffer[] = [];
          const firstIndex = pending.index;
          while (taken < bytes.byteLength) {
            const wanted = chunkLength(plainBytes, pending.index);
            const part = bytes.subarray(taken, taken + wanted - pending.length);
            pending.bytes.set(part, pending.length);
            pending.length += part.byteLength;
            taken += part.byteLength;
            position += part.byteLength;
            if (pending.length < wanted) break;
            const plaintext = pending.bytes.slice(0, wanted);
            sealed.push(sealChunk(keys, pending.index, plaintext));
            remember(pending.index, plaintext);
            pending.index += 1;
            pending.length = 0;
          }
          if (sealed.length === 0) return;
          await writeFully(await opened, Buffer.concat(sealed), chunkOffset(firstIndex));
          for (let count = 0; count < sealed.length; count += 1) markPresent(firstIndex + count);
        },
      };
    },
    async hasSha256(sha256) {
      const { hash } = prefix;
      for (let index = prefix.chunks; index < chunks; index += 1) hash.update(await chunkFromDisk(index));
      prefix = { hash: createHash('sha256'), chunks: chunks + 1 };
      return hash.digest('hex') === sha256;
    },
  };
};

const writeFully = async (handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> => {
  let written = 0;
  while (written < bytes.byteLength) {
    const result = await handle.write(bytes, written, bytes.byteLength - written, position + written);
    written += result.bytesWritten;
  }
};

/** A last chunk without a byte in it is never fetched: it is there from the beginning, and again if it was damaged. */
const sealEmptyEnd = async (
  handle: FileHandle,
  keys: SealingKeys,
  plainBytes: number,
  present: Uint8Array,
): Promise<void> => {
  const last = present.length - 1;
  if (chunkLength(plainBytes, last) > 0 || present[last] === 1) return;
  await writeFully(handle, sealChunk(keys, last, new Uint8Array()), chunkOffset(last));
  present[last] = 1;
};

/**
 * A new one in an empty file, under a salt of its own. It takes bytes and gives them back at once, while the file is still being
 * opened: what the disk takes for that is not added to what the network takes for the first byte.
 */
export const createArrivingFile = (
  empty: Promise<FileHandle>,
  inputKey: Uint8Array,
  context: Uint8Array,
  plainBytes: number,
): ArrivingFile => {
  const salt = newSalt();
  const keys = deriveKeys(inputKey, salt, context);
  const present = new Uint8Array(chunkCount(plainBytes));
  const begin = async (): Promise<FileHandle> => {
    const handle = await empty;
    try {
      await writeFully(handle, Buffer.concat([salt, keys.commitment]), 0);
      await handle.truncate(sealedLength(plainBytes));
      await sealEmptyEnd(handle, keys, plainBytes, present);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  };
  const begun = begin();
  // Whoever writes or closes hears of it.
  begun.catch(() => undefined);
  return create(begun, keys, plainBytes, present);
};

/** Goes on with one that was begun before: every chunk is looked at, and what does not open is a hole. @throws DamagedAudio */
export const reopenArrivingFile = async (
  handle: FileHandle,
  inputKey: Uint8Array,
  context: Uint8Array,
  plainBytes: number,
): Promise<ArrivingFile> => {
  const keys = await readKeys(handle, inputKey, context);
  // Whatever was cut off or put behind it: whole, it has this length and no other.
  await handle.truncate(sealedLength(plainBytes));
  const chunks = chunkCount(plainBytes);
  const present = new Uint8Array(chunks);
  const buffer = Buffer.allocUnsafe(CHUNKS_LOOKED_AT_ONCE * SEALED_CHUNK_BYTES);
  for (let first = 0; first < chunks; first += CHUNKS_LOOKED_AT_ONCE) {
    const length = await readFully(handle, buffer, chunkOffset(first));
    for (let index = first; index < Math.min(chunks, first + CHUNKS_LOOKED_AT_ONCE); index += 1) {
      const start = (index - first) * SEALED_CHUNK_BYTES;
      const sealedBytes = chunkLength(plainBytes, index) + (SEALED_CHUNK_BYTES - CHUNK_BYTES);
      const sealed = buffer.subarray(start, start + sealedBytes);
      // A hole reads as zeros, and a tag of zeros is as likely as any other one in 2^128: not worth a decryption.
      const isHole = sealed.subarray(0, 32).every((byte) => byte === 0);
      const isThere = start + sealedBytes <= length && !isHole && openChunk(keys, index, sealed) !== null;
      if (isThere) present[index] = 1;
    }
  }
  await sealEmptyEnd(handle, keys, plainBytes, present);
  return create(Promise.resolve(handle), keys, plainBytes, present);
};
