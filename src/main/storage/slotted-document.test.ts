import * as fc from 'fast-check';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { createJsonDocument } from './json-document.ts';
import { MOST_TEXT_BYTES, packSlot, SLOT_BYTES, unpackSlot } from './slot-codec.ts';
import { createSlottedDocument, type SlottedDocument } from './slotted-document.ts';

const schema = z.object({ count: z.number(), text: z.string().optional() });
type Value = z.infer<typeof schema>;

const opened = (
  folder: string,
  clock = handClock(),
): { document: SlottedDocument<Value>; clock: ReturnType<typeof handClock>; path: string } => {
  const log = recordLog();
  const formerPath = join(folder, 'place.json');
  const path = join(folder, 'place.slots');
  const former = { path: formerPath, document: createJsonDocument({ path: formerPath, schema, log }) };
  return { document: createSlottedDocument({ path, schema, former, clock, log }), clock, path };
};
/** Writes without waiting for the second to be over. */
const written = async (folder: string, ...counts: readonly number[]): Promise<string> => {
  const { document, clock, path } = opened(folder);
  for (const count of counts) {
    await clock.advance(1_000);
    await document.write({ count });
  }
  await document.close();
  return path;
};
const readAgain = (folder: string): Promise<Value | null> => opened(folder).document.read();

describe('a small document that is written in place', () => {
  it('is there again as it was written last', async () => {
    const folder = await temporaryFolder();
    expect(await readAgain(folder)).toBeNull();
    await written(folder, 1, 2, 3);
    await written(folder, 4);
    expect(await readAgain(folder)).toEqual({ count: 4 });
    await written(folder, 5, 6);
    expect(await readAgain(folder)).toEqual({ count: 6 });
  });

  it('is the last or the one before, whatever became of the write that was cut', async () => {
    const folder = await temporaryFolder();
    const path = await written(folder, 1, 2, 3, 4);
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(whole.length - 1), async (one, other) => {
        const damaged = Buffer.from(whole);
        // A sector that was being written: any part of it may be anything.
        const slot = Math.floor(one / SLOT_BYTES) * SLOT_BYTES;
        damaged.fill(0xa5, one, Math.max(one + 1, Math.min(slot + SLOT_BYTES, one + other)));
        await writeFile(path, damaged);
        expect([3, 4]).toContain((await readAgain(folder))?.count);
      }),
      { numRuns: 40 },
    );
  });

  it('begins anew over what nobody can read, and goes on over half a file', async () => {
    const folder = await temporaryFolder();
    const path = await written(folder, 1, 2);
    await writeFile(path, Buffer.alloc(2 * SLOT_BYTES, 7));
    expect(await readAgain(folder)).toBeNull();
    await writeFile(path, 'short');
    await written(folder, 8, 9);
    expect(await readAgain(folder)).toEqual({ count: 9 });
  });

  it('is synced once a second, which answers all who wrote meanwhile, and at once when it is closed', async () => {
    const folder = await temporaryFolder();
    const { document, clock } = opened(folder);
    await document.write({ count: 1 });
    const confirmed: number[] = [];
    const all = [2, 3, 4].map((count) => document.write({ count }).then(() => confirmed.push(count)));
    while (clock.waiting() === 0) await clock.advance(0);
    expect(confirmed).toEqual([]);
    // Killed now, the process has said it to the system already.
    await expect.poll(async () => (await readAgain(folder))?.count).toBe(4);
    await clock.advance(1_000);
    await Promise.all(all);
    const last = document.write({ count: 5 });
    await expect.poll(async () => (await readAgain(folder))?.count).toBe(5);
    await document.close();
    await last;
    expect(await readAgain(folder)).toEqual({ count: 5 });
  });

  it('takes a kilobyte and no other name, however often it is written', async () => {
    const folder = await temporaryFolder();
    const path = await written(folder, ...Array.from({ length: 50 }, (_, count) => count));
    expect((await stat(path)).size).toBe(2 * SLOT_BYTES);
    expect(await readdir(folder)).toEqual(['place.slots']);
  });

  it('takes over what was kept before, once', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'place.json'), JSON.stringify({ count: 77 }));
    expect(await readAgain(folder)).toEqual({ count: 77 });
    await written(folder, 78);
    expect(await readAgain(folder)).toEqual({ count: 78 });
    expect(await readdir(folder)).toEqual(['place.slots']);
  });

  it('refuses what does not fit, and loses nothing by it', async () => {
    const folder = await temporaryFolder();
    await written(folder, 1);
    const { document } = opened(folder);
    await expect(document.write({ count: 2, text: 'x'.repeat(MOST_TEXT_BYTES) })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    expect(await document.read()).toEqual({ count: 1 });
  });

  it('says so when the disk cannot be written', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const { document } = opened(join(folder, 'file'));
    await expect(document.write({ count: 1 })).rejects.toMatchObject({ code: 'storage_failed' });
  });
});

describe('a slot', () => {
  it('gives back any text that fits', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.string({ unit: 'grapheme', maxLength: 100 }), (counter, text) => {
        fc.pre(Buffer.byteLength(text) <= MOST_TEXT_BYTES);
        expect(unpackSlot(packSlot({ counter, text }))).toEqual({ counter, text });
      }),
    );
  });
});
