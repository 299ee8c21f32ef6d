import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { HostFailure } from '../../contract/host-error.ts';
import { createSequence } from '../../core/work/sequence.ts';
import type { Clock, Log } from '../ports.ts';
import { writeFileDurably } from './durable-file.ts';
import type { JsonDocument } from './json-document.ts';
import { MOST_TEXT_BYTES, packSlot, SLOT_BYTES, unpackSlot } from './slot-codec.ts';
import { storageFailure, systemErrorCode } from './storage-error.ts';

export interface SlottedDocument<Value> extends JsonDocument<Value> {
  /** What was written is on the disk when it resolves; never rejects. */
  close(): Promise<void>;
}

const SYNCED_EVERY_MS = 1_000;

/**
 * A few hundred bytes that change all the time: a file of two slots, written in place. A write goes into the slot that does not hold
 * what was synced last, so that a kill, or a power cut in the middle of it, leaves the value before. `write` resolves when the value
 * is on the disk, which is synced at most once a second. An hour of that writes 17 MB to the disk, a page at a time; replacing a file
 * as a whole wrote 72 MB (ext4, sectors of /proc/diskstats). Rejects with `storage_failed`, or `invalid_argument` for what does not
 * fit.
 */
export const createSlottedDocument = <Value>(options: {
  readonly path: string;
  readonly schema: z.ZodType<Value>;
  /** Where it was kept before; read while there is nothing else, removed after the first write. */
  readonly former: { readonly path: string; readonly document: JsonDocument<Value> };
  readonly clock: Clock;
  readonly log: Log;
}): SlottedDocument<Value> => {
  const { path, schema, former, clock, log } = options;
  const closing = new AbortController();
  let counter = 0;
  /** Which slot a power cut leaves as it is. */
  let syncedSlot: 0 | 1 | null = null;
  let syncedAtMs = Number.NEGATIVE_INFINITY;
  let isBegun = false;
  let isSynced = true;
  let isFormerGone = false;
  const { inTurn, settled } = createSequence();
  let syncing: Promise<void> | null = null;

  const readSlots = async () => {
    const bytes = await readFile(path).catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw storageFailure(`cannot read ${path}`, error);
    });
    if (bytes === null) return null;
    const slots = [0, 1].map((place) =>
      unpackSlot(bytes.subarray(place * SLOT_BYTES, (place + 1) * SLOT_BYTES)),
    );
    return { slots, isWhole: bytes.length === 2 * SLOT_BYTES };
  };

  const otherSlot = (): 0 | 1 => (syncedSlot === 0 ? 1 : 0);

  /** Finds out where the newest value lies, and makes the file where there is none. */
  const begin = async (): Promise<void> => {
    const found = await readSlots();
    const [first, second] = found?.slots ?? [];
    counter = Math.max(first?.counter ?? 0, second?.counter ?? 0);
    if (found?.isWhole === true) {
      syncedSlot = (first?.counter ?? 0) >= (second?.counter ?? 0) ? 0 : 1;
      // A process that was killed may have left it in memory only.
      await using file = await open(path, 'r+');
      await file.datasync();
    } else {
      syncedSlot = null;
      await mkdir(dirname(path), { recursive: true });
      await writeFileDurably(path, Buffer.alloc(2 * SLOT_BYTES));
    }
    isBegun = true;
  };

  /** Whatever fails: the next time it is looked at anew what is there. */
  const guarded = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      isBegun = false;
      throw storageFailure(`cannot write ${path}`, error);
    }
  };

  const put = async (text: string): Promise<void> => {
    if (Buffer.byteLength(text) > MOST_TEXT_BYTES)
      throw new HostFailure('invalid_argument', `more than ${MOST_TEXT_BYTES} bytes do not fit`);
    await guarded(async () => {
      if (!isBegun) await begin();
      await using file = await open(path, 'r+');
      isSynced = false;
      counter += 1;
      await file.write(packSlot({ counter, text }), 0, SLOT_BYTES, otherSlot() * SLOT_BYTES);
    });
  };

  const syncNow = async (): Promise<void> => {
    // What is put from here on needs another one.
    syncing = null;
    if (isSynced) return;
    await guarded(async () => {
      await using file = await open(path, 'r+');
      await file.datasync();
    });
    isSynced = true;
    syncedSlot = otherSlot();
    syncedAtMs = clock.now();
    if (isFormerGone) return;
    await rm(former.path, { force: true }).then(
      () => (isFormerGone = true),
      (error: unknown) => log.warn('former document not removed', { path: former.path, error }),
    );
  };

  const sync = async (): Promise<void> => {
    const sinceMs = clock.now() - syncedAtMs;
    // Whoever closes does not wait.
    if (sinceMs >= 0 && sinceMs < SYNCED_EVERY_MS)
      await clock.wait(SYNCED_EVERY_MS - sinceMs, closing.signal).catch(() => undefined);
    await inTurn(syncNow);
  };

  return {
    read: () =>
      inTurn(async () => {
        const found = await readSlots();
        const newestFirst = (found?.slots ?? [])
          .filter((slot) => slot !== null)
          .toSorted((one, other) => other.counter - one.counter);
        for (const { text } of newestFirst) {
          const parsed = schema.safeParse(jsonOf(text));
          if (parsed.success) return parsed.data;
        }
        if (found !== null) log.warn('nothing to be read in a document', { path });
        return former.document.read();
      }),
    async write(value) {
      await inTurn(() => put(JSON.stringify(value)));
      syncing ??= sync();
      await syncing;
    },
    async close() {
      closing.abort();
      await syncing?.catch(() => undefined);
      await settled();
    },
  };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
