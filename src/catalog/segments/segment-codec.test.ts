import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { albumRecord, artistRecord, removal, trackRecord } from '../../../tests/builders/catalog-records.ts';
import { createFolderStore } from '../store/folder-store.ts';
import type { CatalogRecord } from './catalog-records.ts';
import { segmentKey } from './keys.ts';
import { decodeSegment, encodeSegment, encodeSegmentFile } from './segment-codec.ts';
import { readSegment, writeSegment } from './segment-store.ts';

const collect = async (records: AsyncIterable<CatalogRecord>): Promise<readonly CatalogRecord[]> => {
  const collected: CatalogRecord[] = [];
  for await (const record of records) collected.push(record);
  return collected;
};
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Decodes what somebody else wrote, under its own right hash. */
const decodeText = (text: string): Promise<readonly CatalogRecord[]> => {
  const body = zstdCompressSync(text);
  return collect(decodeSegment(body, { sha256: sha256Of(body) }));
};

// Everything a tag may hold: lone surrogates are left out, for UTF-8 has no bytes for them.
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.constantFrom(
    '',
    'a\nb',
    'a\r\nb',
    'line\u2028separator\u2029',
    '\u0000',
    '"\\',
    'e\u0301',
    '🎵'.repeat(50),
  ),
);
const anyRecord: fc.Arbitrary<CatalogRecord> = fc.oneof(
  anyText.map((name) => artistRecord('artist', { name })),
  fc
    .record({ title: anyText, notes: fc.option(anyText), plays: fc.option(fc.nat()) })
    .map(({ title, plays }) => trackRecord('track', { title, plays })),
  fc.record({ title: anyText, notes: fc.option(anyText) }).map((texts) => albumRecord('album', texts)),
  anyText.map((name) => removal(artistRecord(name))),
);

describe('A segment', () => {
  test('comes back as it was encoded, whatever the texts hold and however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRecord, { maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        async (records, size) => {
          const segment = await encodeSegment(records);
          expect(segment).toMatchObject({
            sha256: sha256Of(segment.body),
            bytes: segment.body.byteLength,
            records: records.length,
          });
          const pieces: Uint8Array[] = [];
          for (let first = 0; first < segment.bytes; first += size)
            pieces.push(segment.body.subarray(first, first + size));
          expect(await collect(decodeSegment(Readable.from(pieces), segment))).toEqual(records);
          expect(await collect(decodeSegment(segment.body, segment))).toEqual(records);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('of the same records has the same name, in memory and in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'riffle-codec-'));
    try {
      const records = Array.from({ length: 3000 }, (_, index) => trackRecord(`track ${index}`));
      const path = join(folder, 'segment');
      const inMemory = await encodeSegment(records);
      expect(await encodeSegmentFile(records, path)).toEqual({
        sha256: inMemory.sha256,
        bytes: inMemory.bytes,
        records: 3000,
      });
      expect((await readFile(path)).equals(inMemory.body)).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('changed in any byte, or cut short anywhere, is refused', async () => {
    const segment = await encodeSegment(
      Array.from({ length: 20 }, (_, index) => trackRecord(`track ${index}`)),
    );
    const corrupt = expect.objectContaining({
      name: 'StoreError',
      code: 'corrupt',
      message: expect.stringContaining(segmentKey(segment.sha256)),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(segment.bytes - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Uint8Array.from(segment.body);
        changed[at] = (changed[at] ?? 0) ^ flip;
        await expect(collect(decodeSegment(changed, segment))).rejects.toEqual(corrupt);
        await expect(collect(decodeSegment(segment.body.subarray(0, at), segment))).rejects.toEqual(corrupt);
      }),
      { numRuns: 100 },
    );
    const longer = Buffer.concat([segment.body, randomBytes(10)]);
    await expect(collect(decodeSegment(longer, segment))).rejects.toEqual(corrupt);
  });

  test('with a line that is no record names the line, and gives what stood before it first', async () => {
    const good = JSON.stringify(artistRecord('one'));
    await expect(decodeText(`${good}\n{"kind":"poem"}\n`)).rejects.toThrow(
      /jsonl\.zst: line 2 is no catalog record/,
    );
    await expect(decodeText(`${good}\nnonsense\n`)).rejects.toThrow(/line 2 is no catalog record: .*JSON/);
    await expect(decodeText(`${good}\n\n`)).rejects.toThrow(/line 2/);
    await expect(decodeText(`${good}\n${good}`)).rejects.toThrow(/last line is cut off/);
    await expect(decodeText('x'.repeat(17 * 1024 * 1024))).rejects.toThrow(/too long/);

    const body = zstdCompressSync(`${good}\nnonsense\n`);
    const records = decodeSegment(body, { sha256: sha256Of(body) });
    expect((await records.next()).value).toEqual(artistRecord('one'));
    await expect(records.next()).rejects.toThrow(/line 2/);
  });

  test('written by a newer version with more fields is read', async () => {
    const newer = { ...artistRecord('one'), mood: 'blue' };
    expect(await decodeText(`${JSON.stringify(newer)}\n`)).toEqual([artistRecord('one')]);
  });

  test('that its reader leaves early lets go of its source', async () => {
    const segment = await encodeSegment(
      Array.from({ length: 5000 }, (_, index) => trackRecord(`track ${index}`)),
    );
    const source = Readable.from([segment.body.subarray(0, 1000), segment.body.subarray(1000)]);
    for await (const record of decodeSegment(source, segment)) {
      expect(record.kind).toBe('track');
      break;
    }
    expect(source.destroyed).toBe(true);
  });

  test('passes on what breaks while records are still being made', async () => {
    const breaking = async function* (): AsyncGenerator<CatalogRecord> {
      yield artistRecord('one');
      throw new Error('the tags ran out');
    };
    await expect(encodeSegment(breaking())).rejects.toThrow('the tags ran out');
  });

  test('is readable by any zstd, as lines', async () => {
    const { body } = await encodeSegment([artistRecord('one'), artistRecord('two')]);
    const lines = zstdDecompressSync(body).toString().split('\n');
    expect(lines).toEqual([JSON.stringify(artistRecord('one')), JSON.stringify(artistRecord('two')), '']);
  });
});

describe('Segments in a store', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'riffle-segments-'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true, force: true });
  });

  test('are written once, read back, and leave no temporary files', async () => {
    const store = createFolderStore({ root });
    const temporary = await mkdtemp(join(tmpdir(), 'riffle-segments-temp-'));
    vi.stubEnv('TMPDIR', temporary);
    const records = [artistRecord('one'), trackRecord('a track')];
    const segment = await writeSegment(store, 'demo', records);
    const before = await store.head(segmentKey(segment.sha256));
    expect(segment).toMatchObject({ library: 'demo', records: 2, bytes: before?.bytes });
    expect(await writeSegment(store, 'demo', records)).toEqual(segment);
    expect(await store.head(segmentKey(segment.sha256))).toEqual(before);
    expect(await collect(readSegment(store, segment))).toEqual(records);
    expect(await readdir(temporary)).toEqual([]);
    await rm(temporary, { recursive: true });
  });

  test('that are missing are named', async () => {
    const store = createFolderStore({ root });
    const sha256 = 'a'.repeat(64);
    await expect(collect(readSegment(store, { sha256 }))).rejects.toThrow(
      `segments/${sha256}.jsonl.zst is missing`,
    );
  });
});
