import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audioBytes } from '../../../../tests/host/track-cache-fixture.ts';
import { createArrivingFile, reopenArrivingFile, type ArrivingFile } from './arriving-file.ts';
import { CHUNK_BYTES, HEADER_BYTES, SEALED_CHUNK_BYTES } from './chunked-encryption.ts';
import { DamagedAudio, readKeys, readSealed } from './sealed-reading.ts';

const KEY = Buffer.alloc(16, 7);
const CONTEXT = Buffer.from('this track');
/** Empty last chunk, one byte in it, one byte missing, a single chunk, an even number. */
const LENGTHS = [4 * CHUNK_BYTES, 4 * CHUNK_BYTES + 1, 5 * CHUNK_BYTES - 1, 900, 70_000] as const;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffle-sealed-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const nextPath = (): string => {
  files += 1;
  return join(folder, String(files));
};
const within = async <Result>(
  path: string,
  flags: string,
  work: (handle: FileHandle) => Promise<Result>,
): Promise<Result> => {
  const handle = await open(path, flags);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
};

/** Writes what is missing from a place on, in pieces of some size, up to an end. */
const fill = async (
  arriving: ArrivingFile,
  audio: Uint8Array,
  from: number,
  pieceBytes: number,
  mostBytes: number,
): Promise<void> => {
  const hole = arriving.holeFrom(from);
  if (hole === null) return;
  const writer = arriving.writerAt(hole.first);
  const end = Math.min(hole.last + 1, hole.first + mostBytes);
  while (writer.position() < end) {
    const start = writer.position();
    await writer.write(audio.subarray(start, Math.min(end, start + pieceBytes)));
  }
  writer.abandon();
};

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

/** A whole sealed file of this audio. */
const sealedFile = async (audio: Uint8Array): Promise<string> => {
  const path = nextPath();
  await within(path, 'wx+', async (handle) => {
    const arriving = createArrivingFile(Promise.resolve(handle), KEY, CONTEXT, audio.byteLength);
    await fill(arriving, audio, 0, 10_000, audio.byteLength);
  });
  return path;
};
const readRange = async (path: string, plainBytes: number, first: number, last: number): Promise<Buffer> => {
  const handle = await open(path, 'r');
  const keys = await readKeys(handle, KEY, CONTEXT).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return bytesOf(readSealed(handle, keys, plainBytes, { first, last }));
};

const steps = fc.array(
  fc.record({
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    pieceBytes: fc.integer({ min: 1_000, max: 40_000 }),
    mostBytes: fc.integer({ min: 1_000, max: 60_000 }),
    reopens: fc.boolean(),
  }),
  { maxLength: 8 },
);

describe('a sealed file that arrives', () => {
  it('is the audio in whatever order its ranges came, also over several runs, and any slice of it is that slice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LENGTHS),
        steps,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (length, order, one, other) => {
          const audio = audioBytes(length, 3);
          const path = nextPath();
          await within(path, 'wx+', async (handle) => {
            let arriving = createArrivingFile(Promise.resolve(handle), KEY, CONTEXT, length);
            for (const { from, pieceBytes, mostBytes, reopens } of order) {
              await fill(arriving, audio, Math.floor(from * length), pieceBytes, mostBytes);
              const before = arriving.presentBytes();
              // Less than a chunk is let go, so that nothing has waited yet for the beginning of the file.
              await arriving.handle;
              if (reopens) arriving = await reopenArrivingFile(handle, KEY, CONTEXT, length);
              expect(arriving.presentBytes()).toBe(before);
              const position = Math.floor(one * length);
              const readable = arriving.readableFrom(position);
              const read = readable > 0 ? await arriving.read(position, readable) : new Uint8Array();
              const wanted = audio.subarray(position, position + read.byteLength);
              expect(Buffer.compare(read, wanted)).toBe(0);
            }
            while (!arriving.isWhole()) await fill(arriving, audio, 0, 20_000, length);
            expect(arriving.holeFrom(0)).toBeNull();
            expect(await arriving.hasSha256(sha256(audio))).toBe(true);
          });
          const [first = 0, last = 0] = [one, other]
            .map((share) => Math.floor(share * length))
            .sort((a, b) => a - b);
          const slice = await readRange(path, length, first, last);
          expect(Buffer.compare(slice, audio.subarray(first, last + 1))).toBe(0);
          await rm(path);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('does not say that other audio is this one', async () => {
    const audio = audioBytes(50_000, 4);
    const flipped = Uint8Array.from(audio);
    flipped[30_000] = (flipped[30_000] ?? 0) ^ 1;
    await within(nextPath(), 'wx+', async (handle) => {
      const arriving = createArrivingFile(Promise.resolve(handle), KEY, CONTEXT, audio.byteLength);
      await fill(arriving, flipped, 0, 10_000, audio.byteLength);
      expect(await arriving.hasSha256(sha256(audio))).toBe(false);
    });
  });

  it('has a hole where a bit was flipped, and only there', async () => {
    const audio = audioBytes(6 * CHUNK_BYTES + 500, 5);
    await fc.assert(
      fc.asyncProperty(fc.nat(6), fc.nat(499), fc.nat(7), async (chunk, place, bit) => {
        const path = await sealedFile(audio);
        await within(path, 'r+', async (handle) => {
          const position = HEADER_BYTES + chunk * SEALED_CHUNK_BYTES + place;
          const byte = Buffer.alloc(1);
          await handle.read(byte, 0, 1, position);
          await handle.write(Uint8Array.of((byte[0] ?? 0) ^ (1 << bit)), 0, 1, position);
          const arriving = await reopenArrivingFile(handle, KEY, CONTEXT, audio.byteLength);
          const first = chunk * CHUNK_BYTES;
          expect(arriving.holeFrom(0)).toEqual({
            first,
            last: Math.min(first + CHUNK_BYTES, audio.byteLength) - 1,
          });
          await fill(arriving, audio, 0, 5_000, CHUNK_BYTES);
          expect(await arriving.hasSha256(sha256(audio))).toBe(true);
        });
        expect(Buffer.compare(await readRange(path, audio.byteLength, 0, audio.byteLength - 1), audio)).toBe(
          0,
        );
        await rm(path);
      }),
      { numRuns: 25 },
    );
  });

  it.each(LENGTHS)('of %i bytes is mended to its length when it was cut or extended', async (length) => {
    const audio = audioBytes(length, 6);
    const path = await sealedFile(audio);
    const right = await readFile(path);
    for (const size of [
      HEADER_BYTES,
      right.byteLength - 1,
      right.byteLength - 16,
      right.byteLength + 40_000,
    ]) {
      await within(path, 'r+', async (handle) => {
        await handle.truncate(size);
        const arriving = await reopenArrivingFile(handle, KEY, CONTEXT, length);
        while (!arriving.isWhole()) await fill(arriving, audio, 0, 9_000, length);
      });
      // Sealed again under the same salt, the same plaintext is the same file.
      expect(Buffer.compare(await readFile(path), right)).toBe(0);
    }
  });

  it('is refused under another key or for another track, and when its head is damaged', async () => {
    const audio = audioBytes(20_000, 8);
    const path = await sealedFile(audio);
    await within(path, 'r+', async (handle) => {
      const reopen = (key: Uint8Array, context: Uint8Array) =>
        reopenArrivingFile(handle, key, context, audio.byteLength);
      await expect(reopen(Buffer.alloc(16, 8), CONTEXT)).rejects.toThrow(DamagedAudio);
      await expect(reopen(KEY, Buffer.from('another track'))).rejects.toThrow(DamagedAudio);
      await handle.write(Uint8Array.of(1, 2, 3), 0, 3, 5);
      await expect(reopen(KEY, CONTEXT)).rejects.toThrow(DamagedAudio);
    });
  });
});

describe('a sealed file that is read', () => {
  const audio = audioBytes(5 * CHUNK_BYTES + 77, 9);
  const everything = (path: string): Promise<Buffer> =>
    readRange(path, audio.byteLength, 0, audio.byteLength - 1);

  it.each([
    [
      'a flipped bit',
      (bytes: Buffer): void => {
        bytes[HEADER_BYTES + 40_000] = (bytes[HEADER_BYTES + 40_000] ?? 0) ^ 4;
      },
    ],
    [
      'chunks that were swapped',
      (bytes: Buffer): void => {
        const first = HEADER_BYTES + SEALED_CHUNK_BYTES;
        const chunk = Buffer.from(bytes.subarray(first, first + SEALED_CHUNK_BYTES));
        bytes.copyWithin(first, first + SEALED_CHUNK_BYTES, first + 2 * SEALED_CHUNK_BYTES);
        chunk.copy(bytes, first + SEALED_CHUNK_BYTES);
      },
    ],
    [
      'a chunk that stands twice',
      (bytes: Buffer): void => {
        const second = HEADER_BYTES + SEALED_CHUNK_BYTES;
        bytes.copyWithin(HEADER_BYTES, second, second + SEALED_CHUNK_BYTES);
      },
    ],
  ] as const)('gives nothing of %s', async (_name, damage) => {
    const path = await sealedFile(audio);
    await within(path, 'r+', async (handle) => {
      const bytes = await readFile(path);
      damage(bytes);
      await handle.write(bytes, 0, bytes.byteLength, 0);
    });
    await expect(everything(path)).rejects.toThrow(DamagedAudio);
  });

  it('gives nothing of chunks of another file of the same track and key', async () => {
    const [path, other] = [await sealedFile(audio), await sealedFile(audio)];
    const foreign = await readFile(other);
    await within(path, 'r+', (handle) =>
      handle.write(foreign, HEADER_BYTES, SEALED_CHUNK_BYTES, HEADER_BYTES),
    );
    await expect(everything(path)).rejects.toThrow(DamagedAudio);
  });

  it('gives nothing of what was cut off', async () => {
    const path = await sealedFile(audio);
    await within(path, 'r+', (handle) => handle.truncate(HEADER_BYTES + 2 * SEALED_CHUNK_BYTES));
    await expect(everything(path)).rejects.toThrow(DamagedAudio);
    expect(
      Buffer.compare(
        await readRange(path, audio.byteLength, 0, CHUNK_BYTES),
        audio.subarray(0, CHUNK_BYTES + 1),
      ),
    ).toBe(0);
  });
});
