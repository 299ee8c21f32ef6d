import { cp } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesBelow } from '../../../tests/faults/folder-facts.ts';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { audioBytes, sha256Of, trackIdFor, until } from '../../../tests/host/track-cache-fixture.ts';
import { createMemorySecrets } from '../secrets/memory-secrets.ts';
import { openAudioKey, type AudioKey } from './audio-key.ts';
import { NOTE_BYTES, openAudioStore, type AudioStore } from './audio-store.ts';
import type { AudioFile } from './edge.ts';
import { createRoom, type Room } from './room.ts';
import { sealedLength } from './sealed-audio/chunked-encryption.ts';

const BYTES = 20_000;
const ON_DISK = sealedLength(BYTES) + NOTE_BYTES;

const AUDIO = Array.from({ length: 8 }, (_, number) => audioBytes(BYTES, 200 + number));
const FILES: readonly AudioFile[] = AUDIO.map((audio, number) => ({
  trackId: trackIdFor(`room${number}x`),
  sha256: sha256Of(audio),
  bytes: BYTES,
  contentType: 'audio/flac',
}));
const fileAt = (number: number): AudioFile => {
  const file = FILES[number];
  if (file === undefined) throw new Error('there is no such file');
  return file;
};

interface Shelf {
  readonly store: AudioStore;
  readonly room: Room;
  readonly folder: string;
  readonly pinned: Set<string>;
  readonly inUse: Set<string>;
  limits: { cachedBytes: number; pinnedBytes: number | null };
}

const openStore = (folder: string, key: AudioKey): AudioStore =>
  openAudioStore({
    folder,
    key,
    lookUp: () => null,
    clock: handClock(),
    log: recordLog(),
    onChange: () => undefined,
  });

const openShelf = async (folder: string, key: AudioKey, cachedBytes: number): Promise<Shelf> => {
  const store = openStore(folder, key);
  await store.ready;
  const pinned = new Set<string>();
  const inUse = new Set<string>();
  const shelf: Shelf = {
    store,
    folder,
    pinned,
    inUse,
    limits: { cachedBytes, pinnedBytes: null },
    room: createRoom({
      folder: () => folder,
      store: () => store,
      limits: () => shelf.limits,
      isPinned: ({ trackIds }) => trackIds.some((trackId) => pinned.has(trackId)),
      isInUse: ({ sha256 }) => inUse.has(sha256),
      reserveBytes: 0,
      log: recordLog(),
    }),
  };
  return shelf;
};

const newShelf = async (cachedBytes: number): Promise<Shelf & { readonly key: AudioKey }> => {
  const key = await openAudioKey(createMemorySecrets(), 'listener');
  const shelf = await openShelf(await temporaryFolder(), key, cachedBytes);
  return Object.assign(shelf, { key });
};

/** Writes so much of a file as the room allows; whole when it is all of it. */
const write = async (shelf: Shelf, number: number, bytes = BYTES, isAdopted = true): Promise<string> => {
  const file = fileAt(number);
  if (shelf.store.entry(file.sha256)?.isWhole === true) return 'here';
  const answer = await shelf.room.take(file);
  if (answer !== 'fits') return answer;
  const arrival = await shelf.store.openArrival(file);
  await shelf.store.noteEtag(arrival, '"1"');
  const hole = arrival.arriving.holeFrom(0);
  const audio = AUDIO[number] ?? new Uint8Array();
  if (hole !== null) await arrival.arriving.writerAt(hole.first).write(audio.subarray(hole.first, bytes));
  if (isAdopted && arrival.arriving.isWhole()) await shelf.store.adopt(arrival);
  else if (isAdopted) await shelf.store.putDown(arrival);
  await (await arrival.arriving.handle).close();
  shelf.room.release(file.sha256);
  return answer;
};

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      which: fc.nat(7),
      value: fc.constantFrom(BYTES, 17_000),
    }),
    fc.record({ kind: fc.constant('pin' as const), which: fc.nat(7), value: fc.constant(0) }),
    fc.record({ kind: fc.constant('unpin' as const), which: fc.nat(7), value: fc.constant(0) }),
    fc.record({ kind: fc.constant('use' as const), which: fc.nat(7), value: fc.constant(0) }),
    fc.record({
      kind: fc.constant('limit' as const),
      which: fc.nat(7),
      value: fc.integer({ min: 1, max: 6 }),
    }),
  ),
  { minLength: 5, maxLength: 20 },
);

describe('the room for music', () => {
  it('never lets more lie there than the limit says, and never takes what is pinned or in use', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const shelf = await newShelf(3 * ON_DISK);
        for (const { kind, which, value } of commands) {
          const { trackId, sha256 } = fileAt(which);
          const before = Array.from(shelf.store.entries());
          if (kind === 'write') await write(shelf, which, value);
          if (kind === 'use') {
            shelf.inUse.clear();
            shelf.inUse.add(sha256);
          }
          if (kind === 'pin') shelf.pinned.add(trackId);
          if (kind === 'unpin') shelf.pinned.delete(trackId);
          if (kind === 'limit') shelf.limits = { cachedBytes: value * ON_DISK, pinnedBytes: null };
          if (kind !== 'write') await shelf.room.enforce();

          const cached = Array.from(shelf.store.entries()).filter(
            ({ trackIds }) => !trackIds.some((id) => shelf.pinned.has(id)),
          );
          const free = cached.filter((entry) => !shelf.inUse.has(entry.sha256));
          const limit = shelf.limits.cachedBytes;
          expect(shelf.room.totals('cached').bytes <= limit || free.length === 0).toBe(true);
          const kept = before.filter(
            (entry) => shelf.inUse.has(entry.sha256) || entry.trackIds.some((id) => shelf.pinned.has(id)),
          );
          for (const entry of kept) expect(shelf.store.entry(entry.sha256)).not.toBeNull();
          const counted = shelf.room.totals('cached').bytes + shelf.room.totals('pinned').bytes;
          expect(await bytesBelow(shelf.folder)).toBeLessThanOrEqual(counted);
        }
        await shelf.store.close();
      }),
      { numRuns: 12 },
    );
  });

  it('refuses what is pinned beyond its own limit, and takes nothing away for it', async () => {
    const shelf = await newShelf(3 * ON_DISK);
    shelf.limits = { cachedBytes: 3 * ON_DISK, pinnedBytes: 2 * ON_DISK };
    for (const number of [0, 1, 2]) shelf.pinned.add(fileAt(number).trackId);
    expect(await write(shelf, 5)).toBe('fits');
    expect(await write(shelf, 0)).toBe('fits');
    expect(await write(shelf, 1)).toBe('fits');
    expect(await write(shelf, 2)).toBe('limit_reached');
    expect(shelf.room.totals('pinned')).toEqual({ tracks: 2, bytes: 2 * ON_DISK });
    expect(shelf.room.totals('cached')).toEqual({ tracks: 1, bytes: ON_DISK });
    await shelf.store.close();
  });

  it('gives the same room to one of two who ask at once', async () => {
    const shelf = await newShelf(ON_DISK);
    const answers = await Promise.all([shelf.room.take(fileAt(0)), shelf.room.take(fileAt(1))]);
    expect(answers.sort()).toEqual(['fits', 'limit_reached']);
    await shelf.store.close();
  });

  it('counts a part that a kill left behind with what it takes', async () => {
    const shelf = await newShelf(10 * ON_DISK);
    for (const number of [0, 1, 2]) await write(shelf, number, 17_000, false);
    const folder = await temporaryFolder();
    await cp(shelf.folder, folder, { recursive: true });
    await shelf.store.close();

    const after = await openShelf(folder, shelf.key, 10 * ON_DISK);
    const onDisk = await bytesBelow(folder);
    await until('all three have been looked at', () => after.room.totals('cached').bytes >= onDisk);
    expect(onDisk).toBeGreaterThan(3 * 16_000);
    await after.store.close();
  });
});
