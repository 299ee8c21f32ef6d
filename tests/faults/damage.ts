/** What a disk, a crash or a hand may do to a file. */
import { open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import {
  CHUNK_BYTES,
  HEADER_BYTES,
  SALT_BYTES,
  SEALED_CHUNK_BYTES,
} from '../../src/main/track-cache/sealed-audio/chunked-encryption.ts';

export type Random = () => number;
export type Damage = (path: string, random: Random) => Promise<void>;

export const between = (random: Random, first: number, end: number): number =>
  first + Math.floor(random() * (end - first));

const flipIn = async (path: string, first: number, end: number, random: Random): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    const position = between(random, first, end);
    const [byte = 0] = (await handle.read(Buffer.alloc(1), 0, 1, position)).buffer;
    await handle.write(Uint8Array.of(byte ^ (1 << between(random, 0, 8))), 0, 1, position);
  } finally {
    await handle.close();
  }
};

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;

const flipInSalt: Damage = (path, random) => flipIn(path, 0, SALT_BYTES, random);
const flipInCommitment: Damage = (path, random) => flipIn(path, SALT_BYTES, HEADER_BYTES, random);
const flipInFirstChunk: Damage = (path, random) =>
  flipIn(path, HEADER_BYTES, HEADER_BYTES + CHUNK_BYTES, random);
const flipInTag: Damage = (path, random) =>
  flipIn(path, HEADER_BYTES + CHUNK_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES, random);
const flipInLastChunk: Damage = async (path, random) => {
  const size = await sizeOf(path);
  await flipIn(path, size - 16, size, random);
};
export const flipAnywhere: Damage = async (path, random) => flipIn(path, 0, await sizeOf(path), random);

export const cut: Damage = async (path, random) => truncate(path, between(random, 0, await sizeOf(path)));
const cutAtChunk: Damage = async (path, random) => {
  const chunks = Math.floor((await sizeOf(path)) / SEALED_CHUNK_BYTES);
  await truncate(path, HEADER_BYTES + SEALED_CHUNK_BYTES * between(random, 0, chunks));
};
const extend: Damage = async (path, random) => {
  const more = Buffer.alloc(between(random, 1, 2 * SEALED_CHUNK_BYTES), 7);
  await writeFile(path, Buffer.concat([await readFile(path), more]));
};
const swapChunks: Damage = async (path) => {
  const bytes = await readFile(path);
  const chunk = (index: number): Buffer =>
    bytes.subarray(
      HEADER_BYTES + index * SEALED_CHUNK_BYTES,
      HEADER_BYTES + (index + 1) * SEALED_CHUNK_BYTES,
    );
  const first = Buffer.from(chunk(0));
  chunk(1).copy(bytes, HEADER_BYTES);
  first.copy(bytes, HEADER_BYTES + SEALED_CHUNK_BYTES);
  await writeFile(path, bytes);
};
export const empty: Damage = (path) => truncate(path, 0);
export const garble: Damage = async (path, random) => {
  const size = Math.max(1, await sizeOf(path));
  await writeFile(
    path,
    Uint8Array.from({ length: size }, () => between(random, 0, 256)),
  );
};

/** Everything that may happen to a file of audio. */
export const AUDIO_DAMAGE: Readonly<Record<string, Damage>> = {
  flipInSalt,
  flipInCommitment,
  flipInFirstChunk,
  flipInTag,
  flipInLastChunk,
  flipAnywhere,
  cut,
  cutAtChunk,
  extend,
  swapChunks,
  empty,
  garble,
};
