/** What sealing costs: by itself, and on the way from the disk to a reader. */
import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import {
  CHUNK_BYTES,
  deriveKeys,
  KEY_BYTES,
  newSalt,
  openChunk,
  sealChunk,
} from '../../../src/main/track-cache/sealed-audio/chunked-encryption.ts';
import { createCacheMaker, idOf } from './cache-in-process.ts';

/** As much as is handed to a reader of the cache at a time. */
const STREAM_BYTES = 4 * CHUNK_BYTES;

export interface Cost {
  readonly what: string;
  readonly cpuSecondsPerGigabyte: number;
  readonly megabytesPerSecond: number;
}

const costOf = async (what: string, bytes: number, work: () => Promise<void>): Promise<Cost> => {
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    what,
    cpuSecondsPerGigabyte: (user + system) / 1e6 / (bytes / 1e9),
    megabytesPerSecond: bytes / 1e6 / ((performance.now() - startedMs) / 1000),
  };
};

const drain = async (stream: AsyncIterable<Uint8Array>): Promise<number> => {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.byteLength;
  return bytes;
};

const median = (costs: readonly Cost[]): Cost => {
  const sorted = costs.toSorted((one, other) => one.cpuSecondsPerGigabyte - other.cpuSecondsPerGigabyte);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};

const repeated = async (
  what: string,
  bytes: number,
  rounds: number,
  work: () => Promise<void>,
): Promise<Cost> => {
  const costs: Cost[] = [];
  // The first warms compiler and page cache.
  for (let round = 0; round <= rounds; round += 1) {
    const cost = await costOf(what, bytes, work);
    if (round > 0) costs.push(cost);
  }
  return median(costs);
};

/** `megabytes` of audio, several times each. */
export const measureEncryption = async (folder: string, megabytes: number): Promise<readonly Cost[]> => {
  const rounds = 5;
  const bytes = megabytes * 1_000_000;
  const chunks = Math.floor(bytes / CHUNK_BYTES);
  const keys = deriveKeys(randomBytes(KEY_BYTES), newSalt(), Buffer.from('bench'));
  const plaintext = randomBytes(CHUNK_BYTES);
  const sealed = Array.from({ length: 64 }, (_, index) => sealChunk(keys, index, plaintext));

  const sealing = await repeated('seal', chunks * CHUNK_BYTES, rounds, async () => {
    for (let index = 0; index < chunks; index += 1) sealChunk(keys, index, plaintext);
  });
  const opening = await repeated('open', chunks * CHUNK_BYTES, rounds, async () => {
    for (let count = 0; count < chunks; count += 1) {
      const index = count % sealed.length;
      const chunk = sealed[index];
      if (chunk === undefined || openChunk(keys, index, chunk) === null) throw new Error('it did not open');
    }
  });

  const audio = new Uint8Array(randomBytes(bytes));
  const plainPath = join(folder, 'plain');
  await mkdir(folder, { recursive: true });
  await writeFile(plainPath, audio);
  const cache = await createCacheMaker({ folder, music: () => audio })({
    cachedBytes: 1e15,
    pinnedBytes: null,
  });
  try {
    await cache.ready;
    const file = await cache.keep(idOf(0), new AbortController().signal);
    const check = (read: number): void => {
      if (read !== bytes) throw new Error(`read ${read} of ${bytes} bytes`);
    };
    const fromCache = await repeated('read through the cache, sealed', bytes, rounds, async () => {
      check(await drain(await cache.read(file, { first: 0, last: bytes - 1 })));
    });
    const fromPlain = await repeated('read of a plain file', bytes, rounds, async () => {
      check(await drain(createReadStream(plainPath, { highWaterMark: STREAM_BYTES })));
    });
    return [sealing, opening, fromCache, fromPlain];
  } finally {
    await cache.close();
  }
};
