import { open } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/main/ports.ts';
import { createAddressBook } from '../../src/main/track-cache/address-book.ts';
import { openAudioKey } from '../../src/main/track-cache/audio-key.ts';
import { openAudioStore, type AudioStore } from '../../src/main/track-cache/audio-store.ts';
import { createEdge, type AudioFile } from '../../src/main/track-cache/edge.ts';
import { NOTHING_EXPECTED } from '../../src/main/track-cache/expectation.ts';
import { createFetches } from '../../src/main/track-cache/fetches.ts';
import { createLine } from '../../src/main/track-cache/line.ts';
import { createReader } from '../../src/main/track-cache/reader.ts';
import { createRetryBudget } from '../../src/main/track-cache/retry-budget.ts';
import { createRoom } from '../../src/main/track-cache/room.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { startOrigin } from './origin-server.ts';
import { recordLog } from './silent-log.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { audioBytes, sha256Of, trackIdFor } from './track-cache-fixture.ts';

/** Linux alone has a device that is always full; every write to it fails with the real ENOSPC. */
const FULL_DEVICE = '/dev/full';
const NO_LIMITS = { cachedBytes: 1e9, pinnedBytes: null };

/** A store whose disk is full from so many bytes of a track on. */
const fillingUp = (store: AudioStore, afterBytes: number): AudioStore => ({
  ...store,
  async openArrival(file) {
    const arrival = await store.openArrival(file);
    const full = await open(FULL_DEVICE, 'r+');
    onTestFinished(() => full.close());
    return {
      ...arrival,
      arriving: {
        ...arrival.arriving,
        writerAt(start) {
          const writer = arrival.arriving.writerAt(start);
          return {
            ...writer,
            async write(bytes) {
              if (writer.position() >= afterBytes) await full.write(bytes);
              await writer.write(bytes);
            },
          };
        },
      },
    };
  },
});

describe('a disk that fills up while a track is fetched', () => {
  it.runIf(process.platform === 'linux').each([0, 200_000])(
    'costs the listener nothing: from byte %i on the rest comes straight from the edge',
    async (afterBytes) => {
      const origin = await startOrigin();
      onTestFinished(() => origin.close());
      const audio = audioBytes(400_000);
      origin.put('/song', audio);
      const file: AudioFile = {
        trackId: trackIdFor('song'),
        sha256: sha256Of(audio),
        bytes: audio.byteLength,
        contentType: 'audio/flac',
      };
      const log = recordLog();
      const addresses = createAddressBook({
        clock: systemClock,
        resolve: async () => ({ ...file, url: origin.url('/song'), expiresAt: '2999-01-01T00:00:00.000Z' }),
      });
      const source = {
        edge: createEdge({ addresses, fetch: globalThis.fetch, clock: systemClock }),
        clock: systemClock,
        retries: createRetryBudget(() => Date.now()),
        isNetworkGone: () => false,
      };
      const folder = await temporaryFolder();
      const audioStore = openAudioStore({
        folder,
        key: await openAudioKey(createMemorySecrets(), 'listener'),
        lookUp: () => null,
        clock: systemClock,
        log,
        onChange: () => undefined,
      });
      onTestFinished(() => audioStore.close());
      const store = fillingUp(audioStore, afterBytes);
      const room = createRoom({
        folder: () => folder,
        store: () => store,
        limits: () => NO_LIMITS,
        isPinned: () => false,
        isInUse: () => false,
        reserveBytes: 0,
        log,
      });
      const fetches = createFetches({
        store: () => store,
        source,
        line: createLine(),
        room,
        log,
        onChange: () => undefined,
        expectation: () => NOTHING_EXPECTED,
        isFetchedAhead: () => true,
      });
      const reader = createReader({ store: () => store, fetches, source });
      const { signal } = new AbortController();

      const chunks: Uint8Array[] = [];
      for await (const chunk of reader.bytesOf(file, { first: 0, last: audio.byteLength - 1 }, signal))
        chunks.push(chunk);
      await fetches.close();

      expect(Buffer.compare(Buffer.concat(chunks), audio)).toBe(0);
      expect(fetches.failure()).toBe('ENOSPC');
      expect(store.entry(file.sha256)?.isWhole ?? false).toBe(false);
      // Kept music goes on being found, and what did not fit is nobody's confirmed track.
      await expect(
        fetches.makeWhole(file, { priority: 'pinned', enoughBytes: null }, signal),
      ).rejects.toMatchObject({ code: expect.stringMatching(/storage_failed|cancelled/) as unknown });
    },
  );
});
